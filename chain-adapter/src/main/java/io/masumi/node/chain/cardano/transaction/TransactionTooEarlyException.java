package io.masumi.node.chain.cardano.transaction;

/** The rules do not allow the action yet; it can be asked for again from {@link #notBefore()} on. */
public class TransactionTooEarlyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long notBefore;

    public TransactionTooEarlyException(String message, long notBefore) {
        super(message);
        this.notBefore = notBefore;
    }

    /** Unix ms. */
    public long notBefore() {
        return notBefore;
    }
}
