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
import io.masumi.node.platform.serialization.SagaName;
import io.masumi.node.purchase.PurchaseCommand.RecordActionFailed;
import io.masumi.node.purchase.PurchaseCommand.RequestRefundWithdrawal;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.purchase.PurchaseEvent.PurchaseCreated;
import io.masumi.node.purchase.PurchaseState;

/** Drives a purchase forward: the buyer's side of a sale. */
@SagaName("masumi.saga.Purchase")
@ProcessingGroup(PurchaseSaga.GROUP)
public final class PurchaseSaga extends SaleSaga<PurchaseState, PurchaseEvent> {

    static final String GROUP = "purchase-saga";

    private static final String PURCHASE_ID = "purchaseId";
    private static final Deadlines NAMES = new Deadlines("purchase-lapse", "purchase-refund-withdrawal", "purchase-forgetting",
            "purchase-ending");

    private boolean refundWithdrawalScheduled;

    @StartSaga
    @SagaEventHandler(associationProperty = PURCHASE_ID)
    void on(PurchaseCreated event, DeadlineManager deadlines, SagaServices services) {
        begin(event, deadlines, services);
    }

    @SagaEventHandler(associationProperty = PURCHASE_ID)
    void on(PurchaseEvent event, @SequenceNumber long sequenceNumber, DeadlineManager deadlines, SagaServices services) {
        refundWithdrawalScheduled = goOn(event, sequenceNumber, refundWithdrawalScheduled, deadlines, services);
    }

    @DeadlineHandler
    void on(DeadlineMessage<?> due, DeadlineManager deadlines, SagaServices services) {
        refundWithdrawalScheduled = due(due.getDeadlineName(), refundWithdrawalScheduled, deadlines, services);
    }

    @Override
    PurchaseIntents kind() {
        return new PurchaseIntents();
    }

    @Override
    Deadlines names() {
        return NAMES;
    }

    @Override
    Object unaffordable(String why) {
        return new RecordActionFailed(state().created().purchaseId(), state().next().action(), ErrorType.InsufficientFunds, why);
    }

    /** No result came. */
    @Override
    boolean isWithdrawalDue() {
        OnChainState now = escrow().state();
        return (now == OnChainState.FundsLocked || now == OnChainState.RefundRequested) && escrow().resultHash() == null
                && state().next().action() != EscrowAction.WithdrawRefund;
    }

    @Override
    Optional<Instant> withdrawal(SaleDeadlines times) {
        return times.refundWithdrawal(times());
    }

    @Override
    Object requestWithdrawal() {
        return new RequestRefundWithdrawal(state().created().purchaseId(), Requester.NODE);
    }
}
