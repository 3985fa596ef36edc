package io.masumi.node.chain.saga;

import java.util.List;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;

import io.masumi.node.Requester;
import io.masumi.node.chain.action.ActionRequest;
import io.masumi.node.chain.action.ActionRole;
import io.masumi.node.chain.action.ChainActions;
import io.masumi.node.chain.action.WantedAction;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand.ExpirePayment;
import io.masumi.node.payment.PaymentCommand.RequestWithdrawal;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentEvent.FactsUndone;
import io.masumi.node.payment.PaymentEvent.PaymentCreated;
import io.masumi.node.payment.PaymentEvent.RefundAuthorizationRequested;
import io.masumi.node.payment.PaymentEvent.ResultSubmissionRequested;
import io.masumi.node.payment.PaymentEvent.WithdrawalRequested;
import io.masumi.node.payment.PaymentEvent.TransactionGivenUp;
import io.masumi.node.payment.PaymentState;
import io.masumi.node.source.PaymentSourceId;

/** Drives a payment forward: what the payment wants becomes chain actions, and what is due by time becomes commands. */
@ProcessingGroup(PaymentSaga.GROUP)
final class PaymentSaga {

    static final String GROUP = "payment-saga";

    private static final String PAYMENT_ID = "paymentId";
    private static final String EXPIRY = "payment-expiry";
    private static final String WITHDRAWAL = "payment-withdrawal";
    private static final String FORGETTING = "payment-forgetting";
    private static final String ENDING = "payment-ending";

    /** The payment as its events up to now make it. */
    private PaymentState state;
    private boolean withdrawalScheduled;
    /** Id of the deadline after which this ends, null while the escrow has not ended. */
    private String ending;

    @StartSaga
    @SagaEventHandler(associationProperty = PAYMENT_ID)
    void on(PaymentCreated event, DeadlineManager deadlines, SaleDeadlines times) {
        state = PaymentState.evolve(null, event);
        deadlines.schedule(times.expiry(event.times()), EXPIRY);
        deadlines.schedule(times.forgetting(event.times()), FORGETTING);
    }

    @SagaEventHandler(associationProperty = PAYMENT_ID)
    void on(PaymentEvent event, @SequenceNumber long sequenceNumber, ChainActions actions, DeadlineManager deadlines, SaleDeadlines times) {
        EscrowStatus before = state.escrow();
        state = PaymentState.evolve(state, event);
        tellWhereTheEscrowStands(before, actions);
        switch (event) {
            case ResultSubmissionRequested _,RefundAuthorizationRequested _,WithdrawalRequested _ -> actions.want(request(sequenceNumber));
            case FactsUndone _ -> {
                wantAgain(sequenceNumber, actions);
                waitForMoneyAgain(deadlines, times);
            }
            case TransactionGivenUp _ -> {
                // Who gave it up knows what is still wanted, and whether an operator has to be told first.
            }
            default -> {
                if (!state.next().isPending()) {
                    actions.wantNothing(ActionRole.Payment, id());
                }
            }
        }
        scheduleWithdrawal(deadlines, times);
        ending = times.ending(deadlines, ENDING, isOver(), ending);
    }

    @DeadlineHandler(deadlineName = EXPIRY)
    void expire(DeadlineMessage<?> due, SagaCommands commands) {
        if (state.escrow().state() == null) {
            commands.send(new ExpirePayment(state.created().paymentId()));
        }
    }

    @DeadlineHandler(deadlineName = WITHDRAWAL)
    void withdraw(DeadlineMessage<?> due, SagaCommands commands) {
        withdrawalScheduled = false;
        if (isWithdrawalDue()) {
            commands.send(new RequestWithdrawal(state.created().paymentId(), Requester.NODE));
        }
    }

    /** Nothing was ever locked, and whatever came now would not count. */
    @DeadlineHandler(deadlineName = FORGETTING)
    void forget() {
        if (state.escrow().state() == null) {
            SagaLifecycle.end();
        }
    }

    /** How the escrow ended is how it stays: no rollback reaches back so far. */
    @DeadlineHandler(deadlineName = ENDING)
    void end() {
        if (isOver()) {
            SagaLifecycle.end();
        }
    }

    /** What the payment is about to do, as the wish of this event. */
    private ActionRequest request(long sequenceNumber) {
        return switch (state.next().action()) {
            case SubmitResult -> request(new WantedAction.SubmitResult(state.next().resultHash()), 0, lastTimeForResult(), sequenceNumber);
            case AuthorizeRefund -> request(new WantedAction.AuthorizeRefund(), 0, null, sequenceNumber);
            case Withdraw -> request(new WantedAction.Withdraw(state.created().sellerReturnAddress()), times().unlockTime(), null,
                    sequenceNumber);
            case Lock, RequestRefund, CancelRefundRequest, WithdrawRefund, WithdrawDisputed -> throw new IllegalStateException(
                    "a payment never wants to " + state.next().action());
        };
    }

    private ActionRequest request(WantedAction action, long notBefore, Long notAfter, long sequenceNumber) {
        return new ActionRequest(ActionRole.Payment, id(), sequenceNumber, source(), List.of(state.created().sellingWallet().id()),
                action, notBefore, notAfter);
    }

    private void wantAgain(long sequenceNumber, ChainActions actions) {
        if (state.next().isPending()) {
            actions.wantAgain(request(sequenceNumber), state.next().transactionHash());
        } else {
            actions.wantNothing(ActionRole.Payment, id());
        }
    }

    /** Without its lock the payment expires after all, and is forgotten, unless the lock comes again. */
    private void waitForMoneyAgain(DeadlineManager deadlines, SaleDeadlines times) {
        if (state.escrow().state() == null) {
            deadlines.schedule(times.expiryAgain(times()), EXPIRY);
            deadlines.schedule(times.forgettingLater(), FORGETTING);
        }
    }

    private void tellWhereTheEscrowStands(EscrowStatus before, ChainActions actions) {
        EscrowStatus now = state.escrow();
        if (now.transaction() == null && before.transaction() != null) {
            actions.escrowIsGone(ActionRole.Payment, id());
        } else if (now.transaction() != null && !now.transaction().equals(before.transaction())) {
            actions.escrowStands(source(), ActionRole.Payment, id(), now.output(), now.transaction(), now.sellerCooldownTime());
        }
    }

    private void scheduleWithdrawal(DeadlineManager deadlines, SaleDeadlines times) {
        if (times.withdrawsPayments() && isWithdrawalDue() && !withdrawalScheduled) {
            deadlines.schedule(times.withdrawal(times()), WITHDRAWAL);
            withdrawalScheduled = true;
        }
    }

    /** A withdrawal that failed is an operator's. */
    private boolean isWithdrawalDue() {
        return state.escrow().state() == OnChainState.ResultSubmitted && state.next().action() != EscrowAction.Withdraw;
    }

    private Long lastTimeForResult() {
        return state.escrow().resultHash() == null ? times().submitResultTime() : times().externalDisputeUnlockTime();
    }

    private boolean isOver() {
        OnChainState now = state.escrow().state();
        return now != null && now.isTerminal();
    }

    private String id() {
        return state.created().paymentId().value();
    }

    private PaymentSourceId source() {
        return new PaymentSourceId(state.created().source().id());
    }

    private EscrowTimes times() {
        return state.created().times();
    }
}
