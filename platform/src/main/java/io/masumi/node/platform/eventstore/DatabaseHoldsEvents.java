package io.masumi.node.platform.eventstore;

import org.springframework.context.SmartLifecycle;

import io.masumi.node.platform.command.CommandLease;

/** Refuses to start a process without Axon Server on a node whose events are there: what came since would be lost on it. */
final class DatabaseHoldsEvents implements SmartLifecycle {

    private final AxonServerRecord record;
    private volatile boolean running;

    DatabaseHoldsEvents(AxonServerRecord record) {
        this.record = record;
    }

    /** @throws WrongEventStoreException saying what is possible */
    @Override
    public void start() {
        record.known().ifPresent(known -> {
            throw new WrongEventStoreException("The events of this node are in Axon Server since " + known.since()
                    + "; the database has none of those that came after. Start it with AXON_AXONSERVER_ENABLED=true, or stop all its"
                    + " processes and bring the events back first with: masumi-node copy-events --back");
        });
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** When this process alone handles commands: until then they may be on their way to Axon Server. Nothing is handled yet. */
    @Override
    public int getPhase() {
        return CommandLease.PHASE + 1;
    }
}
