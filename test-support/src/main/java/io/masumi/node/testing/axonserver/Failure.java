package io.masumi.node.testing.axonserver;

import io.axoniq.axonserver.grpc.ErrorMessage;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** What Axon Server refuses with: its code, and the status that a call ends with when the code is not in a reply. */
public enum Failure {

    UNSUPPORTED_INSTRUCTION("AXONIQ-1002", Status.UNKNOWN),
    INVALID_SEQUENCE("AXONIQ-2000", Status.OUT_OF_RANGE),
    NO_HANDLER_FOR_COMMAND(
            "AXONIQ-4000", Status.NOT_FOUND),
    COMMAND_HANDLER_LOST("AXONIQ-4001", Status.CANCELLED),
    COMMAND_DUPLICATED("AXONIQ-4005",
            Status.INVALID_ARGUMENT),
    NO_HANDLER_FOR_QUERY("AXONIQ-5000", Status.NOT_FOUND),
    QUERY_TIMEOUT("AXONIQ-5006",
            Status.CANCELLED),
    QUERY_DUPLICATED("AXONIQ-5007", Status.INVALID_ARGUMENT),
    /** Of a query's handler too: Axon Server has the one code for both. */
    QUERY_HANDLER_LOST("AXONIQ-4001", Status.CANCELLED),
    DATAFILE_WRITE_ERROR("AXONIQ-9100", Status.CANCELLED),
    OTHER("AXONIQ-0001",
            Status.CANCELLED);

    private static final Metadata.Key<String> CODE = Metadata.Key.of("AxonIQ-ErrorCode", Metadata.ASCII_STRING_MARSHALLER);

    private final String code;
    private final Status status;

    Failure(String code, Status status) {
        this.code = code;
        this.status = status;
    }

    /** As in replies and trailers, for example {@code AXONIQ-4000}. */
    public String code() {
        return code;
    }

    StatusRuntimeException ending(String text) {
        Metadata trailers = new Metadata();
        trailers.put(CODE, code);
        return status.withDescription(text).asRuntimeException(trailers);
    }

    static ErrorMessage message(String text) {
        return ErrorMessage.newBuilder().setMessage(text).build();
    }
}
