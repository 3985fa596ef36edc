package io.masumi.node.chain.wallet;

import io.masumi.node.Requester;
import io.masumi.node.wallet.HotWalletId;

/**
 * A command: has a hot wallet make fewer and larger outputs of its small ones. Answers a {@link MergePlan}; while merges are under way it
 * begins none.
 */
public record MergeWallet(HotWalletId walletId, Requester requester) {}
