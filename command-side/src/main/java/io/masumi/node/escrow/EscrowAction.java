package io.masumi.node.escrow;

/** What can be done to an escrow on chain: the lock, and the contract's redeemers in their constructor order. */
public enum EscrowAction {
    Lock(Party.Buyer),
    Withdraw(Party.Seller),
    RequestRefund(Party.Buyer),
    CancelRefundRequest(Party.Buyer),
    WithdrawRefund(Party.Buyer),
    WithdrawDisputed(Party.Admins),
    SubmitResult(Party.Seller),
    AuthorizeRefund(Party.Seller);

    private final Party signer;

    EscrowAction(Party signer) {
        this.signer = signer;
    }

    /** Whether the contract makes a party wait for its cooldown before this (docs/contracts.md, "Rules and their tests"). */
    public boolean waitsForCooldown() {
        return switch (this) {
            case SubmitResult, AuthorizeRefund, RequestRefund, CancelRefundRequest -> true;
            case Lock, Withdraw, WithdrawRefund, WithdrawDisputed -> false;
        };
    }

    /** Who must sign this action. */
    public Party signer() {
        return signer;
    }
}
