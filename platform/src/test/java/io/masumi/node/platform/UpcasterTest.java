package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.masumi.node.platform.CounterNode.Create;
import io.masumi.node.platform.CounterNode.Increase;
import io.masumi.node.platform.CounterNode.Increased;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.Processors;

/**
 * How an event of an earlier revision is read: a bean that is an upcaster brings it forward, for aggregates, processors and whoever
 * else reads the event store. Each upcaster raises one event by one revision, and is ordered before the one that raises it further.
 */
@NodeTest(classes = {CounterNode.class, UpcasterTest.Upcasters.class})
class UpcasterTest {

    @Configuration(proxyBeanMethods = false)
    static class Upcasters {

        @Bean
        EventUpcaster increasedOfRevision2() {
            return new FromAmountToBy();
        }
    }

    /** Revision 2 called it amount what revision 3 calls by. */
    private static final class FromAmountToBy extends SingleEventUpcaster {

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            return event.getType().equals(new SimpleSerializedType("test.counter.Increased", "2"));
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
            return event.upcastPayload(new SimpleSerializedType("test.counter.Increased", "3"), JsonNode.class, stored -> {
                ObjectNode members = (ObjectNode) stored;
                members.set("by", members.remove("amount"));
                return members;
            });
        }
    }

    @Autowired
    private CommandGateway commands;
    @Autowired
    private EventStore events;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private Processors processors;

    @Test
    void bringsAnEarlierRevisionForward() {
        String id = UUID.randomUUID().toString();
        commands.sendAndWait(new Create(id));
        processors.awaitCaughtUp();
        jdbc.sql(
                "INSERT INTO domainevententry (aggregateidentifier, sequencenumber, type, eventidentifier, metadata, payload, payloadrevision,"
                        + " payloadtype, timestamp) SELECT aggregateidentifier, 1, type, 'of revision 2', metadata, convert_to(?, 'UTF8'), '2',"
                        + " 'test.counter.Increased', timestamp FROM domainevententry WHERE aggregateidentifier = ? AND sequencenumber = 0")
                .params("{\"id\":\"" + id + "\",\"amount\":7}", id).update();

        assertThat(payloads(id).skip(1)).containsExactly(new Increased(id, 7));
        // Another process wrote it, so that the first try meets a state that is behind.
        assertThat(commands.<Long>sendAndWait(new Increase(id, 1))).as("what the aggregate makes of it").isEqualTo(8);
        processors.awaitCaughtUp();
        assertThat(jdbc.sql("SELECT value FROM counter_view WHERE id = ?").param(id).query(Long.class).single()).isEqualTo(8);
    }

    private Stream<Object> payloads(String id) {
        return events.readEvents(id).asStream().map(DomainEventMessage::getPayload);
    }
}
