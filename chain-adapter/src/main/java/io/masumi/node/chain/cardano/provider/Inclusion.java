package io.masumi.node.chain.cardano.provider;

import io.masumi.node.escrow.ChainPoint;

/**
 * That a transaction is on chain.
 *
 * @param at the block it is in
 * @param feeLovelace what it cost
 * @param scriptsPassed false when a script refused it and it only cost its collateral
 */
public record Inclusion(ChainPoint at, long feeLovelace, boolean scriptsPassed) {}
