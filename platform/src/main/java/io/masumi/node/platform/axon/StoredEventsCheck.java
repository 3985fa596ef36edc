package io.masumi.node.platform.axon;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.database.NewerDataException;
import io.masumi.node.platform.serialization.EventNames;
import io.masumi.node.platform.serialization.UnreadableEvent;

/**
 * Refuses to start a node on events that it does not know, as those of a newer version are to an older one: aggregates that
 * have such an event could not be loaded, and views would lack it. It looks before any command is handled and any event
 * processor runs. One step of an index finds a kind of events, however many there are of it.
 */
final class StoredEventsCheck implements SmartInitializingSingleton {

    private static final String KINDS = """
            WITH RECURSIVE kind AS (
                (SELECT payloadType, COALESCE(payloadRevision, '') AS revision FROM DomainEventEntry
                 ORDER BY payloadType, COALESCE(payloadRevision, '') LIMIT 1)
                UNION ALL
                SELECT next.payloadType, next.revision FROM kind, LATERAL (
                    SELECT payloadType, COALESCE(payloadRevision, '') AS revision FROM DomainEventEntry
                    WHERE (payloadType, COALESCE(payloadRevision, '')) > (kind.payloadType, kind.revision)
                    ORDER BY payloadType, COALESCE(payloadRevision, '') LIMIT 1) next)
            SELECT payloadType, revision FROM kind""";

    private final JdbcClient database;
    private final EventStorageEngine events;
    private final EventNames names;

    StoredEventsCheck(JdbcClient database, EventStorageEngine events, EventNames names) {
        this.database = database;
        this.events = events;
        this.names = names;
    }

    private record Kind(String name, String revision) {}

    private record Unknown(Kind kind, long count, long first) {

        @Override
        public String toString() {
            return kind.name() + " revision " + (kind.revision().isEmpty() ? "none" : kind.revision()) + " (" + count
                    + (count == 1 ? " event, number " : " events, the first is number ") + first + ")";
        }
    }

    /** @throws NewerDataException naming what cannot be read, and what to do */
    @Override
    public void afterSingletonsInstantiated() {
        List<Unknown> unknown = database.sql(KINDS).query((row, _) -> new Kind(row.getString(1), row.getString(2))).list().stream()
                .filter(kind -> !names.knows(kind.name(), kind.revision()))
                .map(this::counted)
                .filter(kind -> !canBeRead(kind.first()))
                .toList();
        if (!unknown.isEmpty()) {
            throw new NewerDataException("The event store holds events that this version of the node does not know: "
                    + unknown.stream().map(Unknown::toString).collect(Collectors.joining(", ")));
        }
    }

    private Unknown counted(Kind kind) {
        return database
                .sql("SELECT count(*), min(globalIndex) FROM DomainEventEntry WHERE payloadType = ? AND COALESCE(payloadRevision, '') = ?")
                .params(kind.name(), kind.revision()).query((row, _) -> new Unknown(kind, row.getLong(1), row.getLong(2))).single();
    }

    /** As upcasters make of it: another kind, which is known, or nothing, so that the next event comes. */
    private boolean canBeRead(long globalIndex) {
        try (Stream<? extends TrackedEventMessage<?>> from = events.readEvents(new GapAwareTrackingToken(globalIndex - 1, Set.of()),
                false)) {
            return from.findFirst().filter(event -> isAt(event, globalIndex)).map(event -> event.getPayloadType() != UnreadableEvent.class)
                    .orElse(true);
        }
    }

    private static boolean isAt(TrackedEventMessage<?> event, long globalIndex) {
        return event.trackingToken().position().orElse(-1) == globalIndex;
    }
}
