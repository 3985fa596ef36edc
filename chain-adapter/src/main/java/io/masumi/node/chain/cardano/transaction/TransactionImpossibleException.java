package io.masumi.node.chain.cardano.transaction;

/** The transaction can never succeed as asked: a deadline is over, a script refuses it, or it breaks a limit of the ledger. */
public class TransactionImpossibleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TransactionImpossibleException(String message) {
        super(message);
    }
}
