package io.masumi.node.platform.setaside;

import java.time.Clock;
import java.util.Optional;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.ProcessingGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.saga.FoldedSaga;
import io.masumi.node.platform.serialization.SagaName;
import io.masumi.node.platform.serialization.SagaNames;

/**
 * Has sagas made anew: what is stored of one is deleted, and all events of its aggregate are set aside, to be handled by the next
 * retry. Deadlines of the one before find no saga and do nothing; the events set them anew.
 */
final class SagaRebuilder {

    private static final Logger LOG = LoggerFactory.getLogger(SagaRebuilder.class);

    private final JdbcClient database;
    private final SetAsideStore store;
    private final SagaNames sagas;
    private final Clock clock;

    SagaRebuilder(JdbcClient database, SetAsideStore store, SagaNames sagas, Clock clock) {
        this.database = database;
        this.store = store;
        this.sagas = sagas;
        this.clock = clock;
    }

    private record First(String name, long index, long last) {}

    /** The processor may be behind the newest event: what the saga has handled then it passes by when it comes there. */
    @CommandHandler
    boolean on(RebuildSaga command) {
        Optional<String> name = sagas.classes().stream().filter(FoldedSaga.class::isAssignableFrom)
                .filter(type -> type.getAnnotation(ProcessingGroup.class).value().equals(command.group()))
                .map(type -> SagaNames.name(type).map(SagaName::value).orElseThrow()).findFirst();
        Optional<First> first = database.sql("""
                SELECT payloadType, globalIndex, (SELECT max(sequenceNumber) FROM DomainEventEntry WHERE aggregateIdentifier = :id) AS last
                FROM DomainEventEntry WHERE aggregateIdentifier = :id AND sequenceNumber = 0""")
                .param("id", command.sequence())
                .query((row, _) -> new First(row.getString("payloadType"), row.getLong("globalIndex"), row.getLong("last"))).optional();
        if (name.isEmpty() || first.isEmpty()) {
            return false;
        }
        var now = clock.instant();
        store.add(new SetAside(command.group(), command.sequence(), 0, first.get().last(), first.get().name(), first.get().index(),
                "It is being made anew from its events, on order", now, 0, now));
        store.tryAt(now, command.group(), command.sequence());
        database.sql("""
                DELETE FROM SagaEntry WHERE sagaId IN
                    (SELECT sagaId FROM AssociationValueEntry WHERE sagaType = :type AND associationValue = :id)""")
                .param("type", name.get()).param("id", command.sequence()).update();
        database.sql("DELETE FROM AssociationValueEntry WHERE sagaType = :type AND associationValue = :id").param("type", name.get())
                .param("id", command.sequence()).update();
        LOG.warn("the saga of {} in {} is made anew from {} events, on order", command.sequence(), command.group(), first.get().last() + 1);
        return true;
    }
}
