package io.masumi.node.platform.eventstore;

/** Events were not moved, or not all; the message says why, and what to do. */
public final class EventCopyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EventCopyException(String message) {
        super(message);
    }

    EventCopyException(String message, Throwable cause) {
        super(message, cause);
    }
}
