package io.masumi.node.payment;

import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.SaleState;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.payment.PaymentEvent.ActionDelayed;
import io.masumi.node.payment.PaymentEvent.ActionFailed;
import io.masumi.node.payment.PaymentEvent.ActionInitiated;
import io.masumi.node.payment.PaymentEvent.DisputeResolved;
import io.masumi.node.payment.PaymentEvent.ErrorCleared;
import io.masumi.node.payment.PaymentEvent.FactsUndone;
import io.masumi.node.payment.PaymentEvent.FundsLocked;
import io.masumi.node.payment.PaymentEvent.FundsOrDatumFoundInvalid;
import io.masumi.node.payment.PaymentEvent.FundsWithdrawn;
import io.masumi.node.payment.PaymentEvent.LockIgnored;
import io.masumi.node.payment.PaymentEvent.OperatorRequired;
import io.masumi.node.payment.PaymentEvent.PaymentCreated;
import io.masumi.node.payment.PaymentEvent.PaymentExpired;
import io.masumi.node.payment.PaymentEvent.RefundAuthorizationRequested;
import io.masumi.node.payment.PaymentEvent.RefundAuthorized;
import io.masumi.node.payment.PaymentEvent.RefundRequestCancelled;
import io.masumi.node.payment.PaymentEvent.RefundRequested;
import io.masumi.node.payment.PaymentEvent.RefundWithdrawn;
import io.masumi.node.payment.PaymentEvent.ResultSubmissionRequested;
import io.masumi.node.payment.PaymentEvent.ResultSubmitted;
import io.masumi.node.payment.PaymentEvent.TransactionGivenUp;
import io.masumi.node.payment.PaymentEvent.UnexpectedTransitionObserved;
import io.masumi.node.payment.PaymentEvent.WithdrawalRequested;

/**
 * A payment as its events make it. The aggregate decides on it, the views render it, and an audit folds it up to any
 * event, so all three agree by construction.
 *
 * @param created the agreed terms
 * @param escrow what the chain shows
 * @param next what the node is about to do
 */
public record PaymentState(PaymentCreated created, EscrowStatus escrow, NextAction next) implements SaleState {

    /** Folds one event; {@code state} is null before the first. */
    public static PaymentState evolve(PaymentState state, PaymentEvent event) {
        return switch (event) {
            case PaymentCreated e -> new PaymentState(e, EscrowStatus.NOTHING_LOCKED, NextAction.WAIT);
            case PaymentExpired _ -> state.next(NextAction.NONE);
            case FundsLocked e ->
                state.locked(OnChainState.FundsLocked, e.lock()).next(state.next.after(EscrowAction.Lock, OnChainState.FundsLocked));
            case FundsOrDatumFoundInvalid e -> state.locked(OnChainState.FundsOrDatumInvalid, e.lock())
                    .next(NextAction.NONE.failed(ErrorType.Unknown, String.join("; ", e.brokenRules())));
            case LockIgnored e -> state.with(state.escrow.ignored(e.lock()));
            case ResultSubmissionRequested e -> state.next(NextAction.requested(EscrowAction.SubmitResult, e.resultHash()));
            case RefundAuthorizationRequested _ -> state.next(NextAction.requested(EscrowAction.AuthorizeRefund, null));
            case WithdrawalRequested _ -> state.next(NextAction.requested(EscrowAction.Withdraw, null));
            case ActionInitiated e -> state.next(state.next.initiated(e.action(), e.transactionHash()));
            case ActionDelayed e -> state.next(state.next.delayed(e.errorType(), e.errorNote()));
            case ActionFailed e -> state.next(state.next.failed(e.errorType(), e.errorNote()));
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

    /** Whether nothing is locked for it and it is not known yet that nothing will be. */
    public boolean mayExpire() {
        return escrow.state() == null && !next.equals(NextAction.NONE);
    }

    /** What there is to wait for: the lock, or what the parties do until the escrow ends. */
    private NextAction waiting() {
        return escrow.state() == null || !escrow.state().isTerminal() ? NextAction.WAIT : NextAction.NONE;
    }

    private PaymentState with(EscrowStatus escrow) {
        return new PaymentState(created, escrow, next);
    }

    private PaymentState next(NextAction next) {
        return new PaymentState(created, escrow, next);
    }

    private PaymentState locked(OnChainState onChain, LockObservation lock) {
        return new PaymentState(created, escrow.locked(onChain, lock), next);
    }

    private PaymentState moved(OnChainState onChain, TransitionObservation seen) {
        return new PaymentState(created, escrow.moved(onChain, seen), next.after(seen.action(), onChain));
    }
}
