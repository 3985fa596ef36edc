package io.masumi.node.purchase;

import io.masumi.node.Rejection;
import io.masumi.node.Requester;
import io.masumi.node.escrow.AgreedTerms;
import io.masumi.node.escrow.ChainFact;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.LockRules;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PriceAgreement;
import io.masumi.node.escrow.RecentlyGivenUp;
import io.masumi.node.escrow.SaleDecisions;
import io.masumi.node.escrow.SaleRules;
import io.masumi.node.escrow.EscrowTable;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.escrow.TransitionRules;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.purchase.PurchaseCommand.CancelRefundRequest;
import io.masumi.node.purchase.PurchaseCommand.CreatePurchase;
import io.masumi.node.purchase.PurchaseCommand.ExpirePurchase;
import io.masumi.node.purchase.PurchaseCommand.RecordActionDelayed;
import io.masumi.node.purchase.PurchaseCommand.RecordActionFailed;
import io.masumi.node.purchase.PurchaseCommand.RecordActionInitiated;
import io.masumi.node.purchase.PurchaseCommand.RecordLock;
import io.masumi.node.purchase.PurchaseCommand.RecordTransactionGivenUp;
import io.masumi.node.purchase.PurchaseCommand.RecordTransition;
import io.masumi.node.purchase.PurchaseCommand.RecoverFromError;
import io.masumi.node.purchase.PurchaseCommand.RequestRefund;
import io.masumi.node.purchase.PurchaseCommand.RequestRefundWithdrawal;
import io.masumi.node.purchase.PurchaseCommand.RequireOperator;
import io.masumi.node.purchase.PurchaseCommand.UndoFacts;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** Decides for one purchase of ours. What happens to it is folded by {@link PurchaseState#evolve}; here stands when it may. */
@Aggregate(type = "Purchase", cache = "aggregateCache")
class PurchaseAggregate {

    @AggregateIdentifier
    private PurchaseId id;
    private PurchaseState state;
    private RecentlyGivenUp givenUp = RecentlyGivenUp.NONE;

    PurchaseAggregate() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Long handle(CreatePurchase c, Clock clock, TimeRules timeRules, Offers offers) {
        if (state != null) {
            throw Rejection.conflict("A purchase with this blockchainIdentifier exists already", id.value());
        }
        if (!c.purchaseId().equals(PurchaseId.of(c.blockchainIdentifier()))) {
            throw Rejection.invalid("The purchase's id does not follow from its blockchainIdentifier");
        }
        SaleRules.check(c.blockchainIdentifier(), c.agentIdentifier(), c.inputHash(), c.identifierFromPurchaser(), c.times(), timeRules,
                clock.millis());
        if (c.seller().vkey() == null) {
            throw Rejection.invalid("The seller has no payment key: its script would keep the money locked for ever");
        }
        EscrowTable.of(c.source().type()).lock().brokenBy(c.times(), false, clock.millis()).ifPresent(limit -> {
            throw Rejection.invalid(limit);
        });
        PriceAgreement agreement = PriceAgreement.ofPurchase(c.pricing(), c.amounts());
        offers.take(OfferId.of(c.blockchainIdentifier(), c.seller().vkey()), c.purchaseId(), c.requester());
        record(new PurchaseEvent.PurchaseCreated(c.purchaseId(), c.blockchainIdentifier(), c.source(), c.agentIdentifier(), c.agentName(),
                c.pricing().type(), agreement.price(), c.inputHash(), c.identifierFromPurchaser(), c.times(), c.cooldownTime(), c.seller(),
                c.walletIds(), c.buyerReturnAddress(), c.sellerReturnAddress(), c.metadata(), c.requester()));
        return record(new PurchaseEvent.FundsLockingRequested(c.purchaseId(), c.requester()));
    }

    @CommandHandler
    Long handle(RequestRefund c, Clock clock) {
        return request(EscrowAction.RequestRefund, c.requester(), clock);
    }

    @CommandHandler
    Long handle(CancelRefundRequest c, Clock clock) {
        return request(EscrowAction.CancelRefundRequest, c.requester(), clock);
    }

    @CommandHandler
    Long handle(RequestRefundWithdrawal c, Clock clock) {
        decide().requireOwn(c.requester());
        return state.escrow().resultHash() == null ? request(EscrowAction.WithdrawRefund, c.requester(), clock) : unchanged();
    }

    private Long request(EscrowAction action, Requester requester, Clock clock) {
        return decide().isNews(action, null, requester, clock.millis()) ? record(requested(action, requester)) : unchanged();
    }

    private PurchaseEvent requested(EscrowAction action, Requester requester) {
        return switch (action) {
            case Lock -> new PurchaseEvent.FundsLockingRequested(id, requester);
            case RequestRefund -> new PurchaseEvent.RefundRequestRequested(id, requester);
            case CancelRefundRequest -> new PurchaseEvent.RefundRequestCancellationRequested(id, requester);
            case WithdrawRefund -> new PurchaseEvent.RefundWithdrawalRequested(id, requester);
            case SubmitResult, AuthorizeRefund, Withdraw, WithdrawDisputed -> throw new IllegalStateException(
                    "a purchase never wants to " + action);
        };
    }

    @CommandHandler
    Long handle(ExpirePurchase c) {
        return decide().isExpiredBy(c.followedTo())
                ? record(new PurchaseEvent.PurchaseExpired(id, state.created().times().payByTime(), c.followedTo()))
                : unchanged();
    }

    @CommandHandler
    Long handle(RecordActionInitiated c) {
        if (!decide().isNewlyInitiated(c.action(), c.transactionHash())) {
            return unchanged();
        }
        Participant buyer = state.escrow().buyer();
        if (buyer != null && !buyer.vkey().equals(c.wallet().vkey())) {
            throw Rejection.invalid("Only the wallet that locked the money can " + c.action());
        }
        return record(new PurchaseEvent.ActionInitiated(id, c.action(), c.wallet(), c.transactionHash(), c.validUntilSlot()));
    }

    @CommandHandler
    Long handle(RecordActionFailed c) {
        return state.next().isPending(c.action())
                ? record(new PurchaseEvent.ActionFailed(id, c.action(), c.errorType(), c.errorNote()))
                : unchanged();
    }

    @CommandHandler
    Long handle(RecordLock c) {
        LockObservation seen = c.observation();
        WalletRef wallet = state.wallet();
        // Somebody else's lock under our identifier must not stand in the way of our own, which may be on its way.
        return record(wallet == null || !wallet.vkey().equals(seen.datum().buyer().vkey())
                ? LockRules.ignored(state.escrow(), seen, "It was not made by the wallet that pays for this purchase")
                : LockRules.judge(agreed(), state.escrow(), seen));
    }

    @CommandHandler
    Long handle(RecordTransition c) {
        return record(TransitionRules.judge(state.escrow(), c.observation()));
    }

    @CommandHandler
    Long handle(UndoFacts c) {
        List<String> lost = state.record().lostAbove(c.backTo().blockHeight());
        return lost.isEmpty() ? unchanged() : record(new PurchaseEvent.FactsUndone(id, c.backTo(), lost));
    }

    @CommandHandler
    Long handle(RecordActionDelayed c) {
        return decide().isNewlyDelayed(c.action(), c.errorType(), c.errorNote())
                ? record(new PurchaseEvent.ActionDelayed(id, c.action(), c.errorType(), c.errorNote()))
                : unchanged();
    }

    @CommandHandler
    Long handle(RecordTransactionGivenUp c) {
        return givenUp.has(c.transaction())
                ? unchanged()
                : record(new PurchaseEvent.TransactionGivenUp(id, c.action(), c.transaction()));
    }

    @CommandHandler
    Long handle(RequireOperator c) {
        return decide().isNewTrouble(c.errorType(), c.errorNote())
                ? record(new PurchaseEvent.OperatorRequired(id, c.errorType(), c.errorNote()))
                : unchanged();
    }

    @CommandHandler
    Long handle(RecoverFromError c, Clock clock) {
        Optional<NextAction> again = decide().recover(c.retry(), AggregateLifecycle.getVersion(), c.seenVersion(), c.requester(),
                clock.millis());
        record(new PurchaseEvent.ErrorCleared(id, c.requester()));
        again.ifPresent(failed -> record(requested(failed.action(), c.requester())));
        return unchanged();
    }

    @EventSourcingHandler
    void on(PurchaseEvent event) {
        id = event.purchaseId();
        state = PurchaseState.evolve(state, event);
        if (event instanceof PurchaseEvent.TransactionGivenUp lost) {
            givenUp = givenUp.and(lost.transaction());
        }
    }

    private AgreedTerms agreed() {
        PurchaseEvent.PurchaseCreated created = state.created();
        Participant buyer = new Participant(state.wallet().vkey(), state.wallet().address());
        return new AgreedTerms(created.seller(), buyer, created.inputHash(), created.times(), created.price());
    }

    private SaleDecisions decide() {
        return new SaleDecisions("Purchase", state);
    }

    private Long record(Optional<ChainFact> fact) {
        return fact.map(news -> record(PurchaseEvent.of(id, news))).orElseGet(PurchaseAggregate::unchanged);
    }

    private static Long record(PurchaseEvent event) {
        AggregateLifecycle.apply(event);
        return AggregateLifecycle.getVersion();
    }

    private static Long unchanged() {
        return AggregateLifecycle.getVersion();
    }
}
