package io.masumi.node.platform.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.axonframework.messaging.HandlerExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a failure of whoever handles a message is put into a form that travels, and the one where the sender gets it back
 * as an exception of the class that it knows. Messages within a process take the same way as those over Axon Server.
 */
final class FailureKinds {

    private static final Logger LOG = LoggerFactory.getLogger(FailureKinds.class);

    private final List<FailureKind> kinds;

    /** @param others besides those that any part of the node may meet with */
    FailureKinds(List<FailureKind> others) {
        kinds = new ArrayList<>(others);
        kinds.addAll(KnownFailures.all());
    }

    /** What a sender in this process is to learn of it. */
    Failure explained(Throwable thrown) {
        return known(thrown).orElseGet(() -> new Failure(Failure.FAULT, thrown.toString(), null));
    }

    /**
     * What a sender elsewhere is to learn of it, who cannot log what was thrown. Of a fault that nobody foresaw no text leaves the process:
     * it might quote a secret.
     */
    Failure explainedAndLogged(String message, Throwable thrown) {
        Optional<Failure> known = known(thrown);
        if (known.map(Failure::kind).filter(kind -> !kind.equals(KnownFailures.UNREADABLE)).isEmpty()) {
            LOG.error("{} failed", message, thrown);
        }
        return known.orElseGet(() -> new Failure(Failure.FAULT,
                innermost(thrown).getClass().getName() + " in the process that handles this; its log says more", null));
    }

    /** As the sender of a command gets it. @param arrived what Axon passes on */
    RuntimeException restored(Throwable arrived) {
        return restored(explained(arrived), arrived);
    }

    /** As the sender of a query gets it, whose outcome nobody needs to know. */
    RuntimeException restoredOfQuery(Throwable arrived) {
        RuntimeException failure = restored(arrived);
        return failure instanceof UnknownOutcomeException ? new PartUnavailableException(failure.getMessage(), arrived) : failure;
    }

    private RuntimeException restored(Failure failure, Throwable arrived) {
        return kinds.stream().filter(kind -> kind.name().equals(failure.kind())).findFirst()
                .map(kind -> kind.restore().apply(failure, arrived))
                .orElseGet(() -> new HandlerFaultException(failure.message(), arrived));
    }

    private Optional<Failure> known(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof HandlerExecutionException explained && explained.getDetails().orElse(null) instanceof Failure failure) {
                return Optional.of(failure);
            }
            for (FailureKind kind : kinds) {
                Optional<Failure> failure = kind.explain().apply(cause);
                if (failure.isPresent()) {
                    return failure;
                }
            }
        }
        return AxonServerFailures.kindOf(thrown).map(kind -> FailureKind.failure(kind, thrown));
    }

    private static Throwable innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
