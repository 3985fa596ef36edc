package io.masumi.node.chain.cardano.transaction;

/** The escrow's state does not allow the action now; that may change when the escrow moves, as after a rollback. */
public class EscrowNotReadyException extends TransactionImpossibleException {

    private static final long serialVersionUID = 1L;

    public EscrowNotReadyException(String message) {
        super(message);
    }
}
