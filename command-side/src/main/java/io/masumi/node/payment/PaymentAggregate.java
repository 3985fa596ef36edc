package io.masumi.node.payment;

import io.masumi.node.Rejection;
import io.masumi.node.Requester;
import io.masumi.node.escrow.AgreedTerms;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowFacts;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.HexRules;
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
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.escrow.TransitionRules;
import io.masumi.node.escrow.TransitionVerdict;
import io.masumi.node.payment.PaymentCommand.AuthorizeRefund;
import io.masumi.node.payment.PaymentCommand.CreatePayment;
import io.masumi.node.payment.PaymentCommand.ExpirePayment;
import io.masumi.node.payment.PaymentCommand.RecordActionDelayed;
import io.masumi.node.payment.PaymentCommand.RecordActionFailed;
import io.masumi.node.payment.PaymentCommand.RecordActionInitiated;
import io.masumi.node.payment.PaymentCommand.RecordLock;
import io.masumi.node.payment.PaymentCommand.RecordTransactionGivenUp;
import io.masumi.node.payment.PaymentCommand.RecordTransition;
import io.masumi.node.payment.PaymentCommand.RecoverFromError;
import io.masumi.node.payment.PaymentCommand.RequestWithdrawal;
import io.masumi.node.payment.PaymentCommand.SubmitResult;
import io.masumi.node.payment.PaymentCommand.RequireOperator;
import io.masumi.node.payment.PaymentCommand.UndoFacts;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** Decides for one sale of ours. What happens to it is folded by {@link PaymentState#evolve}; here stands when it may. */
@Aggregate(type = "Payment", cache = "aggregateCache")
class PaymentAggregate {

    @AggregateIdentifier
    private PaymentId id;
    private PaymentState state;
    private EscrowFacts facts = EscrowFacts.NONE;
    private RecentlyGivenUp givenUp = RecentlyGivenUp.NONE;

    PaymentAggregate() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Long handle(CreatePayment c, Clock clock, TimeRules timeRules) {
        if (state != null) {
            throw Rejection.conflict("A payment with this blockchainIdentifier exists already", id.value());
        }
        if (!c.paymentId().equals(PaymentId.of(c.blockchainIdentifier()))) {
            throw Rejection.invalid("The payment's id does not follow from its blockchainIdentifier");
        }
        SaleRules.check(c.blockchainIdentifier(), c.agentIdentifier(), c.inputHash(), c.identifierFromPurchaser(), c.times(), timeRules,
                clock.millis());
        PriceAgreement agreement = PriceAgreement.ofPayment(c.pricing(), c.requestedFunds());
        return record(new PaymentEvent.PaymentCreated(c.paymentId(), c.blockchainIdentifier(), c.source(), c.agentIdentifier(),
                c.agentName(), c.pricing().type(), agreement.price(), agreement.signedFunds(), c.inputHash(), c.identifierFromPurchaser(),
                c.times(), c.cooldownTime(), c.sellingWallet(), c.sellerReturnAddress(), c.metadata(), c.requester()));
    }

    @CommandHandler
    Long handle(SubmitResult c, Clock clock) {
        requireOwn(c.requester());
        HexRules.requireSha256("submitResultHash", c.resultHash());
        String resultHash = c.resultHash().toLowerCase(Locale.ROOT);
        if (RequestRules.isRepeated(EscrowAction.SubmitResult, resultHash, escrow(), next())) {
            return unchanged();
        }
        requirePossible(EscrowAction.SubmitResult, clock);
        return record(new PaymentEvent.ResultSubmissionRequested(id, resultHash, c.requester()));
    }

    @CommandHandler
    Long handle(AuthorizeRefund c, Clock clock) {
        requireOwn(c.requester());
        if (RequestRules.isRepeated(EscrowAction.AuthorizeRefund, null, escrow(), next())) {
            return unchanged();
        }
        requirePossible(EscrowAction.AuthorizeRefund, clock);
        return record(new PaymentEvent.RefundAuthorizationRequested(id, c.requester()));
    }

    @CommandHandler
    Long handle(RequestWithdrawal c, Clock clock) {
        requireOwn(c.requester());
        if (next().isPending(EscrowAction.Withdraw) || escrow().state() == OnChainState.Withdrawn) {
            return unchanged();
        }
        requirePossible(EscrowAction.Withdraw, clock);
        return record(new PaymentEvent.WithdrawalRequested(id, c.requester()));
    }

    @CommandHandler
    Long handle(ExpirePayment c) {
        if (!state.mayExpire()) {
            return unchanged();
        }
        long payByTime = state.created().times().payByTime();
        SaleRules.requireOver(payByTime, c.followedTo());
        return record(new PaymentEvent.PaymentExpired(id, payByTime, c.followedTo()));
    }

    @CommandHandler
    Long handle(RecordActionInitiated c) {
        if (next().isInitiated(c.action(), c.transactionHash()) || escrow().sightings().hasTransaction(c.transactionHash())) {
            return unchanged();
        }
        if (!next().isPending(c.action())) {
            throw Rejection.conflict("The payment is not about to " + c.action() + " but at " + next().wireName(), null);
        }
        return record(new PaymentEvent.ActionInitiated(id, c.action(), c.transactionHash(), c.validUntilSlot()));
    }

    @CommandHandler
    Long handle(RecordActionFailed c) {
        return next().isPending(c.action())
                ? record(new PaymentEvent.ActionFailed(id, c.action(), c.errorType(), c.errorNote()))
                : unchanged();
    }

    @CommandHandler
    Long handle(RecordLock c) {
        LockObservation seen = c.observation();
        return switch (LockRules.judge(agreed(), escrow(), seen)) {
            case LockVerdict.Known _ -> unchanged();
            case LockVerdict.Ignored ignored -> escrow().sightings().ignoredEnough()
                    ? unchanged()
                    : record(new PaymentEvent.LockIgnored(id, seen, ignored.reason()));
            case LockVerdict.Invalid invalid -> record(new PaymentEvent.FundsOrDatumFoundInvalid(id, seen, invalid.brokenRules()));
            case LockVerdict.Believed _ -> record(new PaymentEvent.FundsLocked(id, seen));
        };
    }

    @CommandHandler
    Long handle(RecordTransition c) {
        TransitionObservation seen = c.observation();
        return switch (TransitionRules.judge(escrow(), seen)) {
            case TransitionVerdict.Irrelevant _ -> unchanged();
            case TransitionVerdict.Unexpected unexpected -> record(
                    new PaymentEvent.UnexpectedTransitionObserved(id, seen.action(), seen.transaction(), unexpected.note()));
            case TransitionVerdict.Moved moved -> record(moved(seen, moved.to()));
        };
    }

    private PaymentEvent moved(TransitionObservation seen, OnChainState to) {
        return switch (seen.action()) {
            case SubmitResult -> new PaymentEvent.ResultSubmitted(id, to, seen);
            case RequestRefund -> new PaymentEvent.RefundRequested(id, to, seen);
            case CancelRefundRequest -> new PaymentEvent.RefundRequestCancelled(id, to, seen);
            case AuthorizeRefund -> new PaymentEvent.RefundAuthorized(id, seen);
            case Withdraw -> new PaymentEvent.FundsWithdrawn(id, seen);
            case WithdrawRefund -> new PaymentEvent.RefundWithdrawn(id, seen);
            case WithdrawDisputed -> new PaymentEvent.DisputeResolved(id, seen);
            case Lock -> throw new IllegalStateException("a lock is no transition");
        };
    }

    @CommandHandler
    Long handle(UndoFacts c) {
        return facts.undo(c.backTo().blockHeight(), next())
                .map(undone -> record(new PaymentEvent.FactsUndone(id, c.backTo(), undone.transactions(), undone.escrow(), undone.next())))
                .orElseGet(PaymentAggregate::unchanged);
    }

    @CommandHandler
    Long handle(RecordActionDelayed c) {
        boolean news = next().isPending(c.action()) && !next().isDelayed(c.errorType(), c.errorNote());
        return news ? record(new PaymentEvent.ActionDelayed(id, c.action(), c.errorType(), c.errorNote())) : unchanged();
    }

    @CommandHandler
    Long handle(RecordTransactionGivenUp c) {
        return givenUp.has(c.transaction())
                ? unchanged()
                : record(new PaymentEvent.TransactionGivenUp(id, c.action(), c.transaction()));
    }

    @CommandHandler
    Long handle(RequireOperator c) {
        boolean news = !next().equals(NextAction.NONE) && !next().equals(next().failed(c.errorType(), c.errorNote()));
        return news ? record(new PaymentEvent.OperatorRequired(id, c.errorType(), c.errorNote())) : unchanged();
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
            return record(new PaymentEvent.ErrorCleared(id, c.requester()));
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
        PaymentEvent wish = switch (failed.action()) {
            case SubmitResult -> new PaymentEvent.ResultSubmissionRequested(id, failed.resultHash(), requester);
            case AuthorizeRefund -> new PaymentEvent.RefundAuthorizationRequested(id, requester);
            case Withdraw -> new PaymentEvent.WithdrawalRequested(id, requester);
            case Lock, RequestRefund, CancelRefundRequest, WithdrawRefund, WithdrawDisputed -> throw new IllegalStateException(
                    "a payment never wants to " + failed.action());
        };
        record(new PaymentEvent.ErrorCleared(id, requester));
        return record(wish);
    }

    @EventSourcingHandler
    void on(PaymentEvent event) {
        PaymentState before = state;
        id = event.paymentId();
        state = PaymentState.evolve(before, event);
        if (event instanceof PaymentEvent.FactsUndone undone) {
            facts = facts.upTo(undone.backTo().blockHeight());
        } else if (event instanceof PaymentEvent.TransactionGivenUp lost) {
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
        PaymentEvent.PaymentCreated created = state.created();
        Participant seller = new Participant(created.sellingWallet().vkey(), created.sellingWallet().address());
        return new AgreedTerms(seller, null, created.inputHash(), created.times(), created.price());
    }

    private void requireOwn(Requester requester) {
        if (!requester.mayActOnRecordOf(state.created().requester().keyId())) {
            throw Rejection.notAllowed("Only the key that created this payment, or an admin key, may act on it");
        }
    }

    private void requirePossible(EscrowAction action, Clock clock) {
        RequestRules.refusal(action, escrow(), next(), state.created().times(), clock.millis()).ifPresent(reason -> {
            throw notAllowedNow(reason);
        });
    }

    private static RuntimeException notAllowedNow(String reason) {
        return Rejection.notFound("Payment not found or not in a state that allows it: " + reason);
    }

    private static Long record(PaymentEvent event) {
        AggregateLifecycle.apply(event);
        return AggregateLifecycle.getVersion();
    }

    private static Long unchanged() {
        return AggregateLifecycle.getVersion();
    }
}
