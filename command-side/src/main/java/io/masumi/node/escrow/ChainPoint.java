package io.masumi.node.escrow;

/**
 * A place on the chain.
 *
 * @param slot slot of the block
 * @param blockHash hex
 * @param blockHeight number of the block
 * @param blockTime Unix milliseconds
 */
public record ChainPoint(long slot, String blockHash, long blockHeight, long blockTime) {}
