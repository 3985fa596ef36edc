package io.masumi.node.gateway.message;

import io.masumi.node.RejectedException;
import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.platform.NotNowException;
import io.masumi.node.platform.NotStoredException;
import io.masumi.node.platform.failure.PartUnavailableException;
import io.masumi.node.platform.failure.UnknownOutcomeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.SerializationException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;

/** What goes wrong with messages, as the client gets it. What is not named here is a fault of ours and passes as it is. */
final class Failures {

    private static final String UNKNOWN = "The answer of a part of the node was lost; nobody can say yet whether this was done";

    private Failures() {}

    /** Waits for an answer. @throws Problem if it is a refusal, or does not come in time */
    static <R> R await(CompletableFuture<R> answer, Duration patience) {
        return await(answer, patience, "The node is busy; nobody can say yet whether this was done");
    }

    /** Waits for an answer. @param late what to tell the client if it does not come in time */
    static <R> R await(CompletableFuture<R> answer, Duration patience, String late) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw translated(e.getCause());
        } catch (TimeoutException e) {
            throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE, late, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The node is shutting down", e);
        }
    }

    static RuntimeException translated(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<RuntimeException> known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return failure instanceof RuntimeException ours ? ours : new IllegalStateException("A message failed", failure);
    }

    private static Optional<RuntimeException> known(Throwable cause) {
        return Optional.ofNullable(switch (cause) {
            case Problem problem -> problem;
            case RejectedException refused -> Problem.of(refused.rejection());
            case AggregateNotFoundException _ -> Problem.notFound("Not found");
            case AggregateStreamCreationException _ -> Problem.conflict("It exists already", null, null);
            case ConcurrencyException _ -> Problem.conflict("It was changed meanwhile; look at it and try again", null, null);
            case ProviderUnavailableException _ -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE,
                    "The chain provider does not answer now; try again later", cause);
            case SerializationException _ -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE,
                    "This version of the node cannot read all that is stored of this record, so that it decides nothing about it: "
                            + cause.getMessage(),
                    cause);
            case NotStoredException _ -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE,
                    "The node's database did not take this, and nothing was done; send it again later", cause);
            case NotNowException _ -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE, cause.getMessage(), cause);
            case DataAccessResourceFailureException _ -> noDatabase(cause);
            case UnknownOutcomeException _ -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE, UNKNOWN, cause);
            case PartUnavailableException _ -> notReady(cause);
            default -> null;
        });
    }

    private static Problem noDatabase(Throwable cause) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The node's database does not serve this now; try again later", cause);
    }

    private static Problem notReady(Throwable cause) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "A part of the node is not up; try again later", cause);
    }
}
