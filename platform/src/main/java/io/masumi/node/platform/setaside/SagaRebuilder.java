package io.masumi.node.platform.setaside;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.saga.FoldedSaga;
import io.masumi.node.platform.serialization.EventNames;
import io.masumi.node.platform.serialization.SagaName;
import io.masumi.node.platform.serialization.SagaNames;
import io.masumi.node.platform.serialization.UnreadableEvent;

/**
 * Has sagas made anew: what is stored of one is deleted, and all events of its aggregate are set aside, to be handled by the next
 * retry. Deadlines of the one before find no saga and do nothing; the events set them anew.
 */
final class SagaRebuilder {

    private static final Logger LOG = LoggerFactory.getLogger(SagaRebuilder.class);

    private final JdbcClient database;
    private final SetAsideStore store;
    private final SagaNames sagas;
    private final EventNames names;
    private final EventStore events;
    private final Clock clock;

    SagaRebuilder(JdbcClient database, SetAsideStore store, SagaNames sagas, EventNames names, EventStore events, Clock clock) {
        this.database = database;
        this.store = store;
        this.sagas = sagas;
        this.names = names;
        this.events = events;
        this.clock = clock;
    }

    /** The processor may be behind the newest event: what the saga has handled then it passes by when it comes there. */
    @CommandHandler
    boolean on(RebuildSaga command) {
        Optional<String> name = sagas.classes().stream().filter(FoldedSaga.class::isAssignableFrom)
                .filter(type -> type.getAnnotation(ProcessingGroup.class).value().equals(command.group()))
                .map(type -> SagaNames.name(type).map(SagaName::value).orElseThrow()).findFirst();
        if (name.isEmpty()) {
            return false;
        }
        // First of all: whoever handles an event with it now is done with that before, and whoever comes after finds it lost and waits.
        database.sql("""
                DELETE FROM SagaEntry WHERE sagaId IN
                    (SELECT sagaId FROM AssociationValueEntry WHERE sagaType = :type AND associationValue = :id)""")
                .param("type", name.get()).param("id", command.sequence()).update();
        Optional<Long> last = events.lastSequenceNumberFor(command.sequence());
        if (last.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        store.add(new SetAside(command.group(), command.sequence(), 0, last.get(), nameOfFirst(command.sequence()),
                indexOfFirst(command.sequence()), "It is being made anew from its events, on order", now, 0, now));
        store.tryAt(now, command.group(), command.sequence());
        database.sql("DELETE FROM AssociationValueEntry WHERE sagaType = :type AND associationValue = :id").param("type", name.get())
                .param("id", command.sequence()).update();
        LOG.warn("the saga of {} in {} is made anew from {} events, on order", command.sequence(), command.group(), last.get() + 1);
        return true;
    }

    private String nameOfFirst(String sequence) {
        DomainEventMessage<?> first = events.readEvents(sequence, 0).peek();
        return first.getPayloadType() == UnreadableEvent.class
                ? ((UnreadableEvent) first.getPayload()).name()
                : names.nameOf(first.getPayloadType());
    }

    /** Axon Server does not tell it by aggregate. */
    private long indexOfFirst(String sequence) {
        return database.sql("SELECT globalIndex FROM DomainEventEntry WHERE aggregateIdentifier = ? AND sequenceNumber = 0").param(sequence)
                .query(Long.class).optional().orElse(-1L);
    }
}
