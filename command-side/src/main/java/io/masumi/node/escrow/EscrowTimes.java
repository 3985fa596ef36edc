package io.masumi.node.escrow;

/**
 * The four deadlines of a sale, Unix milliseconds.
 *
 * @param payByTime until when the buyer may lock
 * @param submitResultTime until when the seller may submit a first result
 * @param unlockTime when the seller may withdraw; until when the buyer may ask for a refund
 * @param externalDisputeUnlockTime when the admins may resolve a dispute
 */
public record EscrowTimes(long payByTime, long submitResultTime, long unlockTime, long externalDisputeUnlockTime) {}
