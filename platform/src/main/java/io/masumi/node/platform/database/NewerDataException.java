package io.masumi.node.platform.database;

import io.masumi.node.platform.start.CannotStartException;

/** The data is of another version of the node, most likely a newer one: this one must not decide on what it can read of it. */
public final class NewerDataException extends CannotStartException {

    private static final long serialVersionUID = 1L;

    /** @param found what this version does not know of */
    public NewerDataException(String found) {
        super(found + ". Another version wrote them, a newer one most likely: start that one, or one newer still, on this data."
                + " Nothing was changed.");
    }
}
