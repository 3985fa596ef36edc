package io.masumi.node.chain.loop;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: twice as long after each failure in a row, up to a limit, and never twice the same,
 * so that many who failed together do not come back together.
 */
public record Backoff(Duration first, Duration longest) {

    private static final int MAX_DOUBLINGS = 20;

    /** @param failures failures in a row so far, at least 1 */
    public Duration after(int failures, RandomGenerator random) {
        long wait = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS));
        return Duration.ofMillis(wait / 2 + random.nextLong(wait / 2 + 1));
    }
}
