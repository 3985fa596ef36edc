package io.masumi.node.wallet;

/** What a hot wallet is for; the names are the wire names. */
public enum WalletType {
    Selling,
    Purchasing,
    Funding
}
