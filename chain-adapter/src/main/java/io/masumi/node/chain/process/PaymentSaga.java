package io.masumi.node.chain.process;

import java.time.Instant;
import java.util.Optional;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;

import io.masumi.node.Requester;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand.RecordActionFailed;
import io.masumi.node.payment.PaymentCommand.RequestWithdrawal;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentEvent.PaymentCreated;
import io.masumi.node.payment.PaymentState;
import io.masumi.node.platform.serialization.SagaName;

/** Drives a payment forward: the seller's side of a sale. */
@SagaName("masumi.saga.Payment")
@ProcessingGroup(PaymentSaga.GROUP)
public final class PaymentSaga extends SaleSaga<PaymentState, PaymentEvent> {

    static final String GROUP = "payment-saga";

    private static final String PAYMENT_ID = "paymentId";
    private static final Deadlines NAMES = new Deadlines("payment-expiry", "payment-withdrawal", "payment-forgetting", "payment-ending");

    private boolean withdrawalScheduled;

    @StartSaga
    @SagaEventHandler(associationProperty = PAYMENT_ID)
    void on(PaymentCreated event, DeadlineManager deadlines, SagaServices services) {
        begin(event, deadlines, services);
    }

    @SagaEventHandler(associationProperty = PAYMENT_ID)
    void on(PaymentEvent event, @SequenceNumber long sequenceNumber, DeadlineManager deadlines, SagaServices services) {
        withdrawalScheduled = goOn(event, sequenceNumber, withdrawalScheduled, deadlines, services);
    }

    @DeadlineHandler
    void on(DeadlineMessage<?> due, DeadlineManager deadlines, SagaServices services) {
        withdrawalScheduled = due(due.getDeadlineName(), withdrawalScheduled, deadlines, services);
    }

    @Override
    PaymentIntents kind() {
        return new PaymentIntents();
    }

    @Override
    Deadlines names() {
        return NAMES;
    }

    @Override
    Object unaffordable(String why) {
        return new RecordActionFailed(state().created().paymentId(), state().next().action(), ErrorType.InsufficientFunds, why);
    }

    @Override
    boolean isWithdrawalDue() {
        return escrow().state() == OnChainState.ResultSubmitted && state().next().action() != EscrowAction.Withdraw;
    }

    @Override
    Optional<Instant> withdrawal(SaleDeadlines times) {
        return times.withdrawal(times());
    }

    @Override
    Object requestWithdrawal() {
        return new RequestWithdrawal(state().created().paymentId(), Requester.NODE);
    }
}
