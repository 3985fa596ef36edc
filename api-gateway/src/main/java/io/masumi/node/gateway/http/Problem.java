package io.masumi.node.gateway.http;

import io.masumi.node.Rejection;
import org.springframework.http.HttpStatus;

/** A request that cannot be fulfilled, with the status and the words that the client gets. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String existingId;
    private final transient RecordJson existing;

    private Problem(HttpStatus status, String message, String existingId, RecordJson existing, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.existingId = existingId;
        this.existing = existing;
    }

    public static Problem invalid(String message) {
        return of(HttpStatus.BAD_REQUEST, message);
    }

    public static Problem unauthorized(String message) {
        return of(HttpStatus.UNAUTHORIZED, message);
    }

    public static Problem notFound(String message) {
        return of(HttpStatus.NOT_FOUND, message);
    }

    public static Problem of(HttpStatus status, String message) {
        return new Problem(status, message, null, null, null);
    }

    public static Problem of(HttpStatus status, String message, Throwable cause) {
        return new Problem(status, message, null, null, cause);
    }

    /** What the domain refused, as the client gets it. */
    public static Problem of(Rejection why) {
        return switch (why.kind()) {
            case INVALID -> invalid(why.message());
            case NOT_ALLOWED -> of(HttpStatus.FORBIDDEN, why.message());
            case NOT_FOUND -> notFound(why.message());
            case CONFLICT -> conflict(why.message(), why.existingId(), null);
        };
    }

    /** @param existingId the record that stands in the way, may be null. @param existing that record, may be null */
    public static Problem conflict(String message, String existingId, RecordJson existing) {
        return new Problem(HttpStatus.CONFLICT, message, existingId, existing, null);
    }

    public HttpStatus status() {
        return status;
    }

    public String existingId() {
        return existingId;
    }

    public RecordJson existing() {
        return existing;
    }
}
