package io.masumi.node.platform.axon;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.axonframework.eventhandling.ErrorContext;
import org.axonframework.eventhandling.ErrorHandler;

/**
 * Remembers which processing groups failed at a batch here. After a failure a processor gives its claim back for a while, as it does when a
 * segment moves to another process.
 */
final class FailedBatches {

    private final Set<String> groups = ConcurrentHashMap.newKeySet();

    /** Passes failures on to another handler. */
    ErrorHandler noting(ErrorHandler next) {
        return (ErrorContext failure) -> {
            groups.add(failure.eventProcessor());
            next.handleError(failure);
        };
    }

    boolean has(String group) {
        return groups.contains(group);
    }

    /** It goes on. */
    void forget(String group) {
        groups.remove(group);
    }
}
