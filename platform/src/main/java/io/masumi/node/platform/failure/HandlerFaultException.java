package io.masumi.node.platform.failure;

/** Whoever handles a message failed at it in a way that nobody foresaw. Within one process the cause is what it threw. */
public final class HandlerFaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HandlerFaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
