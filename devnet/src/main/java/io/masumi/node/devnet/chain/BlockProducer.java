package io.masumi.node.devnet.chain;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Makes blocks as time passes, until closed. Can be paused and slowed down while it runs. */
public final class BlockProducer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BlockProducer.class);
    /** How often to look whether a block is due, ms: a fraction of a slot. */
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Ledger ledger;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("devnet-blocks").factory());
    private volatile Duration interval;
    private final Duration emptyInterval;
    private volatile boolean paused;

    public BlockProducer(Ledger ledger, Duration interval, Duration emptyInterval) {
        this.ledger = ledger;
        this.interval = interval;
        this.emptyInterval = emptyInterval;
    }

    public void start() {
        Future<?> _ = timer.scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    public void pause() {
        paused = true;
    }

    public void resume() {
        paused = false;
    }

    public boolean isPaused() {
        return paused;
    }

    /** Time between blocks while transactions wait. */
    public Duration interval() {
        return interval;
    }

    /**
     * @param newInterval time between blocks while transactions wait; whole seconds, since a slot is a second
     * @throws IllegalArgumentException when it is less than a second or more than a day
     */
    public void slowTo(Duration newInterval) {
        if (newInterval.toSeconds() < 1 || newInterval.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("blocks are from a second to a day apart, not " + newInterval.toSeconds() + " seconds");
        }
        interval = newInterval;
    }

    private void look() {
        if (paused) {
            return;
        }
        try {
            long slots = Math.max(1, interval.toSeconds());
            ledger.makeBlockIfDue(slots, Math.max(slots, emptyInterval.toSeconds()));
        } catch (RuntimeException | Error failure) {
            // Whatever it is, time goes on: an exception that left this method would end the timer for good.
            LOG.error("no block could be made", failure);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            timer.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
