package io.masumi.node.platform.axon;

/** The event store holds events that this version of the node cannot read, so that it must not decide on what it can. */
public final class UnknownEventsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownEventsException(String message) {
        super(message);
    }
}
