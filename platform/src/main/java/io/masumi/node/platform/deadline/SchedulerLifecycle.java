package io.masumi.node.platform.deadline;

import org.springframework.context.SmartLifecycle;

import com.github.kagkarlsson.scheduler.Scheduler;

/** Lets deadlines fire from when every handler is registered until the node begins to stop. */
final class SchedulerLifecycle implements SmartLifecycle {

    /** Axon starts in phase 0, the web server in the highest ones; Spring stops in the opposite order. */
    private static final int AFTER_AXON = 1000;

    private final Scheduler scheduler;

    SchedulerLifecycle(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void start() {
        scheduler.start();
    }

    @Override
    public void stop() {
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return scheduler.getSchedulerState().isStarted() && !scheduler.getSchedulerState().isShuttingDown();
    }

    @Override
    public int getPhase() {
        return AFTER_AXON;
    }
}
