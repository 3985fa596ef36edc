package io.masumi.node.platform.loop;

import java.time.Duration;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * How long to wait before trying again: twice as long after each failure in a row, up to a limit, and never twice the same, so that many who
 * failed together do not come back together. Spring counts failures in memory; those of records are counted in tables, and go on after a
 * restart.
 */
public record Backoff(Duration first, Duration longest) {

    private static final int MAX_DOUBLINGS = 30;

    /** @param failures failures in a row so far, at least 1 */
    public Duration after(int failures) {
        ExponentialBackOff waits = new ExponentialBackOff(first.toMillis() * 3 / 4, 2);
        waits.setJitter(first.toMillis() / 4);
        waits.setMaxInterval(longest.toMillis());
        BackOffExecution steps = waits.start();
        for (int step = 1; step < Math.min(failures, MAX_DOUBLINGS); step++) {
            steps.nextBackOff();
        }
        return Duration.ofMillis(steps.nextBackOff());
    }
}
