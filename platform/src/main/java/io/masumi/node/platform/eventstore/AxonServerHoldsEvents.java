package io.masumi.node.platform.eventstore;

import java.time.Clock;
import java.util.Optional;

import org.springframework.context.SmartLifecycle;

import io.masumi.node.platform.start.StartWaits;

/**
 * Refuses to start a process on an Axon Server that does not hold this node's events, or not all of them any more. Before anything else
 * is started: a processor that reads another store's events, or an aggregate without its history, cannot be undone.
 */
final class AxonServerHoldsEvents implements SmartLifecycle {

    private final AxonServerRecord record;
    private final Positions positions;
    private final PostgresEvents database;
    private final AxonServerEvents axonServer;
    private final StartWaits waits;
    private final Clock clock;
    private volatile boolean running;

    AxonServerHoldsEvents(AxonServerRecord record, Positions positions, PostgresEvents database, AxonServerEvents axonServer,
            StartWaits waits, Clock clock) {
        this.record = record;
        this.positions = positions;
        this.database = database;
        this.axonServer = axonServer;
        this.waits = waits;
        this.clock = clock;
    }

    /** Waits for Axon Server, for as long as it takes. @throws WrongEventStoreException saying what is possible */
    @Override
    public void start() {
        if (record.known().isEmpty()) {
            if (database.size() > 0) {
                throw new WrongEventStoreException("The database holds " + database.size()
                        + " events of this node that were not moved to Axon Server: its views would stand still, and nothing could be decided"
                        + " on what there is. Start it with AXON_AXONSERVER_ENABLED=false, or stop all its processes and move the events first"
                        + " with: masumi-node copy-events");
            }
            record.beginsThere(clock.instant());
        }
        waits.until(axonServer.name(), this::missing);
        running = true;
    }

    private Optional<String> missing() {
        return axonServer.missing().or(() -> {
            try {
                check();
                return Optional.empty();
            } catch (EventCopyException e) {
                return Optional.of(e.getMessage());
            }
        });
    }

    /** That the connected Axon Server has all events that it is known to have had; and notes the newest. */
    void check() {
        AxonServerRecord.Known known = record.known().orElseThrow();
        // What is known first, since other processes store and read events meanwhile.
        long furthest = positions.furthest().orElse(-1);
        long size = axonServer.size();
        if (known.position() >= size || furthest >= size) {
            throw new WrongEventStoreException(axonServer.name() + " holds " + (size == 0 ? "no events" : "only " + size + " events")
                    + ", though this node has known at least " + (Math.max(known.position(), furthest) + 1)
                    + ": it is another one or another context than the one that the events are in, or was restored from an older backup."
                    + " Connect the right one; or restore a newer backup of it, or a backup of the database that is older than its");
        }
        if (known.position() >= 0 && !known.event().equals(Optional.of(axonServer.at(known.position()).identifier()))) {
            throw new WrongEventStoreException(axonServer.name() + " holds the events of another node: at position " + known.position()
                    + " is not the one that this node knows there. Connect the one, or the context, that the events of this node are in");
        }
        if (size > known.position() + 1) {
            record.knows(size - 1, axonServer.at(size - 1));
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** First. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
