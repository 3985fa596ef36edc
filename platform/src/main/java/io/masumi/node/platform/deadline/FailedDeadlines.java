package io.masumi.node.platform.deadline;

import java.time.Duration;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;

/** Tries a failed deadline again for ever, after twice as long each time, from a second up to five minutes. */
final class FailedDeadlines<T> implements FailureHandler<T> {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int DOUBLINGS_TO_LONGEST = 9;

    @Override
    public void onFailure(ExecutionComplete complete, ExecutionOperations<T> operations) {
        var doublings = Math.min(complete.getExecution().consecutiveFailures, DOUBLINGS_TO_LONGEST);
        var wait = FIRST.multipliedBy(1L << doublings);
        operations.reschedule(complete, complete.getTimeDone().plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST));
    }
}
