package io.masumi.node.chain.process;

import java.time.Duration;

import org.axonframework.spring.config.SpringAxonConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Sweeps now and then, while the node runs. */
final class IntentSweepLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IntentSweepLoop.class);

    /** Begins after Axon has started, and ends before it stops; see SourceLoops. */
    private static final int AFTER_AXON = SpringAxonConfiguration.LIFECYCLE_PHASE + 1;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final IntentSweep sweep;
    private final Duration interval;
    private volatile Thread thread;

    IntentSweepLoop(IntentSweep sweep, Duration interval) {
        this.sweep = sweep;
        this.interval = interval;
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().name("intent-sweep").daemon().start(this::loop);
    }

    @Override
    public void stop() {
        Thread ending = thread;
        thread = null;
        if (ending != null) {
            ending.interrupt();
            try {
                ending.join(LONGEST_STOP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return AFTER_AXON;
    }

    private void loop() {
        while (isRunning()) {
            try {
                Thread.sleep(interval);
                sweep.sweep();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (isRunning()) {
                    LOG.warn("looking for lost intents failed; next time in {}", interval, e);
                }
            }
        }
    }
}
