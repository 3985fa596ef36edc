package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.CounterNode.Create;
import io.masumi.node.platform.CounterNode.Created;
import io.masumi.node.platform.CounterNode.Increase;
import io.masumi.node.platform.CounterNode.Increased;
import io.masumi.node.platform.CounterNode.PublishUnnamed;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.Processors;

@NodeTest(classes = CounterNode.class)
class StoredEventsTest {

    @Autowired
    private CommandGateway commands;
    @Autowired
    private EventStore events;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private MutableClock clock;
    @Autowired
    private Processors processors;

    private final String id = UUID.randomUUID().toString();

    @Test
    void goByNameAndRevisionAndComeBackAsTheyWere() {
        commands.sendAndWait(new Create(id));
        commands.sendAndWait(new Increase(id, 7));

        assertThat(jdbc.sql("SELECT payloadtype || ' ' || payloadrevision || ' ' || type FROM domainevententry"
                + " WHERE aggregateidentifier = ? ORDER BY sequencenumber").param(id).query(String.class).list())
                .containsExactly("test.counter.Created 1 Counter", "test.counter.Increased 3 Counter");
        assertThat(
                jdbc.sql("SELECT convert_from(payload, 'UTF8') FROM domainevententry WHERE aggregateidentifier = ? AND sequencenumber = 1")
                        .param(id).query(String.class).single())
                .isEqualTo("{\"id\":\"" + id + "\",\"by\":7}");
        assertThat(events.readEvents(id).asStream().<Object>map(DomainEventMessage::getPayload))
                .containsExactly(new Created(id, clock.instant(), Optional.empty(), List.of(Duration.ofMillis(1))), new Increased(id, 7));
    }

    @Test
    void tellWhoAskedAndWhichCommandLedToThem() {
        GenericCommandMessage<Create> command = new GenericCommandMessage<>(new Create(id),
                Map.of(MessageMetadata.REQUESTED_BY, "api-key 7"));
        commands.sendAndWait(command);

        assertThat(events.readEvents(id).next().getMetaData())
                .containsEntry(MessageMetadata.REQUESTED_BY, "api-key 7")
                .containsEntry(MessageMetadata.CORRELATION_ID, command.getIdentifier())
                .containsEntry(MessageMetadata.TRACE_ID, command.getIdentifier());
    }

    @Test
    void withoutANameAreRefused() {
        commands.sendAndWait(new Create(id));

        assertThatThrownBy(() -> commands.sendAndWait(new PublishUnnamed(id))).rootCause().hasMessageContaining("has no @EventName");
        assertThat(events.lastSequenceNumberFor(id)).hasValue(0L);
    }

    @Test
    void cannotBeAlteredOrDeleted() {
        commands.sendAndWait(new Create(id));

        assertThatThrownBy(() -> jdbc.sql("DELETE FROM domainevententry").update()).hasMessageContaining("Events are for ever");
        assertThatThrownBy(() -> jdbc.sql("UPDATE domainevententry SET payload = ''").update()).hasMessageContaining("Events are for ever");
    }

    @Test
    void ofTwoCreationsOneIsRefusedAndNotTriedAgain() {
        commands.sendAndWait(new Create(id));

        assertThatThrownBy(() -> commands.sendAndWait(new Create(id))).isInstanceOfAny(AggregateStreamCreationException.class,
                org.axonframework.commandhandling.CommandExecutionException.class).rootCause().hasMessageContaining("duplicate key");
        assertThat(events.lastSequenceNumberFor(id)).hasValue(0L);
    }

    @Test
    void ofManyCommandsAtOnceAllCount() {
        commands.sendAndWait(new Create(id));

        Stream<CompletableFuture<Void>> sent = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.runAsync(() -> commands.sendAndWait(new Increase(id, 1))));
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
        processors.awaitCaughtUp();

        assertThat(jdbc.sql("SELECT value FROM counter_view WHERE id = ?").param(id).query(Long.class).single()).isEqualTo(20);
    }

    @Test
    void ofAnotherProcessMakeTheCommandTryAgainOnTheNewState() {
        commands.sendAndWait(new Create(id));
        commands.sendAndWait(new Increase(id, 1));
        // As another process would, past this one's cache.
        jdbc.sql(
                "INSERT INTO domainevententry (aggregateidentifier, sequencenumber, type, eventidentifier, metadata, payload, payloadrevision,"
                        + " payloadtype, timestamp) SELECT aggregateidentifier, 2, type, ?, metadata, payload, payloadrevision, payloadtype, timestamp"
                        + " FROM domainevententry WHERE aggregateidentifier = ? AND sequencenumber = 1")
                .params(UUID.randomUUID().toString(), id).update();

        Long value = commands.sendAndWait(new Increase(id, 1));

        assertThat(value).isEqualTo(3);
        assertThat(events.lastSequenceNumberFor(id)).hasValue(3L);
    }
}
