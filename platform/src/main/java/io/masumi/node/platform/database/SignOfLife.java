package io.masumi.node.platform.database;

import java.time.Duration;

/**
 * A moment in which something was certainly there. Its age is what the stop watch or the wall clock says, whichever is more: the stop watch
 * stands still while a machine sleeps, and the wall clock may be set back.
 */
record SignOfLife(long nanos, long millis) {

    static SignOfLife now() {
        return new SignOfLife(System.nanoTime(), System.currentTimeMillis());
    }

    static SignOfLife never() {
        return new SignOfLife(System.nanoTime() - Duration.ofDays(1).toNanos(), 0);
    }

    boolean isYoungerThan(Duration age) {
        return System.nanoTime() - nanos < age.toNanos() && Math.abs(System.currentTimeMillis() - millis) < age.toMillis();
    }
}
