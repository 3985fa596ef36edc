package io.masumi.node.wallet;

/** What a wallet pays itself for, so that fewer and larger outputs come of many small ones. Stored, so the names stay. */
public enum MergePurpose {
    /** To have an output without tokens that transactions can put up as collateral. */
    Collateral,
    /** To pay what it holds enough for, but in more pieces than fit into one transaction. */
    Payment,
    /** An operator asked for it. */
    Asked
}
