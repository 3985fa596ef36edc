package io.masumi.node.gateway.message;

import io.masumi.node.Rejection;
import io.masumi.node.chain.provider.ProviderUnavailableException;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.platform.NotNowException;
import io.masumi.node.platform.NotStoredException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.messaging.HandlerExecutionException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.queryhandling.NoHandlerForQueryException;
import org.axonframework.serialization.SerializationException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;

/** What goes wrong with messages, as the client gets it. What is not named here is a fault of ours and passes as it is. */
final class Failures {

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
            case HandlerExecutionException refused when refused.getDetails().orElse(null) instanceof Rejection why -> Problem.of(why);
            case AggregateNotFoundException _ -> Problem.notFound("Not found");
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
            case CannotCreateTransactionException _ -> noDatabase(cause);
            case DataAccessResourceFailureException _ -> noDatabase(cause);
            case NoHandlerForCommandException _ -> notReady(cause);
            case NoHandlerForQueryException _ -> notReady(cause);
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
