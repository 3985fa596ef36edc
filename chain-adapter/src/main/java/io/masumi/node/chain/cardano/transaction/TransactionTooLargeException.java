package io.masumi.node.chain.cardano.transaction;

/** What was asked for does not fit into one transaction; several locks may fit into more than one. */
public class TransactionTooLargeException extends TransactionImpossibleException {

    private static final long serialVersionUID = 1L;

    private final double share;

    /** @param share what it would use of what the ledger allows, more than 1 */
    public TransactionTooLargeException(String message, double share) {
        super(message);
        this.share = share;
    }

    /** How many of so many things of about one size would fit: at least one, and fewer than those that did not. */
    public int fitting(int tooMany) {
        return Math.clamp((long) (tooMany / share), 1, Math.max(1, tooMany - 1));
    }
}
