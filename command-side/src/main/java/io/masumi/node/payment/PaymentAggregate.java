package io.masumi.node.payment;

import io.masumi.node.Rejection;
import io.masumi.node.Requester;
import io.masumi.node.escrow.AgreedTerms;
import io.masumi.node.escrow.ChainFact;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.HexRules;
import io.masumi.node.escrow.LockRules;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PriceAgreement;
import io.masumi.node.escrow.RecentlyGivenUp;
import io.masumi.node.escrow.SaleDecisions;
import io.masumi.node.escrow.SaleRules;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.escrow.TransitionRules;
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
import io.masumi.node.payment.PaymentCommand.RequireOperator;
import io.masumi.node.payment.PaymentCommand.SubmitResult;
import io.masumi.node.payment.PaymentCommand.UndoFacts;
import java.time.Clock;
import java.util.List;
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
        decide().requireOwn(c.requester());
        HexRules.requireSha256("submitResultHash", c.resultHash());
        return request(EscrowAction.SubmitResult, c.resultHash().toLowerCase(Locale.ROOT), c.requester(), clock);
    }

    @CommandHandler
    Long handle(AuthorizeRefund c, Clock clock) {
        return request(EscrowAction.AuthorizeRefund, null, c.requester(), clock);
    }

    @CommandHandler
    Long handle(RequestWithdrawal c, Clock clock) {
        return request(EscrowAction.Withdraw, null, c.requester(), clock);
    }

    private Long request(EscrowAction action, String resultHash, Requester requester, Clock clock) {
        return decide().isNews(action, resultHash, requester, clock.millis())
                ? record(requested(action, resultHash, requester))
                : unchanged();
    }

    private PaymentEvent requested(EscrowAction action, String resultHash, Requester requester) {
        return switch (action) {
            case SubmitResult -> new PaymentEvent.ResultSubmissionRequested(id, resultHash, requester);
            case AuthorizeRefund -> new PaymentEvent.RefundAuthorizationRequested(id, requester);
            case Withdraw -> new PaymentEvent.WithdrawalRequested(id, requester);
            case Lock, RequestRefund, CancelRefundRequest, WithdrawRefund, WithdrawDisputed -> throw new IllegalStateException(
                    "a payment never wants to " + action);
        };
    }

    @CommandHandler
    Long handle(ExpirePayment c) {
        return decide().isExpiredBy(c.followedTo())
                ? record(new PaymentEvent.PaymentExpired(id, state.created().times().payByTime(), c.followedTo()))
                : unchanged();
    }

    @CommandHandler
    Long handle(RecordActionInitiated c) {
        return decide().isNewlyInitiated(c.action(), c.transactionHash())
                ? record(new PaymentEvent.ActionInitiated(id, c.action(), c.transactionHash(), c.validUntilSlot()))
                : unchanged();
    }

    @CommandHandler
    Long handle(RecordActionFailed c) {
        return state.next().isPending(c.action())
                ? record(new PaymentEvent.ActionFailed(id, c.action(), c.errorType(), c.errorNote()))
                : unchanged();
    }

    @CommandHandler
    Long handle(RecordLock c) {
        return record(LockRules.judge(agreed(), state.escrow(), c.observation()));
    }

    @CommandHandler
    Long handle(RecordTransition c) {
        return record(TransitionRules.judge(state.escrow(), c.observation()));
    }

    @CommandHandler
    Long handle(UndoFacts c) {
        List<String> lost = state.record().lostAbove(c.backTo().blockHeight());
        return lost.isEmpty() ? unchanged() : record(new PaymentEvent.FactsUndone(id, c.backTo(), lost));
    }

    @CommandHandler
    Long handle(RecordActionDelayed c) {
        return decide().isNewlyDelayed(c.action(), c.errorType(), c.errorNote())
                ? record(new PaymentEvent.ActionDelayed(id, c.action(), c.errorType(), c.errorNote()))
                : unchanged();
    }

    @CommandHandler
    Long handle(RecordTransactionGivenUp c) {
        return givenUp.has(c.transaction())
                ? unchanged()
                : record(new PaymentEvent.TransactionGivenUp(id, c.action(), c.transaction()));
    }

    @CommandHandler
    Long handle(RequireOperator c) {
        return decide().isNewTrouble(c.errorType(), c.errorNote())
                ? record(new PaymentEvent.OperatorRequired(id, c.errorType(), c.errorNote()))
                : unchanged();
    }

    @CommandHandler
    Long handle(RecoverFromError c, Clock clock) {
        Optional<NextAction> again = decide().recover(c.retry(), AggregateLifecycle.getVersion(), c.seenVersion(), c.requester(),
                clock.millis());
        record(new PaymentEvent.ErrorCleared(id, c.requester()));
        again.ifPresent(failed -> record(requested(failed.action(), failed.resultHash(), c.requester())));
        return unchanged();
    }

    @EventSourcingHandler
    void on(PaymentEvent event) {
        id = event.paymentId();
        state = PaymentState.evolve(state, event);
        if (event instanceof PaymentEvent.TransactionGivenUp lost) {
            givenUp = givenUp.and(lost.transaction());
        }
    }

    private AgreedTerms agreed() {
        PaymentEvent.PaymentCreated created = state.created();
        Participant seller = new Participant(created.sellingWallet().vkey(), created.sellingWallet().address());
        return new AgreedTerms(seller, null, created.inputHash(), created.times(), created.price());
    }

    private SaleDecisions decide() {
        return new SaleDecisions("Payment", state);
    }

    private Long record(Optional<ChainFact> fact) {
        return fact.map(news -> record(PaymentEvent.of(id, news))).orElseGet(PaymentAggregate::unchanged);
    }

    private static Long record(PaymentEvent event) {
        AggregateLifecycle.apply(event);
        return AggregateLifecycle.getVersion();
    }

    private static Long unchanged() {
        return AggregateLifecycle.getVersion();
    }
}
