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
import io.masumi.node.payment.PaymentCommand.RecordActionFailed;
import io.masumi.node.payment.PaymentCommand.RequestWithdrawal;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentEvent.FactsUndone;
import io.masumi.node.payment.PaymentEvent.PaymentCreated;
import io.masumi.node.payment.PaymentEvent.RefundAuthorizationRequested;
import io.masumi.node.payment.PaymentEvent.ResultSubmissionRequested;
import io.masumi.node.payment.PaymentEvent.WithdrawalRequested;
import io.masumi.node.payment.PaymentState;
import io.masumi.node.platform.saga.FoldedSaga;
import io.masumi.node.platform.serialization.SagaName;
import io.masumi.node.source.PaymentSourceId;

/** Drives a payment forward: what the payment wants becomes chain actions, and what is due by time becomes commands. */
@SagaName("masumi.saga.Payment")
@ProcessingGroup(PaymentSaga.GROUP)
final class PaymentSaga extends FoldedSaga {

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
    void on(PaymentEvent event, @SequenceNumber long sequenceNumber, ChainActions actions, DeadlineManager deadlines, SaleDeadlines times,
            AwaitedEnds ends, SagaCommands commands, KeyCosts costs) {
        PaymentState before = state;
        state = PaymentState.evolve(before, event);
        actions.hear(ActionRole.Payment, id(), sequenceNumber, intents -> {
            tellWhereTheEscrowStands(before.escrow(), intents);
            Intent intent = PaymentIntents.of(state, event, sequenceNumber);
            if (isPaidFor(event, sequenceNumber, commands, costs)) {
                intents.intend(intent);
                settle(before, costs);
            } else {
                intents.intend(new Intent.Nothing());
            }
        });
        if (event instanceof FactsUndone) {
            waitForMoneyAgain(deadlines, times);
        }
        scheduleWithdrawal(deadlines, times);
        ending = times.ending(deadlines, ENDING, isOver(), ending);
        awaitExpiry(times, ends);
    }

    @DeadlineHandler(deadlineName = EXPIRY)
    void expire(DeadlineMessage<?> due, SaleDeadlines times, AwaitedEnds ends) {
        awaitExpiry(times, ends);
    }

    /** That nothing was seen of a lock is no proof that there is none: whoever follows the chain knows when it is a fact. */
    private void awaitExpiry(SaleDeadlines times, AwaitedEnds ends) {
        if (state.mayExpire() && times.isExpiryDue(times())) {
            ends.await(ActionRole.Payment, id(), source(), times().payByTime());
        }
    }

    @DeadlineHandler(deadlineName = WITHDRAWAL)
    void withdraw(DeadlineMessage<?> due, SagaCommands commands, DeadlineManager deadlines, SaleDeadlines times) {
        withdrawalScheduled = false;
        if (isWithdrawalDue() && !commands.tell(new RequestWithdrawal(state.created().paymentId(), Requester.NODE),
                newest()) && state.next().equals(NextAction.NONE)) {
            // As far as the saga knows nothing stands in its way.
            deadlines.schedule(times.withdrawalLater(), WITHDRAWAL);
            withdrawalScheduled = true;
        }
    }

    /** Nothing was ever locked, and whatever came now would not count; but its end is awaited. */
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

    /** Without its lock the payment expires after all, and is forgotten, unless the lock comes again. */
    private void waitForMoneyAgain(DeadlineManager deadlines, SaleDeadlines times) {
        if (state.escrow().state() == null) {
            deadlines.schedule(times.forgettingLater(), FORGETTING);
        }
    }

    private void tellWhereTheEscrowStands(EscrowStatus before, Intents intents) {
        EscrowStatus now = state.escrow();
        if (now.transaction() == null && before.transaction() != null) {
            intents.escrowIsGone();
        } else if (now.transaction() != null && !now.transaction().equals(before.transaction())) {
            intents.escrowStands(source(), now.output(), now.transaction(), now.sellerCooldownTime());
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

    /** What its key cannot pay for is not asked of the chain; the record says so. */
    private boolean isPaidFor(PaymentEvent event, long sequenceNumber, SagaCommands commands, KeyCosts costs) {
        Optional<String> refusal = asking(event).flatMap(asking -> costs.ask(account(), asking, costs.of(state)));
        refusal.ifPresent(why -> commands.tell(
                new RecordActionFailed(state.created().paymentId(), state.next().action(), ErrorType.InsufficientFunds, why),
                sequenceNumber));
        return refusal.isEmpty();
    }

    /** Who asks by this event for something on chain. */
    private static Optional<Requester> asking(PaymentEvent event) {
        return Optional.ofNullable(switch (event) {
            case ResultSubmissionRequested e -> e.requester();
            case RefundAuthorizationRequested e -> e.requester();
            case WithdrawalRequested e -> e.requester();
            default -> null;
        });
    }

    private void settle(PaymentState before, KeyCosts costs) {
        Funds cost = costs.of(state);
        if (before == null || !cost.equals(costs.of(before))) {
            costs.settle(account(), cost, state.next().wireName());
        }
    }

    private void close(KeyCosts costs) {
        costs.close(account(), costs.of(state));
    }

    private KeyCosts.Account account() {
        return new KeyCosts.Account(state.created().requester(), id(), CreditUse.Sale);
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
