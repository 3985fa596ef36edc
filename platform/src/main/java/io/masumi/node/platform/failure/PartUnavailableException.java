package io.masumi.node.platform.failure;

/**
 * A part of the node that is needed cannot be reached: nobody who handles the message is up, or there is no Axon Server to bring it. That
 * says nothing about the message, and it may be sent again later. Nothing was done, unless it is an {@link UnknownOutcomeException}.
 */
public class PartUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PartUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
