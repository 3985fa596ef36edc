package io.masumi.node.platform.deadline;

import io.masumi.node.platform.loop.Backoff;
import java.time.Duration;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;

/** Tries a failed deadline again for ever, after twice as long each time, from a second up to five minutes. */
final class FailedDeadlines<T> implements FailureHandler<T> {

    private static final Backoff WAITS = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @Override
    public void onFailure(ExecutionComplete complete, ExecutionOperations<T> operations) {
        operations.reschedule(complete, complete.getTimeDone().plus(WAITS.after(complete.getExecution().consecutiveFailures + 1)));
    }
}
