package io.masumi.node.escrow;

/**
 * That a transaction is on chain though a script refused it: it did nothing, and cost its collateral.
 *
 * @param feeLovelace what it cost as the provider says, lovelace
 */
public record FailureOnChain(ChainPoint at, long feeLovelace) {}
