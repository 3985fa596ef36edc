package io.masumi.node.contracts;

/** What a spend of an escrow does, in the order of the redeemers' constructor indexes; none has fields. */
public enum EscrowRedeemer {
    Withdraw,
    SetRefundRequested,
    UnSetRefundRequested,
    WithdrawRefund,
    WithdrawDisputed,
    SubmitResult,
    AuthorizeRefund
}
