package io.masumi.node.source;

import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.WalletRef;

/**
 * A transaction of the node for a payment source, on chain.
 *
 * @param hash hex
 * @param feeLovelace what it cost, lovelace
 * @param wallet the hot wallet that paid and signed
 */
public record SourceTransaction(String hash, ChainPoint at, long feeLovelace, WalletRef wallet) {}
