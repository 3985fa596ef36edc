package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.CounterNode.Create;
import io.masumi.node.platform.CounterNode.Increase;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.Processors;

@NodeTest(classes = CounterNode.class)
class TransactionsTest {

    @Autowired
    private CommandGateway commands;
    @Autowired
    private EventStore events;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private Processors processors;
    @Autowired
    private TransactionManager transactions;

    private final String id = UUID.randomUUID().toString();

    @BeforeEach
    void create() {
        commands.sendAndWait(new Create(id));
    }

    @Test
    void axonUsesSpringsTransactions() {
        assertThat(transactions).isInstanceOf(SpringTransactionManager.class);
    }

    @Test
    void commandAndEventHandlersRunInOneDatabaseTransactionEach() {
        commands.sendAndWait(new Increase(id, 2));
        processors.awaitCaughtUp();

        assertThat(jdbc.sql("SELECT handler FROM handled WHERE id = ? AND active AND first_xact = second_xact ORDER BY number").param(id)
                .query(String.class).list()).containsExactly("command", "event");
    }

    @Test
    void theEventIsWrittenInTheCommandsTransaction() {
        commands.sendAndWait(new Increase(id, 2));

        assertThat(jdbc.sql("SELECT e.xmin::text = h.xmin::text FROM domainevententry e, handled h"
                + " WHERE e.aggregateidentifier = ? AND e.sequencenumber = 1 AND h.id = ? AND h.handler = 'command'").params(id, id)
                .query(Boolean.class).single()).isTrue();
    }

    @Test
    void aFailedCommandLeavesNeitherEventNorSideTable() {
        assertThatThrownBy(() -> commands.sendAndWait(new Increase(id, 2, true))).hasMessageContaining("asked to fail");

        assertThat(events.lastSequenceNumberFor(id)).hasValue(0L);
        assertThat(jdbc.sql("SELECT count(*) FROM handled WHERE id = ?").param(id).query(Long.class).single()).isZero();
        Long value = commands.sendAndWait(new Increase(id, 5));
        assertThat(value).isEqualTo(5);
    }
}
