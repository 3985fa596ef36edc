package io.masumi.node.chain.process;

import static io.masumi.node.chain.process.SagaFixture.ADMIN;
import static io.masumi.node.chain.process.SagaFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyCommand.SettleCredits;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.access.CreditUse;
import io.masumi.node.chain.SaleExample;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.payment.PaymentCommand.CreatePayment;
import io.masumi.node.payment.PaymentCommand.RecordActionFailed;
import io.masumi.node.payment.PaymentCommand.RequestWithdrawal;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentEvent.ActionDelayed;
import io.masumi.node.payment.PaymentEvent.ActionFailed;
import io.masumi.node.payment.PaymentEvent.ActionInitiated;
import io.masumi.node.payment.PaymentEvent.FactsUndone;
import io.masumi.node.payment.PaymentEvent.FundsLocked;
import io.masumi.node.payment.PaymentEvent.OperatorRequired;
import io.masumi.node.payment.PaymentEvent.PaymentCreated;
import io.masumi.node.payment.PaymentEvent.PaymentExpired;
import io.masumi.node.payment.PaymentEvent.RefundAuthorizationRequested;
import io.masumi.node.payment.PaymentEvent.RefundWithdrawn;
import io.masumi.node.payment.PaymentEvent.ResultSubmissionRequested;
import io.masumi.node.payment.PaymentEvent.ResultSubmitted;
import io.masumi.node.payment.PaymentEvent.WithdrawalRequested;
import io.masumi.node.payment.PaymentId;

/** What a payment's saga decides. payByTime is an hour after the start, submitResultTime 2, unlockTime 8, externalDisputeUnlockTime 14. */
class PaymentSagaTest {

    private static final SaleExample SALE = new SaleExample(START);
    private static final PaymentId ID = SALE.paymentId;
    private static final LockObservation LOCK = SALE.lock();
    private static final TransitionObservation RESULT = SALE.transition(LOCK.output(), EscrowAction.SubmitResult,
            OnChainState.ResultSubmitted, SaleExample.RESULT_HASH, 0, 0);

    private static final PaymentEvent CREATED = created(ADMIN);
    private static final PaymentEvent LOCKED = new FundsLocked(ID, LOCK);
    private static final PaymentEvent RESULT_ASKED = new ResultSubmissionRequested(ID, SaleExample.RESULT_HASH, ADMIN);
    private static final PaymentEvent RESULT_SIGNED = new ActionInitiated(ID, EscrowAction.SubmitResult, "ab".repeat(32), 5000);
    private static final PaymentEvent RESULT_SEEN = new ResultSubmitted(ID, OnChainState.ResultSubmitted, RESULT);
    private static final PaymentEvent REFUNDED = new RefundWithdrawn(ID,
            SALE.transition(LOCK.output(), EscrowAction.WithdrawRefund, OnChainState.RefundWithdrawn, "", 0, 0));

    private final SagaFixture<PaymentSaga> saga = new SagaFixture<>(PaymentSaga.class);

