package io.masumi.node.chain.cardano.transaction;

import io.masumi.node.escrow.Funds;

/** The wallet holds enough, but in so many outputs, or beside so many tokens, that a transaction with all that it takes is too large. */
public class WalletInPiecesException extends TransactionTooLargeException {

    private static final long serialVersionUID = 1L;

    private final transient Funds needed;

    /**
     * @param share what it would use of what the ledger allows, more than 1
     * @param needed what the wallet is to pay
     */
    public WalletInPiecesException(String message, double share, Funds needed) {
        super(message, share);
        this.needed = needed;
    }

    /** What the wallet is to pay, the fee included. */
    public Funds needed() {
        return needed;
    }
}
