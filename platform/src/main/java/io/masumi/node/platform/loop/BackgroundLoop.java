package io.masumi.node.platform.loop;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;

/**
 * Does something again and again on a thread of its own, until it is stopped: as a bean, with the context. A pass that fails ends
 * nothing, and is tried again.
 */
public final class BackgroundLoop implements SmartLifecycle {

    /**
     * The phase of what sends commands and queries: it begins when all their handlers are there, and ends before they go. Axon starts as a
     * whole in the phase before; its own phases are steps within that.
     */
    public static final int AFTER_AXON = SpringAxonConfiguration.LIFECYCLE_PHASE + 1;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);

    private final String name;
    private final Pass pass;
    private final Backoff afterFailure;
    private BiConsumer<Throwable, Duration> failed = this::log;
    private Runnable ended = () -> {};
    private boolean interrupts = true;
    private Duration first = Duration.ZERO;
    private volatile boolean running;
    private boolean woken;
    private Thread thread;
    /** How often the passes failed in a row. Of the loop's thread only. */
    private int failures;

    /** What is done again and again. */
    @FunctionalInterface
    public interface Pass {

        /** @return how long to wait before the next one */
        Duration run() throws Exception;
    }

    /** The same, with always as long a pause. */
    @FunctionalInterface
    public interface Work {

        void run() throws Exception;
    }

    private BackgroundLoop(String name, Pass pass, Backoff afterFailure) {
        this.name = name;
        this.pass = pass;
        this.afterFailure = afterFailure;
    }

    /** A pass says itself how long to wait, and one that fails is tried again with growing waits. @param name of its thread, and in the log */
    public BackgroundLoop(String name, Pass pass) {
        this(name, pass, new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)));
    }

    /** With so long a pause after each pass, whether it failed or not. */
    public static BackgroundLoop every(Duration pause, String name, Work work) {
        return new BackgroundLoop(name, () -> {
            work.run();
            return pause;
        }, new Backoff(pause, pause));
    }

    /** To be told of each pass that failed, and how long it is before the next; otherwise the log has the first of those in a row. */
    public BackgroundLoop whenFailed(BiConsumer<Throwable, Duration> told) {
        failed = told;
        return this;
    }

    /** To be done when it has ended, on its thread. */
    public BackgroundLoop whenEnded(Runnable last) {
        ended = last;
        return this;
    }

    /** The first pass begins that long after the start. */
    public BackgroundLoop firstAfter(Duration wait) {
        first = wait;
        return this;
    }

    /** When it is stopped the pass that it is at is not interrupted, but may come to its end for a while. */
    public BackgroundLoop finishingItsPass() {
        interrupts = false;
        return this;
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /** There is something to do: the next pass begins now, unless the last one failed, because that one would, too, only sooner. */
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Ends it after the pass that it is at, and does not wait for that. */
    public synchronized void leave() {
        running = false;
        notifyAll();
    }

    @Override
    public void stop() {
        leave();
        Thread ending = thread;
        if (ending == null || ending == Thread.currentThread()) {
            return;
        }
        if (interrupts) {
            ending.interrupt();
        }
        try {
            if (!ending.join(LONGEST_STOP)) {
                LOG.warn("{} does not stop; whatever it does now is taken up again at the next start", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return AFTER_AXON;
    }

    private void run() {
        try {
            pause(first, true);
            while (running) {
                beginPass();
                Duration wait = passed();
                pause(wait, failures == 0);
            }
        } catch (InterruptedException e) {
            LOG.debug("{} is stopped", name);
        } finally {
            ended.run();
        }
    }

    private Duration passed() throws InterruptedException {
        try {
            Duration wait = pass.run();
            failures = 0;
            return wait;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | Error e) {
            // Errors too, such as a stranger's script that exhausts the stack: nobody would begin this thread again.
            Duration wait = afterFailure.after(++failures);
            if (running) {
                failed.accept(e, wait);
            }
            return wait;
        }
    }

    private synchronized void beginPass() {
        woken = false;
    }

    private synchronized void pause(Duration wait, boolean wakes) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos(); left > 0 && running && !(wakes && woken); left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private void log(Throwable failure, Duration wait) {
        LOG.atLevel(failures == 1 ? Level.WARN : Level.DEBUG).setCause(failure).log("{} failed, next try in {}", name, wait);
    }
}
