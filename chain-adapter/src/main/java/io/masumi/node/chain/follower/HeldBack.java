package io.masumi.node.chain.follower;

/**
 * A transaction that an aggregate could not take note of, though it concerns it: the node failed at it.
 *
 * @param failures tries in vain so far
 */
record HeldBack(String aggregateId, String transactionHash, int failures) {}
