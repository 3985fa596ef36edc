package io.masumi.node.platform.failure;

import io.masumi.node.platform.loop.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.AbstractRetryScheduler;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Sends a command again that lost a race and nothing else: another process moved its aggregate on, or the database broke
 * a deadlock. The transaction was rolled back as a whole, so that the second try decides on the new state. A refusal by the
 * domain is final, and so is creating what exists already.
 */
final class ConflictRetries extends AbstractRetryScheduler {

    private static final int MAX_RETRIES = 5;
    private static final Backoff WAITS = new Backoff(Duration.ofMillis(10), Duration.ofMillis(320));

    private ConflictRetries(Builder builder) {
        super(builder);
    }

    static ConflictRetries on(ScheduledExecutorService executor) {
        return new ConflictRetries(new Builder().retryExecutor(executor).maxRetryCount(MAX_RETRIES));
    }

    @Override
    protected boolean isExplicitlyNonTransient(Throwable failure) {
        return !(failure instanceof ConcurrencyException);
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected long computeRetryInterval(CommandMessage command, RuntimeException lastFailure, List<Class<? extends Throwable>[]> failures) {
        return WAITS.after(failures.size()).toMillis();
    }

    private static final class Builder extends AbstractRetryScheduler.Builder<Builder> {}
}
