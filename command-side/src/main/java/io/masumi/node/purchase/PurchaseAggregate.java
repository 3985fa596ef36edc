package io.masumi.node.purchase;

import io.masumi.node.Rejection;
import io.masumi.node.Requester;
import io.masumi.node.escrow.AgreedTerms;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowFacts;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.LockRules;
import io.masumi.node.escrow.LockVerdict;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PriceAgreement;
import io.masumi.node.escrow.RecentlyGivenUp;
import io.masumi.node.escrow.RequestRules;
import io.masumi.node.escrow.Retry;
import io.masumi.node.escrow.SaleRules;
import io.masumi.node.escrow.TimeLimits;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.escrow.TransitionRules;
import io.masumi.node.escrow.TransitionVerdict;
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
    private EscrowFacts facts = EscrowFacts.NONE;
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
        TimeLimits.brokenBy(EscrowAction.Lock, c.times(), false, clock.millis()).ifPresent(limit -> {
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
        requireOwn(c.requester());
        if (RequestRules.isRepeated(EscrowAction.RequestRefund, null, escrow(), next())) {
            return unchanged();
        }
        requirePossible(EscrowAction.RequestRefund, clock);
        return record(new PurchaseEvent.RefundRequestRequested(id, c.requester()));
    }

    @CommandHandler
    Long handle(CancelRefundRequest c, Clock clock) {
        requireOwn(c.requester());
        if (RequestRules.isRepeated(EscrowAction.CancelRefundRequest, null, escrow(), next())) {
            return unchanged();
        }
        requirePossible(EscrowAction.CancelRefundRequest, clock);
        return record(new PurchaseEvent.RefundRequestCancellationRequested(id, c.requester()));
    }

    @CommandHandler
    Long handle(RequestRefundWithdrawal c, Clock clock) {
        requireOwn(c.requester());
        if (next().isPending(EscrowAction.WithdrawRefund) || escrow().state() == OnChainState.RefundWithdrawn
                || escrow().resultHash() != null) {
            return unchanged();
        }
        requirePossible(EscrowAction.WithdrawRefund, clock);
        return record(new PurchaseEvent.RefundWithdrawalRequested(id, c.requester()));
    }

    @CommandHandler
    Long handle(RecordActionInitiated c) {
        if (next().isInitiated(c.action(), c.transactionHash()) || escrow().sightings().hasTransaction(c.transactionHash())) {
            return unchanged();
        }
        if (!next().isPending(c.action())) {
            throw Rejection.conflict("The purchase is not about to " + c.action() + " but at " + next().wireName(), null);
        }
        if (escrow().buyer() != null && !escrow().buyer().vkey().equals(c.wallet().vkey())) {
            throw Rejection.invalid("Only the wallet that locked the money can " + c.action());
        }
        return record(new PurchaseEvent.ActionInitiated(id, c.action(), c.wallet(), c.transactionHash(), c.validUntilSlot()));
    }

    @CommandHandler
    Long handle(RecordActionFailed c) {
        return next().isPending(c.action())
                ? record(new PurchaseEvent.ActionFailed(id, c.action(), c.errorType(), c.errorNote()))
                : unchanged();
    }

    @CommandHandler
    Long handle(RecordLock c) {
        LockObservation seen = c.observation();
        return switch (judge(seen)) {
            case LockVerdict.Known _ -> unchanged();
            case LockVerdict.Ignored ignored -> escrow().sightings().ignoredEnough()
                    ? unchanged()
                    : record(new PurchaseEvent.LockIgnored(id, seen, ignored.reason()));
            case LockVerdict.Invalid invalid -> record(new PurchaseEvent.FundsOrDatumFoundInvalid(id, seen, invalid.brokenRules()));
            case LockVerdict.Believed _ -> record(new PurchaseEvent.FundsLocked(id, seen));
        };
    }

    /** Somebody else's lock under our identifier must not stand in the way of our own, which may be on its way. */
    private LockVerdict judge(LockObservation seen) {
        if (escrow().sightings().has(seen)) {
            return new LockVerdict.Known();
        }
        if (state.wallet() == null || !state.wallet().vkey().equals(seen.datum().buyer().vkey())) {
            return new LockVerdict.Ignored("It was not made by the wallet that pays for this purchase");
        }
        return LockRules.judge(agreed(), escrow(), seen);
    }

    @CommandHandler
    Long handle(RecordTransition c) {
        TransitionObservation seen = c.observation();
        return switch (TransitionRules.judge(escrow(), seen)) {
            case TransitionVerdict.Irrelevant _ -> unchanged();
            case TransitionVerdict.Unexpected unexpected -> record(
                    new PurchaseEvent.UnexpectedTransitionObserved(id, seen.action(), seen.transaction(), unexpected.note()));
            case TransitionVerdict.Moved moved -> record(moved(seen, moved.to()));
        };
    }

    private PurchaseEvent moved(TransitionObservation seen, OnChainState to) {
        return switch (seen.action()) {
            case SubmitResult -> new PurchaseEvent.ResultSubmitted(id, to, seen);
            case RequestRefund -> new PurchaseEvent.RefundRequested(id, to, seen);
            case CancelRefundRequest -> new PurchaseEvent.RefundRequestCancelled(id, to, seen);
            case AuthorizeRefund -> new PurchaseEvent.RefundAuthorized(id, seen);
            case Withdraw -> new PurchaseEvent.FundsWithdrawn(id, seen);
            case WithdrawRefund -> new PurchaseEvent.RefundWithdrawn(id, seen);
            case WithdrawDisputed -> new PurchaseEvent.DisputeResolved(id, seen);
            case Lock -> throw new IllegalStateException("a lock is no transition");
        };
    }

    @CommandHandler
    Long handle(UndoFacts c) {
        return facts.undo(c.backTo().blockHeight(), next())
                .map(undone -> record(new PurchaseEvent.FactsUndone(id, c.backTo(), undone.transactions(), undone.escrow(), undone.next())))
                .orElseGet(PurchaseAggregate::unchanged);
    }

    @CommandHandler
    Long handle(RecordActionDelayed c) {
        boolean news = next().isPending(c.action()) && !next().isDelayed(c.errorType(), c.errorNote());
        return news ? record(new PurchaseEvent.ActionDelayed(id, c.action(), c.errorType(), c.errorNote())) : unchanged();
    }

    @CommandHandler
    Long handle(RecordTransactionGivenUp c) {
        return givenUp.has(c.transaction())
                ? unchanged()
                : record(new PurchaseEvent.TransactionGivenUp(id, c.action(), c.transaction()));
    }

    @CommandHandler
    Long handle(ExpirePurchase c) {
        if (!state.mayExpire()) {
            return unchanged();
        }
        long payByTime = state.created().times().payByTime();
        SaleRules.requireOver(payByTime, c.followedTo());
        return record(new PurchaseEvent.PurchaseExpired(id, payByTime, c.followedTo()));
    }

    @CommandHandler
    Long handle(RequireOperator c) {
        boolean news = !next().equals(NextAction.NONE) && !next().equals(next().failed(c.errorType(), c.errorNote()));
        return news ? record(new PurchaseEvent.OperatorRequired(id, c.errorType(), c.errorNote())) : unchanged();
    }

    @CommandHandler
    Long handle(RecoverFromError c, Clock clock) {
        requireOwn(c.requester());
        NextAction failed = next();
        if (c.seenVersion() != null && c.seenVersion() != AggregateLifecycle.getVersion()) {
            throw Rejection.conflict("The record changed meanwhile; look at it and try again", null);
        }
        if (failed.phase() != NextAction.Phase.WaitingForManualAction) {
            throw notAllowedNow("its next action is " + failed.wireName());
        }
        if (c.retry() == Retry.No || c.retry() == Retry.IfPossible && refusalOfRetry(failed, clock).isPresent()) {
            return record(new PurchaseEvent.ErrorCleared(id, c.requester()));
        }
        refusalOfRetry(failed, clock).ifPresent(reason -> {
            throw notAllowedNow(reason);
        });
        return retry(failed, c.requester());
    }

    private Optional<String> refusalOfRetry(NextAction failed, Clock clock) {
        return failed.action() == null
                ? Optional.of("there is no failed action to try again")
                : RequestRules.refusalOfRetry(failed.action(), escrow(), state.created().times(), clock.millis());
    }

    private Long retry(NextAction failed, Requester requester) {
        PurchaseEvent wish = switch (failed.action()) {
            case Lock -> new PurchaseEvent.FundsLockingRequested(id, requester);
            case RequestRefund -> new PurchaseEvent.RefundRequestRequested(id, requester);
            case CancelRefundRequest -> new PurchaseEvent.RefundRequestCancellationRequested(id, requester);
            case WithdrawRefund -> new PurchaseEvent.RefundWithdrawalRequested(id, requester);
            case SubmitResult, AuthorizeRefund, Withdraw, WithdrawDisputed -> throw new IllegalStateException(
                    "a purchase never wants to " + failed.action());
        };
        record(new PurchaseEvent.ErrorCleared(id, requester));
        return record(wish);
    }

    @EventSourcingHandler
    void on(PurchaseEvent event) {
        PurchaseState before = state;
        id = event.purchaseId();
        state = PurchaseState.evolve(before, event);
        if (event instanceof PurchaseEvent.FactsUndone undone) {
            facts = facts.upTo(undone.backTo().blockHeight());
        } else if (event instanceof PurchaseEvent.TransactionGivenUp lost) {
            givenUp = givenUp.and(lost.transaction());
        } else if (event.seenOnChain() != null) {
            facts = facts.and(new EscrowFacts.Fact(event.seenOnChain(), before.escrow(), before.next(), state.next()));
        }
    }

    private EscrowStatus escrow() {
        return state.escrow();
    }

    private NextAction next() {
        return state.next();
    }

    private AgreedTerms agreed() {
        PurchaseEvent.PurchaseCreated created = state.created();
        Participant buyer = new Participant(state.wallet().vkey(), state.wallet().address());
        return new AgreedTerms(created.seller(), buyer, created.inputHash(), created.times(), created.price());
    }

    private void requireOwn(Requester requester) {
        if (!requester.mayActOnRecordOf(state.created().requester().keyId())) {
            throw Rejection.notAllowed("Only the key that created this purchase, or an admin key, may act on it");
        }
    }

    private void requirePossible(EscrowAction action, Clock clock) {
        RequestRules.refusal(action, escrow(), next(), state.created().times(), clock.millis()).ifPresent(reason -> {
            throw notAllowedNow(reason);
        });
    }

    private static RuntimeException notAllowedNow(String reason) {
        return Rejection.notFound("Purchase not found or not in a state that allows it: " + reason);
    }

    private static Long record(PurchaseEvent event) {
        AggregateLifecycle.apply(event);
        return AggregateLifecycle.getVersion();
    }

    private static Long unchanged() {
        return AggregateLifecycle.getVersion();
    }
}
