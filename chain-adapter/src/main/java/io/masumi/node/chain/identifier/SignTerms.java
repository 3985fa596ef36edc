package io.masumi.node.chain.identifier;

import io.masumi.node.escrow.SaleTerms;
import io.masumi.node.wallet.HotWalletId;

/** A query: signs terms with a selling wallet and answers the {@link io.masumi.node.escrow.BlockchainIdentifier}. */
public record SignTerms(HotWalletId walletId, SaleTerms terms) {}
