package io.masumi.node.chain.follower;

import io.masumi.node.chain.cardano.provider.AddressTransaction;
import io.masumi.node.escrow.ChainPoint;

/**
 * Up to where a contract was followed.
 *
 * @param block the newest block of which something is recorded
 * @param transactionIndex place in that block of the last transaction that is recorded; {@link #WHOLE_BLOCK} when all are
 */
record Cursor(ChainPoint block, int transactionIndex) {

    static final int WHOLE_BLOCK = Integer.MAX_VALUE;

    static Cursor after(ChainPoint block) {
        return new Cursor(block, WHOLE_BLOCK);
    }

    /** Height of the first block that may hold something new. */
    long fromHeight() {
        return transactionIndex == WHOLE_BLOCK ? block.blockHeight() + 1 : block.blockHeight();
    }

    boolean isBefore(AddressTransaction transaction) {
        return transaction.blockHeight() > block.blockHeight()
                || transaction.blockHeight() == block.blockHeight() && transaction.index() > transactionIndex;
    }
}
