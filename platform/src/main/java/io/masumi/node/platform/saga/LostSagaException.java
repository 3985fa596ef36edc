package io.masumi.node.platform.saga;

/** A saga should be stored, and is not. */
public final class LostSagaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostSagaException(String message) {
        super(message);
    }
}
