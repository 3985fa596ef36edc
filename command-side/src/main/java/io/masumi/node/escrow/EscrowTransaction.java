package io.masumi.node.escrow;

/**
 * A transaction on chain, as far as it concerns one escrow.
 *
 * @param hash hex
 * @param feeLovelace this escrow's share of the fee, lovelace
 * @param feePaidBy whose wallet paid the fee
 */
public record EscrowTransaction(String hash, ChainPoint at, long feeLovelace, Party feePaidBy) {}
