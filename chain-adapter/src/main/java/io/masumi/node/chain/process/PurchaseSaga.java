package io.masumi.node.chain.process;

import java.util.Optional;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;

import io.masumi.node.Requester;
import io.masumi.node.access.CreditUse;
import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.ChainActions;
import io.masumi.node.chain.outbox.Intent;
import io.masumi.node.chain.outbox.Intents;
import io.masumi.node.chain.follower.ending.AwaitedEnds;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.platform.saga.FoldedSaga;
import io.masumi.node.platform.serialization.SagaName;
import io.masumi.node.purchase.PurchaseCommand.RecordActionFailed;
import io.masumi.node.purchase.PurchaseCommand.RequestRefundWithdrawal;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.purchase.PurchaseEvent.FactsUndone;
import io.masumi.node.purchase.PurchaseEvent.FundsLockingRequested;
import io.masumi.node.purchase.PurchaseEvent.PurchaseCreated;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestCancellationRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundWithdrawalRequested;
import io.masumi.node.purchase.PurchaseState;
import io.masumi.node.source.PaymentSourceId;

/** Drives a purchase forward: what the purchase wants becomes chain actions, and what is due by time becomes commands. */
@SagaName("masumi.saga.Purchase")
@ProcessingGroup(PurchaseSaga.GROUP)
final class PurchaseSaga extends FoldedSaga {

    static final String GROUP = "purchase-saga";

    private static final String PURCHASE_ID = "purchaseId";
    private static final String REFUND_WITHDRAWAL = "purchase-refund-withdrawal";
    private static final String LAPSE = "purchase-lapse";
    private static final String FORGETTING = "purchase-forgetting";
    private static final String ENDING = "purchase-ending";

    /** The purchase as its events up to now make it. */
    private PurchaseState state;
    private boolean refundWithdrawalScheduled;
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
            SaleDeadlines times, SagaCommands commands, AwaitedEnds ends, KeyCosts costs) {
        PurchaseState before = state;
        state = PurchaseState.evolve(before, event);
        actions.hear(ActionRole.Purchase, id(), sequenceNumber, intents -> {
            tellWhereTheEscrowStands(before.escrow(), intents);
            Intent intent = PurchaseIntents.of(state, event, sequenceNumber);
            if (isPaidFor(event, sequenceNumber, commands, costs)) {
                intents.intend(intent);
                settle(before, costs);
            } else {
                intents.intend(new Intent.Nothing());
            }
        });
        if (event instanceof FactsUndone && state.escrow().state() == null) {
            deadlines.schedule(times.forgettingLater(), FORGETTING);
        }
        scheduleRefundWithdrawal(deadlines, times);
        ending = times.ending(deadlines, ENDING, isOver(), ending);
        awaitExpiry(times, ends);
    }

    /** From now on nothing can be locked any more. What is under way still says by an event what becomes of it. */
    @DeadlineHandler(deadlineName = LAPSE)
    void lapse(DeadlineMessage<?> due, SaleDeadlines times, AwaitedEnds ends) {
        awaitExpiry(times, ends);
    }

    /** Whoever follows the chain knows when it is a fact that nothing was locked in time, and that nothing of ours can still be. */
    private void awaitExpiry(SaleDeadlines times, AwaitedEnds ends) {
        if (state.mayExpire() && times.isExpiryDue(times())) {
            ends.await(ActionRole.Purchase, id(), source(), times().payByTime());
        }
    }

    @DeadlineHandler(deadlineName = REFUND_WITHDRAWAL)
    void withdrawRefund(DeadlineMessage<?> due, SagaCommands commands, DeadlineManager deadlines, SaleDeadlines times) {
        refundWithdrawalScheduled = false;
        if (isRefundDue() && !commands.tell(new RequestRefundWithdrawal(state.created().purchaseId(), Requester.NODE), newest())
                && state.next().equals(NextAction.NONE)) {
            // As far as the saga knows nothing stands in its way.
            deadlines.schedule(times.withdrawalLater(), REFUND_WITHDRAWAL);
            refundWithdrawalScheduled = true;
        }
    }

    /**
     * Nothing was ever locked, and whatever came now would not count. But a node that was down for long may be told of this
     * before it is told of its own lock, whose money somebody must get back: as long as its end is awaited, it is asked later.
     */
    @DeadlineHandler(deadlineName = FORGETTING)
    void forget(DeadlineMessage<?> due, DeadlineManager deadlines, SaleDeadlines times, AwaitedEnds ends, KeyCosts costs) {
        if (state.mayExpire()) {
            awaitExpiry(times, ends);
            deadlines.schedule(times.forgettingLater(), FORGETTING);
        } else if (state.escrow().state() == null) {
            close(costs);
            SagaLifecycle.end();
        }
    }

    /** How the escrow ended is how it stays: no rollback reaches back so far. */
    @DeadlineHandler(deadlineName = ENDING)
    void end(DeadlineMessage<?> due, KeyCosts costs) {
        if (isOver()) {
            close(costs);
            SagaLifecycle.end();
        }
    }

    private void tellWhereTheEscrowStands(EscrowStatus before, Intents intents) {
        EscrowStatus now = state.escrow();
        if (now.transaction() == null && before.transaction() != null) {
            intents.escrowIsGone();
        } else if (now.transaction() != null && !now.transaction().equals(before.transaction())) {
            intents.escrowStands(source(), now.output(), now.transaction(), now.buyerCooldownTime());
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

    /** What its key cannot pay for is not asked of the chain; the record says so. */
    private boolean isPaidFor(PurchaseEvent event, long sequenceNumber, SagaCommands commands, KeyCosts costs) {
        Optional<String> refusal = asking(event).flatMap(asking -> costs.ask(account(), asking, costs.of(state)));
        refusal.ifPresent(why -> commands.tell(
                new RecordActionFailed(state.created().purchaseId(), state.next().action(), ErrorType.InsufficientFunds, why),
                sequenceNumber));
        return refusal.isEmpty();
    }

    /** Who asks by this event for something on chain. */
    private static Optional<Requester> asking(PurchaseEvent event) {
        return Optional.ofNullable(switch (event) {
            case FundsLockingRequested e -> e.requester();
            case RefundRequestRequested e -> e.requester();
            case RefundRequestCancellationRequested e -> e.requester();
            case RefundWithdrawalRequested e -> e.requester();
            default -> null;
        });
    }

    /** A rollback, or a lock that is seen late, may change what the purchase costs: then more is taken again. */
    private void settle(PurchaseState before, KeyCosts costs) {
        Funds cost = costs.of(state);
        if (before == null || !cost.equals(costs.of(before))) {
            costs.settle(account(), cost, state.next().wireName());
        }
    }

    private void close(KeyCosts costs) {
        costs.close(account(), costs.of(state));
    }

    private KeyCosts.Account account() {
        return new KeyCosts.Account(state.created().requester(), id(), CreditUse.Purchase);
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
