package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.CounterNode.Create;
import io.masumi.node.platform.CounterNode.Increase;
import io.masumi.node.platform.CounterNode.Increased;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.Processors;

@NodeTest(classes = {CounterNode.class, DeadLettersTest.OneDigitView.class})
class DeadLettersTest {

    /** Its column has room for one digit, so that the database itself refuses more: a failed statement, not just an exception. */
    @DeadLettered
    @ProcessingGroup("one-digit")
    static class OneDigitView {

        private final JdbcClient jdbc;

        OneDigitView(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @EventHandler
        void on(Increased event, @SequenceNumber long sequence) {
            jdbc.sql("INSERT INTO handled (handler, id) VALUES ('tried', ?)").param(event.id()).update();
            jdbc.sql("INSERT INTO one_digit VALUES (?, ?, ?)").params(event.id(), sequence, Long.toString(event.by())).update();
        }
    }

    @Autowired
    private CommandGateway commands;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private Processors processors;
    @Autowired
    private EventProcessingConfiguration processing;

    @Test
    void aRefusedEventIsPutAsideWithItsSuccessorsAndTheOthersGoOn() {
        var bad = UUID.randomUUID().toString();
        var good = UUID.randomUUID().toString();
        commands.sendAndWait(new Create(bad));
        commands.sendAndWait(new Create(good));
        commands.sendAndWait(new Increase(bad, 10));
        commands.sendAndWait(new Increase(bad, 1));
        commands.sendAndWait(new Increase(good, 2));
        processors.awaitCaughtUp();

        assertThat(jdbc.sql("SELECT id FROM one_digit").query(String.class).list()).containsExactly(good);
        assertThat(jdbc.sql("SELECT count(*) FROM handled WHERE handler = 'tried' AND id = ?").param(bad).query(Long.class).single())
                .as("what the failed handler wrote before").isZero();
        assertThat(jdbc.sql("SELECT payloadtype FROM deadletterentry WHERE processinggroup = 'one-digit'").query(String.class).list())
                .containsExactly("test.counter.Increased", "test.counter.Increased");

        jdbc.sql("ALTER TABLE one_digit ALTER COLUMN digit TYPE TEXT").update();
        assertThat(processing.sequencedDeadLetterProcessor("one-digit").orElseThrow().processAny()).isTrue();

        assertThat(jdbc.sql("SELECT digit FROM one_digit WHERE id = ? ORDER BY sequence").param(bad).query(String.class).list())
                .containsExactly("10", "1");
        assertThat(jdbc.sql("SELECT count(*) FROM deadletterentry").query(Long.class).single()).isZero();
    }
}
