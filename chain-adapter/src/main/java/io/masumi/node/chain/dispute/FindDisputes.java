package io.masumi.node.chain.dispute;

import io.masumi.node.source.PaymentSourceId;

/**
 * A query: the escrows of a contract that are disputed on chain now, newest first, as {@link Dispute}s. They are read from the
 * chain, so that admins see disputes that their node has no part in.
 *
 * @param limit how many at most
 * @param cursor the output, as transaction hash, {@code #} and index, that the page starts with; null for the newest
 */
public record FindDisputes(PaymentSourceId sourceId, int limit, String cursor) {}
