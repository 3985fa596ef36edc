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
import io.masumi.node.access.ApiKeyCommand;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.chain.action.ActionRequest;
import io.masumi.node.chain.action.ActionRole;
import io.masumi.node.chain.action.ChainActions;
import io.masumi.node.chain.action.WantedAction;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Participant;
import io.masumi.node.purchase.PurchaseCommand.RequestRefundWithdrawal;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.purchase.PurchaseEvent.FactsUndone;
import io.masumi.node.purchase.PurchaseEvent.FundsLockingRequested;
import io.masumi.node.purchase.PurchaseEvent.PurchaseCreated;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestCancellationRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundWithdrawalRequested;
import io.masumi.node.purchase.PurchaseEvent.TransactionGivenUp;
import io.masumi.node.purchase.PurchaseState;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;

/** Drives a purchase forward: what the purchase wants becomes chain actions, and what is due by time becomes commands. */
@ProcessingGroup(PurchaseSaga.GROUP)
final class PurchaseSaga {

    static final String GROUP = "purchase-saga";

    private static final String PURCHASE_ID = "purchaseId";
    private static final String REFUND_WITHDRAWAL = "purchase-refund-withdrawal";
    private static final String LAPSE = "purchase-lapse";
    private static final String FORGETTING = "purchase-forgetting";
    private static final String ENDING = "purchase-ending";

    /** The purchase as its events up to now make it. */
    private PurchaseState state;
    private boolean refundWithdrawalScheduled;
    private boolean creditsRestored;
    /** Id of the deadline after which this ends, null while the escrow has not ended. */
    private String ending;

    @StartSaga
    @SagaEventHandler(associationProperty = PURCHASE_ID)
    void on(PurchaseCreated event, DeadlineManager deadlines, SaleDeadlines times) {
        state = PurchaseState.evolve(null, event);
        deadlines.schedule(times.expiry(event.times()), LAPSE);
        deadlines.schedule(times.forgetting(event.times()), FORGETTING);
    }

    @SagaEventHandler(associationProperty = PURCHASE_ID)
    void on(PurchaseEvent event, @SequenceNumber long sequenceNumber, ChainActions actions, DeadlineManager deadlines,
            SaleDeadlines times, SagaCommands commands) {
        EscrowStatus before = state.escrow();
        state = PurchaseState.evolve(state, event);
        tellWhereTheEscrowStands(before, actions);
        switch (event) {
            case FundsLockingRequested _,RefundRequestRequested _,RefundRequestCancellationRequested _,RefundWithdrawalRequested _ ->
                actions.want(request(sequenceNumber));
            case FactsUndone _ -> {
                wantAgain(sequenceNumber, actions);
                if (state.escrow().state() == null) {
                    deadlines.schedule(times.forgettingLater(), FORGETTING);
                }
            }
            case TransactionGivenUp _ -> {
                // Who gave it up knows what is still wanted, and whether an operator has to be told first.
            }
            default -> {
                if (!state.next().isPending()) {
                    actions.wantNothing(ActionRole.Purchase, id());
                }
            }
        }
        scheduleRefundWithdrawal(deadlines, times);
        ending = times.ending(deadlines, ENDING, isOver(), ending);
        settleCredits(times, commands);
    }

    /** From now on nothing can be locked any more. What is under way still says by an event what becomes of it. */
    @DeadlineHandler(deadlineName = LAPSE)
    void lapse(DeadlineMessage<?> due, SaleDeadlines times, SagaCommands commands) {
        settleCredits(times, commands);
    }

    @DeadlineHandler(deadlineName = REFUND_WITHDRAWAL)
    void withdrawRefund(DeadlineMessage<?> due, SagaCommands commands) {
        refundWithdrawalScheduled = false;
        if (isRefundDue()) {
            commands.send(new RequestRefundWithdrawal(state.created().purchaseId(), Requester.NODE));
        }
    }

    /**
     * Nothing was ever locked, and whatever came now would not count. But a node that was down for long may be told of this
     * before it is told of its own lock, whose money somebody must get back: as long as one is under way, it is asked later.
     */
    @DeadlineHandler(deadlineName = FORGETTING)
    void forget(DeadlineMessage<?> due, DeadlineManager deadlines, SaleDeadlines times, SagaCommands commands) {
        if (state.next().isPending(EscrowAction.Lock)) {
            deadlines.schedule(times.forgettingLater(), FORGETTING);
        } else if (state.escrow().state() == null) {
            settleCredits(times, commands);
            SagaLifecycle.end();
        }
    }

