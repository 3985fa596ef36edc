package io.masumi.node.chain.wallet;

import java.util.List;

/**
 * What is done about a wallet in small pieces.
 *
 * @param walletAddress bech32
 * @param outputs unspent outputs that it has on chain
 * @param outputsToMerge those among them that are of little use alone: with less than 5 ADA, or with tokens
 * @param transactions about how many transactions that takes, 0 when there is nothing to do
 * @param begun whether this request began it: not when there is nothing to do, or it is under way already
 * @param underWay hashes of the merging transactions that are signed and not on chain for good
 */
public record MergePlan(String walletAddress, int outputs, int outputsToMerge, int transactions, boolean begun, List<String> underWay) {}
