package io.masumi.node.platform.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at something on a thread of its own: whoever asks waits for a moment and no longer, however long the look takes. However many ask,
 * it is done at most once a second, and never twice at a time.
 */
public final class BackgroundLook<T> {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundLook.class);
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final String name;
    private final Supplier<T> look;
    private final Clock clock;

    private CompletableFuture<T> newest;
    private long begunNanos;
    private Instant begun;
    private T last;
    private Instant failingSince;

    /** @param name of the thread. @param look may take long or throw */
    public BackgroundLook(String name, Supplier<T> look, Clock clock) {
        this.name = name;
        this.look = look;
        this.clock = clock;
    }

    /**
     * What is known.
     *
     * @param last the newest answer, null when there was none yet
     * @param troubledSince null when {@code last} is the answer of now; otherwise since when no answer came, or only failures
     */
    public record Seen<T>(T last, Instant troubledSince) {}

    /** Begins a look if the last one is old. */
    public synchronized void refresh() {
        if (newest != null && (!newest.isDone() || System.nanoTime() - begunNanos < KEPT.toNanos())) {
            return;
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        newest = answer;
        begunNanos = System.nanoTime();
        begun = clock.instant();
        // No virtual thread: one that hangs in a file system would take a carrier from those that answer requests.
        Thread thread = Thread.ofPlatform().daemon().name("health " + name).unstarted(() -> work(answer));
        // Whoever asks may have the system's loader, which finds nothing in the node's jar: libraries keep what they find first.
        thread.setContextClassLoader(BackgroundLook.class.getClassLoader());
        thread.start();
    }

    /** What is known when the look is done, or that long after it began. */
    public Seen<T> within(Duration patience) {
        refresh();
        CompletableFuture<T> waitedFor;
        long left;
        synchronized (this) {
            waitedFor = newest;
            left = patience.toNanos() - (System.nanoTime() - begunNanos);
        }
        boolean done = isDone(waitedFor, left);
        synchronized (this) {
            return new Seen<>(last, failingSince != null || done ? failingSince : begun);
        }
    }

    private void work(CompletableFuture<T> answer) {
        try {
            T found = look.get();
            synchronized (this) {
                last = found;
                failingSince = null;
            }
            answer.complete(found);
        } catch (RuntimeException | Error e) {
            // Errors too: whoever asks must hear of them.
            synchronized (this) {
                if (failingSince == null) {
                    failingSince = begun;
                    LOG.warn("The look at {} failed: {}", name, e.toString());
                }
            }
            answer.completeExceptionally(e);
        }
    }

    private static boolean isDone(CompletableFuture<?> look, long nanos) {
        try {
            look.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
