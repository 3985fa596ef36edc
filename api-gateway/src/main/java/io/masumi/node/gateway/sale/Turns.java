package io.masumi.node.gateway.sale;

import io.masumi.node.gateway.http.Problem;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;

/**
 * Lets the requests for one thing wait for one another, so that the second is told what became of the first. That nothing is done
 * twice the domain sees to: this knows only the requests of this process.
 *
 * @param <K> what they are for
 */
final class Turns<K> {

    private record Turn(ReentrantLock lock, int users) {}

    private final ConcurrentMap<K, Turn> turns = new ConcurrentHashMap<>();
    private final Duration patience;

    /** @param patience how long a request waits */
    Turns(Duration patience) {
        this.patience = patience;
    }

    /** @throws Problem 503 if those before it take too long */
    <R> R take(K what, Supplier<R> work) {
        ReentrantLock lock = turns.compute(what, (_, turn) -> turn == null
                ? new Turn(new ReentrantLock(true), 1)
                : new Turn(turn.lock, turn.users + 1)).lock;
        try {
            if (!lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "Another request for the same is being worked on; try again later");
            }
            try {
                return work.get();
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The node is shutting down", e);
        } finally {
            turns.compute(what, (_, turn) -> turn.users == 1 ? null : new Turn(turn.lock, turn.users - 1));
        }
    }
}
