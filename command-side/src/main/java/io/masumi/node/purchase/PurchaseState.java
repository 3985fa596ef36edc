package io.masumi.node.purchase;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.SaleState;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.purchase.PurchaseEvent.ActionDelayed;
import io.masumi.node.purchase.PurchaseEvent.ActionFailed;
import io.masumi.node.purchase.PurchaseEvent.ActionInitiated;
import io.masumi.node.purchase.PurchaseEvent.DisputeResolved;
import io.masumi.node.purchase.PurchaseEvent.ErrorCleared;
import io.masumi.node.purchase.PurchaseEvent.FactsUndone;
import io.masumi.node.purchase.PurchaseEvent.FundsLocked;
import io.masumi.node.purchase.PurchaseEvent.FundsLockingRequested;
import io.masumi.node.purchase.PurchaseEvent.FundsOrDatumFoundInvalid;
import io.masumi.node.purchase.PurchaseEvent.FundsWithdrawn;
import io.masumi.node.purchase.PurchaseEvent.LockIgnored;
import io.masumi.node.purchase.PurchaseEvent.OperatorRequired;
import io.masumi.node.purchase.PurchaseEvent.PurchaseCreated;
import io.masumi.node.purchase.PurchaseEvent.PurchaseExpired;
import io.masumi.node.purchase.PurchaseEvent.RefundAuthorized;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestCancellationRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestCancelled;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundWithdrawalRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundWithdrawn;
import io.masumi.node.purchase.PurchaseEvent.ResultSubmitted;
import io.masumi.node.purchase.PurchaseEvent.TransactionGivenUp;
import io.masumi.node.purchase.PurchaseEvent.UnexpectedTransitionObserved;

/**
 * A purchase as its events make it. The aggregate decides on it, the views render it, and an audit folds it up to any
 * event, so all three agree by construction.
 *
 * @param created the agreed terms
 * @param escrow what the chain shows
 * @param next what the node is about to do
 * @param wallet the purchasing wallet that pays, null until a lock is signed
 * @param expiredAt the block at which it was known that nothing is locked and nothing can be, null while that is not so
 */
public record PurchaseState(PurchaseCreated created, EscrowStatus escrow, NextAction next, WalletRef wallet,
        @JsonInclude(JsonInclude.Include.NON_NULL) ChainPoint expiredAt) implements SaleState {

    /** Folds one event; {@code state} is null before the first. */
    public static PurchaseState evolve(PurchaseState state, PurchaseEvent event) {
        return switch (event) {
            case PurchaseCreated e -> new PurchaseState(e, EscrowStatus.NOTHING_LOCKED, NextAction.NONE, null, null);
            case PurchaseExpired e -> new PurchaseState(state.created, state.escrow, NextAction.NONE, state.wallet, e.followedTo());
            case FundsLockingRequested _ -> state.next(NextAction.requested(EscrowAction.Lock, null));
            case RefundRequestRequested _ -> state.next(NextAction.requested(EscrowAction.RequestRefund, null));
            case RefundRequestCancellationRequested _ -> state.next(NextAction.requested(EscrowAction.CancelRefundRequest, null));
            case RefundWithdrawalRequested _ -> state.next(NextAction.requested(EscrowAction.WithdrawRefund, null));
            case ActionInitiated e -> state.paidBy(e.wallet()).next(state.next.initiated(e.action(), e.transactionHash()));
            case ActionDelayed e -> state.next(state.next.delayed(e.errorType(), e.errorNote()));
            case ActionFailed e -> state.next(state.next.failed(e.errorType(), e.errorNote()));
            case FundsLocked e ->
                state.locked(OnChainState.FundsLocked, e.lock()).next(state.next.after(EscrowAction.Lock, OnChainState.FundsLocked));
            case FundsOrDatumFoundInvalid e -> state.locked(OnChainState.FundsOrDatumInvalid, e.lock())
                    .next(NextAction.NONE.failed(ErrorType.Unknown, String.join("; ", e.brokenRules())));
            case LockIgnored e -> state.with(state.escrow.ignored(e.lock()));
            case ResultSubmitted e -> state.moved(e.state(), e.transition());
            case RefundRequested e -> state.moved(e.state(), e.transition());
            case RefundRequestCancelled e -> state.moved(e.state(), e.transition());
            case RefundAuthorized e -> state.moved(OnChainState.RefundRequested, e.transition());
            case FundsWithdrawn e -> state.moved(OnChainState.Withdrawn, e.transition());
            case RefundWithdrawn e -> state.moved(OnChainState.RefundWithdrawn, e.transition());
            case DisputeResolved e -> state.moved(OnChainState.DisputedWithdrawn, e.transition());
            case UnexpectedTransitionObserved e -> state.with(state.escrow.unexpected(e.transaction()))
                    .next(state.next.failed(ErrorType.Unknown, e.note()));
            case FactsUndone e -> state.with(e.escrow()).next(e.next());
            case TransactionGivenUp _ -> state;
            case OperatorRequired e -> state.next(state.next.failed(e.errorType(), e.errorNote()));
            case ErrorCleared _ -> state.next(state.waiting());
        };
    }

    /** Whether nothing is locked for it and it is not known yet that nothing can be. */
    public boolean mayExpire() {
        return escrow.state() == null && expiredAt == null;
    }

    /** What there is to wait for: what the parties do until the escrow ends. A lock comes only if it is wanted again. */
    private NextAction waiting() {
        return escrow.state() == null || escrow.state().isTerminal() ? NextAction.NONE : NextAction.WAIT;
    }

    private PurchaseState with(EscrowStatus escrow) {
        return new PurchaseState(created, escrow, next, wallet, escrow.state() == null ? expiredAt : null);
    }

    private PurchaseState next(NextAction next) {
        return new PurchaseState(created, escrow, next, wallet, next.isPending() ? null : expiredAt);
    }

    private PurchaseState paidBy(WalletRef wallet) {
        return new PurchaseState(created, escrow, next, wallet, expiredAt);
    }

    private PurchaseState locked(OnChainState onChain, LockObservation lock) {
        return new PurchaseState(created, escrow.locked(onChain, lock), next, wallet, null);
    }

    private PurchaseState moved(OnChainState onChain, TransitionObservation seen) {
        return new PurchaseState(created, escrow.moved(onChain, seen), next.after(seen.action(), onChain), wallet, null);
    }
}
