package io.masumi.node.platform.failure;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.axonserver.connector.command.AxonServerCommandDispatchException;
import org.axonframework.axonserver.connector.query.AxonServerQueryDispatchException;
import org.axonframework.messaging.RemoteHandlingException;
import org.axonframework.messaging.RemoteNonTransientHandlingException;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * What Axon Server and the way to it add: failures without details, of which codes and gRPC statuses tell. Axon Server and the connector
 * do not mean the same by all codes; a failure of a handler always has details, so that here they are Axon Server's.
 */
final class AxonServerFailures {

    private static final Metadata.Key<String> CODE = Metadata.Key.of("AxonIQ-ErrorCode", Metadata.ASCII_STRING_MARSHALLER);

    private AxonServerFailures() {}

    /** The kind of a failure on the way; empty if it is none. */
    static Optional<String> kindOf(Throwable failure) {
        return chain(failure).flatMap(cause -> ofTheWay(cause).stream()).reduce((_, deeper) -> deeper);
    }

    private static Optional<String> ofTheWay(Throwable cause) {
        return Optional.ofNullable(switch (cause) {
            case StatusRuntimeException status -> Optional.ofNullable(status.getTrailers()).map(trailers -> trailers.get(CODE))
                    .map(AxonServerFailures::ofCode).orElseGet(() -> isNeverSent(status)
                            ? KnownFailures.UNAVAILABLE
                            : KnownFailures.UNKNOWN_OUTCOME);
            // The connector throws these itself only when it could not even begin to send; else they have no cause.
            case AxonServerCommandDispatchException dispatch when dispatch.getCause() != null -> KnownFailures.UNAVAILABLE;
            case AxonServerQueryDispatchException dispatch when dispatch.getCause() != null -> KnownFailures.UNAVAILABLE;
            case AxonServerCommandDispatchException _,AxonServerQueryDispatchException _ -> KnownFailures.UNKNOWN_OUTCOME;
            case RemoteHandlingException _,RemoteNonTransientHandlingException _ -> KnownFailures.UNKNOWN_OUTCOME;
            case AxonServerException server -> ofCode(server.code());
            case io.axoniq.axonserver.connector.AxonServerException server -> ofCode(server.getErrorCategory().errorCode());
            case TimeoutException _,CancellationException _ -> KnownFailures.UNKNOWN_OUTCOME;
            default -> null;
        });
    }

    private static String ofCode(String code) {
        return switch (code) {
            case "AXONIQ-2000" -> KnownFailures.CONFLICT;
            // The event store's: events too large or too many, no leader, no event store, file and index errors, rolled back.
            case
                    "AXONIQ-2001",
                    "AXONIQ-2002",
                    "AXONIQ-2100",
                    "AXONIQ-3000",
                    "AXONIQ-6000",
                    "AXONIQ-9000",
                    "AXONIQ-9001",
                    "AXONIQ-9100",
                    "AXONIQ-9101",
                    "AXONIQ-9102",
                    "AXONIQ-9200",
                    "AXONIQ-9900" ->
                KnownFailures.NOT_STORED;
            // No handler; and token, context, connection or capacity: nothing was handed to anybody.
            case
                    "AXONIQ-4000",
                    "AXONIQ-5000",
                    "AXONIQ-1000",
                    "AXONIQ-1001",
                    "AXONIQ-1302",
                    "AXONIQ-1400",
                    "AXONIQ-1500",
                    "AXONIQ-1900",
                    "AXONIQ-3001",
                    "AXONIQ-3002" ->
                KnownFailures.UNAVAILABLE;
            // Among them: the handler's connection was lost (4001, which the connector reports as any other), and time ran out (4002).
            default -> KnownFailures.UNKNOWN_OUTCOME;
        };
    }

    /** There was no connection. Without a description it is the connector's own answer while it has none. */
    private static boolean isNeverSent(StatusRuntimeException failure) {
        return failure.getStatus().getCode() == Status.Code.PERMISSION_DENIED
                || failure.getStatus().getCode() == Status.Code.UNAUTHENTICATED
                || failure.getStatus().getCode() == Status.Code.UNAVAILABLE
                        && (failure.getStatus().getDescription() == null && failure.getStatus().getCause() == null
                                || chain(failure)
                                        .anyMatch(cause -> cause instanceof ConnectException || cause instanceof UnknownHostException));
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