    static Stream<Arguments> intents() {
        return Stream.of(
                arguments(List.of(CREATED), LOCKED, List.of("escrow stands", "nothing")),
                arguments(List.of(CREATED, LOCKED), RESULT_ASKED, List.of("SubmitResult until 2h")),
                arguments(List.of(CREATED, LOCKED, RESULT_ASKED), RESULT_SIGNED, List.of("as before")),
                arguments(List.of(CREATED, LOCKED, RESULT_ASKED),
                        new ActionDelayed(ID, EscrowAction.SubmitResult, ErrorType.InsufficientFunds, "no money"), List.of("as before")),
                arguments(List.of(CREATED, LOCKED, RESULT_ASKED),
                        new ActionFailed(ID, EscrowAction.SubmitResult, ErrorType.Unknown, "too late"), List.of("nothing")),
                arguments(List.of(CREATED, LOCKED, RESULT_ASKED, RESULT_SIGNED), RESULT_SEEN, List.of("escrow stands", "nothing")),
                arguments(List.of(CREATED, LOCKED, RESULT_ASKED, RESULT_SIGNED, RESULT_SEEN),
                        new ResultSubmissionRequested(ID, "cd".repeat(32), ADMIN), List.of("SubmitResult until 14h")),
                arguments(List.of(CREATED, LOCKED, RESULT_ASKED, RESULT_SIGNED, RESULT_SEEN), new WithdrawalRequested(ID, Requester.NODE),
                        List.of("Withdraw from 8h")),
                arguments(List.of(CREATED, LOCKED, RESULT_ASKED, RESULT_SIGNED, RESULT_SEEN), new RefundAuthorizationRequested(ID, ADMIN),
                        List.of("AuthorizeRefund")),
                arguments(List.of(CREATED, LOCKED, RESULT_ASKED, RESULT_SIGNED, RESULT_SEEN),
                        new FactsUndone(ID, LOCK.transaction().at(), List.of(RESULT.transaction().hash())),
                        List.of("escrow stands", "SubmitResult until 2h again, " + "ab".repeat(32))),
                arguments(List.of(CREATED, LOCKED),
                        new FactsUndone(ID, new ChainPoint(1, "fe".repeat(32), 1, 1), List.of(LOCK.transaction().hash())),
                        List.of("escrow gone", "nothing")),
                arguments(List.of(CREATED, LOCKED, RESULT_ASKED), REFUNDED, List.of("escrow ended", "nothing")));
    }

    @ParameterizedTest
    @MethodSource
    void intents(List<PaymentEvent> before, PaymentEvent event, List<String> said) {
        saga.given(ID.value(), before.toArray()).whenAggregate(ID.value()).publishes(event).expectSuccessfulHandlerExecution()
                .expectActiveSagas(1).expectNoDispatchedCommands();
        assertThat(saga.said).isEqualTo(said);
    }

    @Test
    void aNewPaymentAwaitsItsEndAndIsToBeForgotten() {
        saga.given(ID.value()).whenAggregate(ID.value()).publishes(CREATED)
                .expectAssociationWith("paymentId", ID)
                .expectScheduledDeadlineWithName(at(1).plus(Duration.ofMinutes(10)), "payment-expiry")
                .expectScheduledDeadlineWithName(at(14).plus(Duration.ofDays(1)), "payment-forgetting");
    }

    @Test
    void theEndIsAwaitedOfWhatIsNotPaidInTimeOnly() {
        saga.given(ID.value(), CREATED).whenTimeAdvancesTo(at(2)).expectTriggeredDeadlinesWithName("payment-expiry");
        assertThat(saga.said).containsExactly("end awaited");

        SagaFixture<PaymentSaga> paid = new SagaFixture<>(PaymentSaga.class);
        paid.given(ID.value(), CREATED, LOCKED).whenTimeAdvancesTo(at(2)).expectTriggeredDeadlinesWithName("payment-expiry");
        assertThat(paid.said).isEmpty();
    }

    @Test
    void whatNobodyPaidIsForgottenOnceItsEndIsKnownAndNotBefore() {
        saga.given(ID.value(), CREATED).whenTimeAdvancesTo(at(14).plus(Duration.ofDays(1))).expectActiveSagas(1)
                .expectScheduledDeadlineWithName(Duration.ofDays(1), "payment-forgetting");

        new SagaFixture<>(PaymentSaga.class)
                .given(ID.value(), CREATED, new PaymentExpired(ID, SALE.times.payByTime(), new ChainPoint(9000, "fe".repeat(32), 900, 1)))
                .whenTimeAdvancesTo(at(14).plus(Duration.ofDays(1))).expectActiveSagas(0);
    }

