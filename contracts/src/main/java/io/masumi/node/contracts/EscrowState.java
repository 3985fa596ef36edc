package io.masumi.node.contracts;

/** The state in an escrow datum, in the order of its constructor indexes. */
public enum EscrowState {
    FundsLocked,
    ResultSubmitted,
    RefundRequested,
    Disputed
}