    /** How the escrow ended is how it stays: no rollback reaches back so far. */
    @DeadlineHandler(deadlineName = ENDING)
    void end(DeadlineMessage<?> due, SaleDeadlines times, SagaCommands commands) {
        if (isOver()) {
            settleCredits(times, commands);
            SagaLifecycle.end();
        }
    }

    /** What the purchase is about to do, as the wish of this event. */
    private ActionRequest request(long sequenceNumber) {
        return switch (state.next().action()) {
            case Lock -> request(lock(), state.created().walletIds(), 0, times().payByTime(), sequenceNumber);
            case RequestRefund -> request(new WantedAction.RequestRefund(), buyer(), 0, times().unlockTime(), sequenceNumber);
            case CancelRefundRequest -> request(new WantedAction.CancelRefundRequest(), buyer(), 0, null, sequenceNumber);
            case WithdrawRefund -> request(new WantedAction.WithdrawRefund(state.created().buyerReturnAddress()), buyer(),
                    times().submitResultTime(), null, sequenceNumber);
            case SubmitResult, AuthorizeRefund, Withdraw, WithdrawDisputed -> throw new IllegalStateException(
                    "a purchase never wants to " + state.next().action());
        };
    }

    private ActionRequest request(WantedAction action, List<String> walletIds, long notBefore, Long notAfter, long sequenceNumber) {
        return new ActionRequest(ActionRole.Purchase, id(), sequenceNumber, source(), walletIds, action, notBefore, notAfter);
    }

    private void wantAgain(long sequenceNumber, ChainActions actions) {
        if (state.next().isPending()) {
            actions.wantAgain(request(sequenceNumber), state.next().transactionHash());
        } else {
            actions.wantNothing(ActionRole.Purchase, id());
        }
    }

    private WantedAction.Lock lock() {
        PurchaseCreated created = state.created();
        return new WantedAction.Lock(created.blockchainIdentifier(), created.seller(), created.inputHash(), created.times(),
                created.price());
    }

    /** Only the wallet that the datum names as buyer can act on the escrow; it is the one that pays. */
    private List<String> buyer() {
        Participant buyer = state.escrow().buyer();
        return List.of(HotWalletId.of(source(), buyer == null ? state.wallet().vkey() : buyer.vkey()).value());
    }

    private void tellWhereTheEscrowStands(EscrowStatus before, ChainActions actions) {
        EscrowStatus now = state.escrow();
        if (now.transaction() == null && before.transaction() != null) {
            actions.escrowIsGone(ActionRole.Purchase, id());
        } else if (now.transaction() != null && !now.transaction().equals(before.transaction())) {
            actions.escrowStands(source(), ActionRole.Purchase, id(), now.output(), now.transaction(), now.buyerCooldownTime());
        }
    }

    private void scheduleRefundWithdrawal(DeadlineManager deadlines, SaleDeadlines times) {
        if (times.withdrawsRefunds() && isRefundDue() && !refundWithdrawalScheduled) {
            deadlines.schedule(times.refundWithdrawal(times()), REFUND_WITHDRAWAL);
            refundWithdrawalScheduled = true;
        }
    }

    /** No result came. A withdrawal that failed is an operator's. */
    private boolean isRefundDue() {
        OnChainState now = state.escrow().state();
        return (now == OnChainState.FundsLocked || now == OnChainState.RefundRequested) && state.escrow().resultHash() == null
                && state.next().action() != EscrowAction.WithdrawRefund;
    }

    /** A rollback, or a lock that is seen late, may change what the purchase came to: then the credits are taken again. */
    private void settleCredits(SaleDeadlines times, SagaCommands commands) {
        boolean free = state.cameToNothing(times.now());
        if (free != creditsRestored) {
            PurchaseCreated created = state.created();
            ApiKeyId key = new ApiKeyId(created.requester().keyId());
            boolean settled = commands.sendIfPossible(free
                    ? new ApiKeyCommand.RestoreCredits(key, id(), state.escrow().state() == null ? "nothing was locked" : "refunded")
                    : new ApiKeyCommand.SpendCredits(key, id(), created.price(), null));
            creditsRestored = settled ? free : creditsRestored;
        }
    }

    private boolean isOver() {
        OnChainState now = state.escrow().state();
        return now != null && now.isTerminal();
    }

    private String id() {
        return state.created().purchaseId().value();
    }

    private PaymentSourceId source() {
        return new PaymentSourceId(state.created().source().id());
    }

    private EscrowTimes times() {
        return state.created().times();
    }
}
