package io.masumi.node.platform.start;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the start of a process waits for, for as long as it takes: whoever supervises it would start it again and again otherwise, and
 * say less about why. It ends only when it is there, when waiting is of no use, or when the process is asked to end.
 */
public final class StartWaits {

    private static final Logger LOG = LoggerFactory.getLogger(StartWaits.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    /** What is there within a moment is not worth a word. */
    private static final Duration SAY_AFTER = Duration.ofSeconds(2);
    private static final Duration SAY_EVERY = Duration.ofSeconds(30);

    private final CountDownLatch givenUp = new CountDownLatch(1);
    private volatile String waitingFor;

    /** The process was asked to end while it waited. */
    public static final class GivenUp extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private GivenUp(String what) {
            super("It was asked to end while it waited for " + what);
        }
    }

    /**
     * Waits, and says in the log for what.
     *
     * @param what the start cannot go on without
     * @param missing looks, and tells why it is not there yet; throws when it never will be
     * @throws GivenUp when the process is asked to end
     */
    public void until(String what, Supplier<Optional<String>> missing) {
        long begun = System.nanoTime();
        long sayAt = begun + SAY_AFTER.toNanos();
        boolean said = false;
        try {
            for (Optional<String> why = missing.get(); why.isPresent(); why = missing.get()) {
                waitingFor = what + " (" + why.get() + ")";
                if (System.nanoTime() - sayAt >= 0) {
                    LOG.warn("Waiting for {}: {}. The start goes on by itself", what, why.get());
                    sayAt = System.nanoTime() + SAY_EVERY.toNanos();
                    said = true;
                }
                if (isGivenUpWithin(LOOK_EVERY)) {
                    throw new GivenUp(what);
                }
            }
        } finally {
            waitingFor = null;
        }
        if (said) {
            LOG.info("Waited {} s for {}", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun), what);
        }
    }

    /** What the start waits for just now, and why. */
    public Optional<String> waitingFor() {
        return Optional.ofNullable(waitingFor);
    }

    /** Ends all waiting: the process is asked to end. */
    public void giveUp() {
        givenUp.countDown();
    }

    private boolean isGivenUpWithin(Duration patience) {
        try {
            return givenUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
