package io.masumi.node.query.projection;

/** What became of a transaction; the names are the wire names. */
public enum TransactionStatus {
    Pending,
    Confirmed,
    FailedViaTimeout,
    FailedViaManualReset,
    RolledBack
}
