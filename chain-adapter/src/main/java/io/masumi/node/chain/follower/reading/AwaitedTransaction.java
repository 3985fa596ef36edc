package io.masumi.node.chain.follower.reading;

/**
 * A transaction at a contract that is to be read by its hash.
 *
 * @param again whether it is recorded once more if it was before
 * @param failures failed looks so far
 */
public record AwaitedTransaction(String hash, boolean again, int failures) {}
