package io.masumi.node.devnet.chain;

/**
 * A transaction in a block.
 *
 * @param index its place in the block, from 0
 */
public record ChainTransaction(AppliedTransaction applied, Block block, int index) {}