    @Test
    void moneyIsWithdrawnByItselfTenMinutesAfterUnlockTime() {
        saga.given(ID.value(), CREATED, LOCKED, RESULT_ASKED, RESULT_SIGNED).whenAggregate(ID.value()).publishes(RESULT_SEEN)
                .expectScheduledDeadlineWithName(at(8).plus(Duration.ofMinutes(10)), "payment-withdrawal");

        new SagaFixture<>(PaymentSaga.class).given(ID.value(), CREATED, LOCKED, RESULT_ASKED, RESULT_SIGNED, RESULT_SEEN)
                .whenTimeAdvancesTo(at(8).plus(Duration.ofMinutes(10))).expectDispatchedCommands(new RequestWithdrawal(ID, Requester.NODE))
                .expectNoScheduledDeadlineWithName(Duration.ofMinutes(1), "payment-withdrawal");
    }

    /** By another machine's clock it is not time yet, and no event may come for long. */
    @Test
    void aRefusedWithdrawalIsAskedForAgainAMinuteLater() {
        saga.refusing(RequestWithdrawal.class).given(ID.value(), CREATED, LOCKED, RESULT_ASKED, RESULT_SIGNED, RESULT_SEEN)
                .whenTimeAdvancesTo(at(8).plus(Duration.ofMinutes(10))).expectDispatchedCommands(new RequestWithdrawal(ID, Requester.NODE))
                .expectScheduledDeadlineWithName(Duration.ofMinutes(1), "payment-withdrawal");
    }

    @Test
    void aRefusedWithdrawalThatAnOperatorLooksAtIsLeftToThem() {
        saga.refusing(RequestWithdrawal.class)
                .given(ID.value(), CREATED, LOCKED, RESULT_ASKED, RESULT_SIGNED, RESULT_SEEN,
                        new OperatorRequired(ID, ErrorType.Unknown, "look"))
                .whenTimeAdvancesTo(at(8).plus(Duration.ofMinutes(10)))
                .expectNoScheduledDeadlineWithName(Duration.ofMinutes(1), "payment-withdrawal");
    }

    @Test
    void aSagaEndsADayAfterItsEscrow() {
        saga.given(ID.value(), CREATED, LOCKED).whenAggregate(ID.value()).publishes(REFUNDED).expectActiveSagas(1)
                .expectScheduledDeadlineWithName(Duration.ofDays(1), "payment-ending");

        new SagaFixture<>(PaymentSaga.class).given(ID.value(), CREATED, LOCKED, REFUNDED).whenTimeElapses(Duration.ofDays(1))
                .expectActiveSagas(0);
    }

    @Test
    void whatItsKeyCannotPayForIsNotAskedOfTheChain() {
        Requester limited = new Requester(ApiKeyId.of("ab".repeat(32)).value(), false);
        saga.refusing(SettleCredits.class).given(ID.value(), created(limited), LOCKED).whenAggregate(ID.value())
                .publishes(new ResultSubmissionRequested(ID, SaleExample.RESULT_HASH, limited))
                .expectDispatchedCommands(
                        new SettleCredits(new ApiKeyId(limited.keyId()), ID.value(), CreditUse.Sale, Funds.lovelace(1_000_000), true,
                                "it is to be done"),
                        new RecordActionFailed(ID, EscrowAction.SubmitResult, ErrorType.InsufficientFunds,
                                "The API key's credits do not suffice"));
        assertThat(saga.said).containsExactly("nothing");
    }

    private static Instant at(int hours) {
        return START.plus(Duration.ofHours(hours));
    }

    private static PaymentCreated created(Requester requester) {
        CreatePayment c = SALE.createPayment(requester);
        return new PaymentCreated(ID, c.blockchainIdentifier(), c.source(), c.agentIdentifier(), c.agentName(), PricingType.Fixed,
                SaleExample.PRICE, null, c.inputHash(), c.identifierFromPurchaser(), c.times(), c.cooldownTime(), c.sellingWallet(), null,
                null, requester);
    }
}
