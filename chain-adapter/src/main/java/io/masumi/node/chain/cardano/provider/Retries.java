package io.masumi.node.chain.cardano.provider;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and after what pauses a call to a provider is made again.
 *
 * @param attempts calls at most, the first included
 * @param firstPause before the second call; it doubles from call to call, and a random part of it is taken off (full jitter)
 * @param longestPause no pause is longer
 * @param callTimeout how long one call may take until the last byte of its reply is there
 */
public record Retries(int attempts, Duration firstPause, Duration longestPause, Duration callTimeout) {

    /** About two seconds of patience besides the calls: callers come again by themselves. */
    public static final Retries SHORT = new Retries(4, Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(15));

    /** The pause after a failed call. @param failed how many calls failed so far, from 1 */
    Duration pauseAfter(int failed, RandomGenerator random) {
        long ceiling = Math.min(longestPause.toMillis(), firstPause.toMillis() << Math.min(failed - 1, 20));
        return Duration.ofMillis(random.nextLong(ceiling + 1));
    }
}
