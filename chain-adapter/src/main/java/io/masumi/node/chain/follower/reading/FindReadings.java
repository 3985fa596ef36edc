package io.masumi.node.chain.follower.reading;

import io.masumi.node.source.PaymentSourceId;

/** A query to the chain adapter: what is read besides the contract's list as it goes on. Answers one {@link ReadingStatus}. */
public record FindReadings(PaymentSourceId sourceId) {}
