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
import io.masumi.node.purchase.PurchaseCommand.CreatePurchase;
import io.masumi.node.purchase.PurchaseCommand.RecordActionFailed;
import io.masumi.node.purchase.PurchaseCommand.RequestRefundWithdrawal;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.purchase.PurchaseEvent.ActionFailed;
import io.masumi.node.purchase.PurchaseEvent.ActionInitiated;
import io.masumi.node.purchase.PurchaseEvent.FactsUndone;
import io.masumi.node.purchase.PurchaseEvent.FundsLocked;
import io.masumi.node.purchase.PurchaseEvent.FundsLockingRequested;
import io.masumi.node.purchase.PurchaseEvent.FundsWithdrawn;
import io.masumi.node.purchase.PurchaseEvent.PurchaseCreated;
import io.masumi.node.purchase.PurchaseEvent.PurchaseExpired;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestCancellationRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundWithdrawalRequested;
import io.masumi.node.purchase.PurchaseEvent.ResultSubmitted;
import io.masumi.node.purchase.PurchaseId;

/** What a purchase's saga decides. payByTime is an hour after the start, submitResultTime 2, unlockTime 8, externalDisputeUnlockTime 14. */
class PurchaseSagaTest {

    private static final SaleExample SALE = new SaleExample(START);
    private static final PurchaseId ID = SALE.purchaseId;
    private static final LockObservation LOCK = SALE.lock();

    private static final PurchaseEvent CREATED = created(ADMIN);
    private static final PurchaseEvent LOCK_ASKED = new FundsLockingRequested(ID, ADMIN);
    private static final PurchaseEvent LOCK_SIGNED = new ActionInitiated(ID, EscrowAction.Lock, SaleExample.PURCHASING_WALLET,
            LOCK.transaction().hash(), 5000);
    private static final PurchaseEvent LOCKED = new FundsLocked(ID, LOCK);
    private static final PurchaseEvent REFUND_ASKED = new RefundRequestRequested(ID, ADMIN);
    private static final PurchaseEvent REFUND_SEEN = new RefundRequested(ID, OnChainState.RefundRequested,
            SALE.transition(LOCK.output(), EscrowAction.RequestRefund, OnChainState.RefundRequested, "", 0, 0));
    private static final PurchaseEvent RESULT_SEEN = new ResultSubmitted(ID, OnChainState.ResultSubmitted,
            SALE.transition(LOCK.output(), EscrowAction.SubmitResult, OnChainState.ResultSubmitted, SaleExample.RESULT_HASH, 0, 0));
    private static final PurchaseEvent PAID_OUT = new FundsWithdrawn(ID,
            SALE.transition(LOCK.output(), EscrowAction.Withdraw, OnChainState.Withdrawn, "", 0, 0));

    private final SagaFixture<PurchaseSaga> saga = new SagaFixture<>(PurchaseSaga.class);

    static Stream<Arguments> intents() {
        return Stream.of(
                arguments(List.of(CREATED), LOCK_ASKED, List.of("Lock until 1h")),
                arguments(List.of(CREATED, LOCK_ASKED), LOCK_SIGNED, List.of("as before")),
                arguments(List.of(CREATED, LOCK_ASKED), new ActionFailed(ID, EscrowAction.Lock, ErrorType.Unknown, "too late"),
                        List.of("nothing")),
                arguments(List.of(CREATED, LOCK_ASKED, LOCK_SIGNED), LOCKED, List.of("escrow stands", "nothing")),
                arguments(List.of(CREATED, LOCK_ASKED, LOCK_SIGNED, LOCKED), REFUND_ASKED, List.of("RequestRefund until 8h")),
                arguments(List.of(CREATED, LOCK_ASKED, LOCK_SIGNED, LOCKED, REFUND_ASKED), REFUND_SEEN,
                        List.of("escrow stands", "nothing")),
                arguments(List.of(CREATED, LOCK_ASKED, LOCK_SIGNED, LOCKED, REFUND_ASKED, REFUND_SEEN),
                        new RefundRequestCancellationRequested(ID, ADMIN), List.of("CancelRefundRequest")),
                arguments(List.of(CREATED, LOCK_ASKED, LOCK_SIGNED, LOCKED), new RefundWithdrawalRequested(ID, Requester.NODE),
                        List.of("WithdrawRefund from 2h")),
                arguments(List.of(CREATED, LOCK_ASKED, LOCK_SIGNED, LOCKED),
                        new FactsUndone(ID, new ChainPoint(1, "fe".repeat(32), 1, 1), List.of(LOCK.transaction().hash())),
                        List.of("escrow gone", "Lock until 1h again, " + LOCK.transaction().hash())),
                arguments(List.of(CREATED, LOCK_ASKED, LOCK_SIGNED, LOCKED, REFUND_ASKED), PAID_OUT, List.of("escrow ended", "nothing")));
    }

    @ParameterizedTest
    @MethodSource
    void intents(List<PurchaseEvent> before, PurchaseEvent event, List<String> said) {
        saga.given(ID.value(), before.toArray()).whenAggregate(ID.value()).publishes(event).expectSuccessfulHandlerExecution()
                .expectActiveSagas(1).expectNoDispatchedCommands();
        assertThat(saga.said).isEqualTo(said);
    }

