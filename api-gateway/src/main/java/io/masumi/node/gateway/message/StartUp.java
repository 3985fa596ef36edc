package io.masumi.node.gateway.message;

import io.masumi.node.gateway.http.Problem;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.http.HttpStatus;

/** What a process does once when it comes up, perhaps before the other processes of the node have. */
public final class StartUp {

    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final RetryTemplate retries;

    /** @param patience how long to wait for the other processes */
    StartUp(Duration patience) {
        retries = new RetryTemplate(RetryPolicy.builder().delay(BETWEEN).maxRetries(patience.dividedBy(BETWEEN))
                .predicate(StartUp::mayPass).build());
    }

    /** Does it, again and again while a part of the node is not up yet. @throws RuntimeException why it could not be done */
    public <T> T once(String name, Supplier<T> work) {
        try {
            return retries.execute(work::get);
        } catch (RetryException e) {
            throw new IllegalStateException("This could not be done at the start of the node: " + name, e.getCause());
        }
    }

    private static boolean mayPass(Throwable failure) {
        return failure instanceof Problem problem && problem.status() == HttpStatus.SERVICE_UNAVAILABLE;
    }
}
