package io.masumi.node.platform.failure;

/** A command was sent, and its answer was lost: nobody can say whether it was done. Only what is harmless twice may be sent again. */
public final class UnknownOutcomeException extends PartUnavailableException {

    private static final long serialVersionUID = 1L;

    public UnknownOutcomeException(String message, Throwable cause) {
        super(message, cause);
    }
}