    @Test
    void aNewPurchaseAwaitsItsEndAndIsToBeForgotten() {
        saga.given(ID.value()).whenAggregate(ID.value()).publishes(CREATED)
                .expectAssociationWith("purchaseId", ID)
                .expectScheduledDeadlineWithName(at(1).plus(Duration.ofMinutes(10)), "purchase-lapse")
                .expectScheduledDeadlineWithName(at(14).plus(Duration.ofDays(1)), "purchase-forgetting");
    }

    @Test
    void theEndIsAwaitedOfWhatIsNotLockedInTimeOnly() {
        saga.given(ID.value(), CREATED, LOCK_ASKED, LOCK_SIGNED).whenTimeAdvancesTo(at(2))
                .expectTriggeredDeadlinesWithName("purchase-lapse");
        assertThat(saga.said).containsExactly("end awaited");

        SagaFixture<PurchaseSaga> locked = new SagaFixture<>(PurchaseSaga.class);
        locked.given(ID.value(), CREATED, LOCK_ASKED, LOCK_SIGNED, LOCKED).whenTimeAdvancesTo(at(2));
        assertThat(locked.said).isEmpty();
    }

    @Test
    void whatWasNeverLockedIsForgottenOnceItsEndIsKnownAndNotBefore() {
        saga.given(ID.value(), CREATED, LOCK_ASKED).whenTimeAdvancesTo(at(14).plus(Duration.ofDays(1))).expectActiveSagas(1)
                .expectScheduledDeadlineWithName(Duration.ofDays(1), "purchase-forgetting");

        new SagaFixture<>(PurchaseSaga.class).given(ID.value(), CREATED, LOCK_ASKED,
                new PurchaseExpired(ID, SALE.times.payByTime(), new ChainPoint(9000, "fe".repeat(32), 900, 1)))
                .whenTimeAdvancesTo(at(14).plus(Duration.ofDays(1))).expectActiveSagas(0);
    }

    @Test
    void aRefundIsWithdrawnTenMinutesAfterSubmitResultTimeIfNoResultCame() {
        saga.given(ID.value(), CREATED, LOCK_ASKED, LOCK_SIGNED).whenAggregate(ID.value()).publishes(LOCKED)
                .expectScheduledDeadlineWithName(at(2).plus(Duration.ofMinutes(10)), "purchase-refund-withdrawal");

        new SagaFixture<>(PurchaseSaga.class).given(ID.value(), CREATED, LOCK_ASKED, LOCK_SIGNED, LOCKED)
                .whenTimeAdvancesTo(at(2).plus(Duration.ofMinutes(10)))
                .expectDispatchedCommands(new RequestRefundWithdrawal(ID, Requester.NODE));

        new SagaFixture<>(PurchaseSaga.class).given(ID.value(), CREATED, LOCK_ASKED, LOCK_SIGNED, LOCKED, RESULT_SEEN)
                .whenTimeAdvancesTo(at(2).plus(Duration.ofMinutes(10))).expectNoDispatchedCommands();
    }

    /** By another machine's clock it is not time yet, and no event may come for long. */
    @Test
    void aRefusedWithdrawalIsAskedForAgainAMinuteLater() {
        saga.refusing(RequestRefundWithdrawal.class).given(ID.value(), CREATED, LOCK_ASKED, LOCK_SIGNED, LOCKED)
                .whenTimeAdvancesTo(at(2).plus(Duration.ofMinutes(10)))
                .expectScheduledDeadlineWithName(Duration.ofMinutes(1), "purchase-refund-withdrawal");
    }

    @Test
    void aSagaEndsADayAfterItsEscrow() {
        saga.given(ID.value(), CREATED, LOCK_ASKED, LOCK_SIGNED, LOCKED).whenAggregate(ID.value()).publishes(PAID_OUT).expectActiveSagas(1)
                .expectScheduledDeadlineWithName(Duration.ofDays(1), "purchase-ending");

        new SagaFixture<>(PurchaseSaga.class).given(ID.value(), CREATED, LOCK_ASKED, LOCK_SIGNED, LOCKED, PAID_OUT)
                .whenTimeElapses(Duration.ofDays(1)).expectActiveSagas(0);
    }

    @Test
    void whatItsKeyCannotPayForIsNotAskedOfTheChain() {
        Requester limited = new Requester(ApiKeyId.of("ab".repeat(32)).value(), false);
        saga.refusing(SettleCredits.class).given(ID.value(), created(limited)).whenAggregate(ID.value())
                .publishes(new FundsLockingRequested(ID, limited))
                .expectDispatchedCommands(
                        new SettleCredits(new ApiKeyId(limited.keyId()), ID.value(), CreditUse.Purchase, Funds.lovelace(6_000_000), true,
                                "it is to be done"),
                        new RecordActionFailed(ID, EscrowAction.Lock, ErrorType.InsufficientFunds, "The API key's credits do not suffice"));
        assertThat(saga.said).containsExactly("nothing");
    }

    private static Instant at(int hours) {
        return START.plus(Duration.ofHours(hours));
    }

    private static PurchaseCreated created(Requester requester) {
        CreatePurchase c = SALE.createPurchase(requester);
        return new PurchaseCreated(ID, c.blockchainIdentifier(), c.source(), c.agentIdentifier(), c.agentName(), PricingType.Fixed,
                SaleExample.PRICE, c.inputHash(), c.identifierFromPurchaser(), c.times(), c.cooldownTime(), c.seller(), List.of(), null,
                null, null, requester);
    }
}
