package io.masumi.node.chain.follower;

/**
 * A transaction that could not be recorded on an aggregate, though it concerns it, or a rollback: the node failed at it.
 *
 * @param transactionHash for a rollback, something that tells it from others
 * @param failures failed tries so far
 * @param rolledBack null for a transaction
 */
record PendingRetry(String aggregateId, String transactionHash, int failures, RolledBackRecord rolledBack) {}
