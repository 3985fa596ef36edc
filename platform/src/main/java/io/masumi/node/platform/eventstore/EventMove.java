package io.masumi.node.platform.eventstore;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import org.springframework.transaction.support.TransactionOperations;

import io.masumi.node.platform.start.StartWaits;

/**
 * Moves a node's events from its database to Axon Server, or back what came since. The store that they were in stays as it was; which one
 * counts, and how far who has read, is changed at the end, in one transaction. No process of the node may run meanwhile.
 */
public final class EventMove {

    private final PostgresEvents database;
    private final AxonServerEvents axonServer;
    private final AxonServerRecord record;
    private final AxonServerHoldsEvents check;
    private final Positions positions;
    private final OtherProcesses others;
    private final TransactionOperations transactions;
    private final StartWaits waits;
    private final Clock clock;

    EventMove(PostgresEvents database, AxonServerEvents axonServer, AxonServerRecord record, AxonServerHoldsEvents check,
            Positions positions, OtherProcesses others, TransactionOperations transactions, StartWaits waits, Clock clock) {
        this.database = database;
        this.axonServer = axonServer;
        this.record = record;
        this.check = check;
        this.positions = positions;
        this.others = others;
        this.transactions = transactions;
        this.waits = waits;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param events how many both stores hold
     * @param copied how many of them were copied now
     * @param sha256 over all that is stored of each, in order
     */
    public record Moved(long events, long copied, String sha256) {}

    /**
     * Copies what Axon Server lacks, reads all back, and has the node's events be there from now on.
     *
     * @return empty when they are there already
     * @throws EventCopyException when they were not moved; it can be repeated
     */
    public Optional<Moved> toAxonServer(CopyProgress progress) {
        if (record.known().isPresent()) {
            return Optional.empty();
        }
        requireReady();
        EventCopy.Copied copied = EventCopy.all(database, axonServer, progress);
        StoredEvent newest = copied.events() == 0 ? null : axonServer.at(copied.events() - 1);
        switching(() -> {
            positions.toAxonServer();
            record.moved(now(), copied, newest);
        });
        return Optional.of(moved(copied));
    }

    /**
     * Copies what the database lacks, reads all back, and has the node's events be there from now on.
     *
     * @return empty when they are there already
     * @throws EventCopyException when they were not moved; it can be repeated
     * @throws WrongEventStoreException when this Axon Server does not hold them, or not all any more
     */
    public Optional<Moved> toDatabase(CopyProgress progress) {
        if (record.known().isEmpty()) {
            return Optional.empty();
        }
        requireReady();
        check.check();
        EventCopy.Copied copied = EventCopy.all(axonServer, database, progress);
        switching(() -> {
            positions.toDatabase();
            record.movedBack();
        });
        return Optional.of(moved(copied));
    }

    private void requireReady() {
        others.requireNone();
        waits.until(axonServer.name(), axonServer::missing);
        others.requireNone(axonServer);
    }

    private void switching(Runnable notes) {
        transactions.executeWithoutResult(_ -> {
            record.switching();
            others.requireNone();
            others.requireNone(axonServer);
            notes.run();
        });
    }

    private Instant now() {
        return clock.instant();
    }

    private static Moved moved(EventCopy.Copied copied) {
        return new Moved(copied.events(), copied.appended(), copied.sha256());
    }
}
