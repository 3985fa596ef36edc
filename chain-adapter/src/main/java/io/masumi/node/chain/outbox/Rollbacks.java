package io.masumi.node.chain.outbox;

import java.util.List;

import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.source.PaymentSourceId;

/** What the follower asks of those who act on the chain when it is rolled back. */
public interface Rollbacks {

    /** Does the task while nothing is built, sent or settled for the source, waiting for a pass that is under way. */
    void undisturbed(PaymentSourceId sourceId, Runnable task);

    /**
     * Everything above this block is gone. Our transactions that were there for good are under way again, with what they
     * reserve, and are sent again. Repeating it is harmless: what is on chain again is found there again.
     */
    Reopened reopen(PaymentSourceId sourceId, ChainPoint common);

    /** No rollback is expected to reach down to this height: what the transactions up to there spent needs no protection any more. */
    void beyondReach(PaymentSourceId sourceId, long height);

    /** The records for which something stands at the contract, or is under way. */
    OpenRecords open(PaymentSourceId sourceId);

    /**
     * What a rollback reopened.
     *
     * @param transactions hashes of our transactions that were taken for being on chain for good
     * @param registrations ids of the registrations whose transactions were above the block, also when they were reopened before
     */
    record Reopened(List<String> transactions, List<String> registrations) {}

    /** Ids of records. */
    record OpenRecords(List<String> payments, List<String> purchases) {}
}
