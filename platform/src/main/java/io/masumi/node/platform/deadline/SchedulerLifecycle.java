package io.masumi.node.platform.deadline;

import io.masumi.node.platform.loop.BackgroundLoop;
import org.springframework.context.SmartLifecycle;

import com.github.kagkarlsson.scheduler.Scheduler;

/** Lets deadlines fire from when every handler is registered until the node begins to stop. */
final class SchedulerLifecycle implements SmartLifecycle {

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
        return BackgroundLoop.AFTER_AXON;
    }
}
