package io.masumi.node.platform.start;

/** A process does not start, for a reason that whoever runs it can mend. Nothing was changed. */
public abstract class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message the reason and what to do about it, in words */
    protected CannotStartException(String message) {
        super(message);
    }
}
