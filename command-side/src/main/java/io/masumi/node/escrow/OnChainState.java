package io.masumi.node.escrow;

/** State of an escrow as the chain tells it; the names are the wire names (docs/domain.md, "The life of an escrow"). */
public enum OnChainState {
    FundsLocked,
    FundsOrDatumInvalid,
    ResultSubmitted,
    RefundRequested,
    Disputed,
    /** Of a later contract version; never reached by this one. */
    WithdrawAuthorized,
    /** Of a later contract version; never reached by this one. */
    RefundAuthorized,
    Withdrawn,
    RefundWithdrawn,
    DisputedWithdrawn;

    /** Whether the contract holds nothing of this escrow any more. */
    public boolean isTerminal() {
        return this == Withdrawn || this == RefundWithdrawn || this == DisputedWithdrawn;
    }
}
