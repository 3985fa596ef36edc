package io.masumi.node.gateway.message;

import io.masumi.node.gateway.http.Problem;
import io.masumi.node.platform.start.StartWaits;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;

/** What a process does once when it comes up, perhaps before the other processes of the node have. */
public final class StartUp {

    private final StartWaits waits;

    StartUp(StartWaits waits) {
        this.waits = waits;
    }

    /** Does it, again and again while a part of the node is not up yet. @throws RuntimeException why it could not be done */
    public <T> T once(String name, Supplier<T> work) {
        AtomicReference<T> result = new AtomicReference<>();
        waits.until("the other parts of the node, to " + name, () -> {
            try {
                result.set(work.get());
                return Optional.empty();
            } catch (RuntimeException e) {
                if (e instanceof Problem problem && problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
                    return Optional.of(problem.getMessage());
                }
                throw new IllegalStateException("This could not be done at the start of the node: " + name, e);
            }
        });
        return result.get();
    }
}
