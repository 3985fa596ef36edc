package io.masumi.node.platform;

import io.masumi.node.platform.failure.PartUnavailableException;

/** This process must not decide anything at this moment: nothing of the command was done, and it can be sent again. */
public final class NotNowException extends PartUnavailableException {

    private static final long serialVersionUID = 1L;

    /** @param message why, in words for whoever sent the command */
    public NotNowException(String message) {
        super(message, null);
    }
}
