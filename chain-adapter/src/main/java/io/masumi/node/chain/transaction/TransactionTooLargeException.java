package io.masumi.node.chain.transaction;

/** What was asked for does not fit into one transaction; several locks may fit into more than one. */
public class TransactionTooLargeException extends TransactionImpossibleException {

    private static final long serialVersionUID = 1L;

    public TransactionTooLargeException(String message) {
        super(message);
    }
}
