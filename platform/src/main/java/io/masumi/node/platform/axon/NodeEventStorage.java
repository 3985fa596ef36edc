package io.masumi.node.platform.axon;

import java.util.Optional;
import java.util.stream.Stream;

import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.platform.NotStoredException;
import io.masumi.node.platform.serialization.UnreadableEvents;

/**
 * Axon's event storage, which stops nobody for one thing that it cannot read: the stream of all events shows an
 * {@link io.masumi.node.platform.serialization.UnreadableEvent} in its place, and an aggregate whose snapshot cannot be read is made of
 * its events. The events of one aggregate are read all or not at all.
 */
final class NodeEventStorage extends JdbcEventStorageEngine {

    private static final Logger LOG = LoggerFactory.getLogger(NodeEventStorage.class);

    private final Serializer whatCanBeRead;
    private final PersistenceExceptionResolver conflicts = new UniqueViolations();

    NodeEventStorage(Builder builder) {
        super(builder);
        whatCanBeRead = new UnreadableEvents(getEventSerializer());
    }

    /** Axon words every failure to store a first event as a conflict over the aggregate's identifier; here only a conflict is one. */
    @Override
    protected void handlePersistenceException(Exception exception, EventMessage<?> failed) {
        if (conflicts.isDuplicateKeyViolation(exception)) {
            super.handlePersistenceException(exception, failed);
        }
        throw new NotStoredException("An event was not stored: " + failed.getPayloadType().getSimpleName(), innermost(exception));
    }

    /** Those around it repeat the statement with all that was to be stored. */
    private static Throwable innermost(Throwable failure) {
        return failure.getCause() == null ? failure : innermost(failure.getCause());
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(TrackingToken after, boolean mayBlock) {
        return EventUtils.upcastAndDeserializeTrackedEvents(readEventData(after, mayBlock), whatCanBeRead, upcasterChain);
    }

    /** Read here and now: Axon would find out only when it has no events at hand any more. */
    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        try {
            Optional<DomainEventMessage<?>> snapshot = super.readSnapshot(aggregateIdentifier);
            snapshot.ifPresent(DomainEventMessage::getPayload);
            return snapshot;
        } catch (SerializationException e) {
            LOG.warn("The snapshot of {} cannot be read; its events are read instead: {}", aggregateIdentifier, e.getMessage());
            return Optional.empty();
        }
    }
}
