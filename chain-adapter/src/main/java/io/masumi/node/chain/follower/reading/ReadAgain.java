package io.masumi.node.chain.follower.reading;

import io.masumi.node.Requester;
import io.masumi.node.source.PaymentSourceId;

/** Commands to the chain adapter: to read once more what is at a contract. What is recorded already stays as it is. */
public sealed interface ReadAgain {

    PaymentSourceId sourceId();

    /** Reads the contract's list from that block on, and records what is not recorded. Answers a {@link ReadingStatus}. */
    record FromBlock(PaymentSourceId sourceId, long height, Requester requester) implements ReadAgain {}

    /** Reads one transaction. @param hash 64 hex digits. Answers a {@link ReadingStatus} */
    record Transaction(PaymentSourceId sourceId, String hash, Requester requester) implements ReadAgain {}
}
