package io.masumi.node.platform.failure;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;

import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.lifecycle.ShutdownInProgressException;
import org.axonframework.messaging.HandlerExecutionException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.queryhandling.NoHandlerForQueryException;
import org.axonframework.serialization.SerializationException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

import io.masumi.node.RejectedException;
import io.masumi.node.Rejection;
import io.masumi.node.platform.NotNowException;
import io.masumi.node.platform.NotStoredException;
import io.masumi.node.platform.OutdatedAggregateException;

/** The kinds that any part of the node may meet with. */
final class KnownFailures {

    static final String CONFLICT = "conflict";
    static final String NOT_STORED = "not-stored";
    static final String UNAVAILABLE = "part-unavailable";
    static final String UNKNOWN_OUTCOME = "unknown-outcome";
    static final String UNREADABLE = "unreadable";
    private static final String REJECTED = "rejected";
    private static final String NO_DATABASE = "no-database";

    /** SQLSTATE classes: connection exception, operator intervention; and too many connections. */
    private static final List<String> OF_THE_CONNECTION = List.of("08", "57P", "53300");
    /** SQLSTATE class: rolled back, by a deadlock or because it could not be put in order with others. */
    private static final String ROLLED_BACK = "40";

    private KnownFailures() {}

    static List<FailureKind> all() {
        return List.of(
                new FailureKind(REJECTED, KnownFailures::rejected, (failure, _) -> new RejectedException(failure.rejection())),
                FailureKind.of("no-aggregate", AggregateNotFoundException.class,
                        (message, arrived) -> new AggregateNotFoundException(null, message, arrived)),
                FailureKind.of("exists", AggregateStreamCreationException.class, AggregateStreamCreationException::new),
                FailureKind.of(CONFLICT, ConcurrencyException.class, ConcurrencyException::new),
                FailureKind.of(NOT_STORED, NotStoredException.class, NotStoredException::new),
                FailureKind.of(UNREADABLE, SerializationException.class, SerializationException::new),
                FailureKind.of("outdated-aggregate", OutdatedAggregateException.class, OutdatedAggregateException::new),
                FailureKind.of("not-now", NotNowException.class, (message, _) -> new NotNowException(message)),
                FailureKind.of(UNKNOWN_OUTCOME, UnknownOutcomeException.class, UnknownOutcomeException::new),
                FailureKind.of(UNAVAILABLE, PartUnavailableException.class, PartUnavailableException::new),
                FailureKind.of(NO_DATABASE, DataAccessResourceFailureException.class, DataAccessResourceFailureException::new),
                like(UNAVAILABLE, NoHandlerForCommandException.class), like(UNAVAILABLE, NoHandlerForQueryException.class),
                like(UNAVAILABLE, ShutdownInProgressException.class), like(NO_DATABASE, CannotCreateTransactionException.class),
                // The database may have committed before it was lost.
                like(UNKNOWN_OUTCOME, TransactionSystemException.class),
                new FailureKind(CONFLICT, cause -> ofState(CONFLICT, cause, List.of(ROLLED_BACK)), KnownFailures::restoredElsewhere),
                new FailureKind(NO_DATABASE, KnownFailures::connectionLost, KnownFailures::restoredElsewhere));
    }

    /** Another class that is restored as the one of that name. */
    private static FailureKind like(String name, Class<? extends Throwable> type) {
        return new FailureKind(name, cause -> type.isInstance(cause) ? Optional.of(FailureKind.failure(name, cause)) : Optional.empty(),
                KnownFailures::restoredElsewhere);
    }

    private static RuntimeException restoredElsewhere(Failure failure, Throwable arrived) {
        throw new IllegalStateException("the first kind named " + failure.kind() + " restores it", arrived);
    }

    private static Optional<Failure> rejected(Throwable cause) {
        return cause instanceof HandlerExecutionException refused && refused.getDetails().orElse(null) instanceof Rejection why
                ? Optional.of(new Failure(REJECTED, why.message(), why))
                : Optional.empty();
    }

    private static Optional<Failure> connectionLost(Throwable cause) {
        return cause instanceof SQLTransientConnectionException
                ? Optional.of(FailureKind.failure(NO_DATABASE, cause))
                : ofState(NO_DATABASE, cause, OF_THE_CONNECTION);
    }

    private static Optional<Failure> ofState(String kind, Throwable cause, List<String> states) {
        return cause instanceof SQLException failed && failed.getSQLState() != null
                && states.stream().anyMatch(failed.getSQLState()::startsWith)
                        ? Optional.of(FailureKind.failure(kind, cause))
                        : Optional.empty();
    }
}
