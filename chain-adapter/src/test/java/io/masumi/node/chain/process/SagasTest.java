package io.masumi.node.chain.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masumi.node.chain.SaleExample;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.platform.setaside.RebuildSaga;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.NodeTestConfiguration;
import io.masumi.node.testing.Processors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sagas with the real aggregates and stores. The node knows no payment source, so nothing is done about what they want. */
@NodeTest(classes = NodeTestConfiguration.class, properties = {"masumi.roles=command,query,chain",
        "masumi.encryption-key=a-key-for-tests-only-0123456789abcdef", "masumi.deadlines.polling-interval=50ms"})
@Tag("slow")
class SagasTest {

    @Autowired
    private CommandGateway commands;
    @Autowired
    private EventStore events;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private Processors processors;
    @Autowired
    private MutableClock clock;

    private SaleExample sale;

    @BeforeEach
    void agree() {
        sale = new SaleExample(clock.instant());
    }

    @Test
    void aPurchaseWantsALockOnceHoweverOftenItsEventsComeUntilPayByTime() {
        commands.sendAndWait(sale.createPurchase());
        processors.awaitCaughtUp();

        assertThat(actions(sale.purchaseId.value())).singleElement().satisfies(lock -> {
            assertThat(lock).containsEntry("kind", "Lock").containsEntry("status", "Wanted").containsEntry("role", "Purchase")
                    .containsEntry("not_after", sale.times.payByTime());
        });
    }

    @Test
    void aSellersResultIsWantedAndAfterUnlockTimeTheNodeWithdrawsByItself() {
        LockObservation lock = locked();
        commands.sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId, SaleExample.RESULT_HASH, SaleExample.OWNER));
        processors.awaitCaughtUp();
        assertThat(wanted(sale.paymentId.value())).singleElement().satisfies(submit -> {
            assertThat(submit).containsEntry("kind", "SubmitResult").containsEntry("not_after", sale.times.submitResultTime());
            assertThat((String[]) ((java.sql.Array) submit.get("wallet_ids")).getArray()).containsExactly(SaleExample.SELLING_WALLET.id());
        });

        commands.sendAndWait(new PaymentCommand.RecordTransition(sale.paymentId, sale.transition(lock.output(), EscrowAction.SubmitResult,
                OnChainState.ResultSubmitted, SaleExample.RESULT_HASH, 0, 0)));
        processors.awaitCaughtUp();
        assertThat(wanted(sale.paymentId.value())).isEmpty();

        clock.set(Instant.ofEpochMilli(sale.times.unlockTime()).plus(Duration.ofMinutes(9)));
        processors.awaitCaughtUp();
        assertThat(wanted(sale.paymentId.value())).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        await().untilAsserted(() -> assertThat(wanted(sale.paymentId.value())).singleElement().satisfies(withdraw -> assertThat(withdraw)
                .containsEntry("kind", "Withdraw").containsEntry("not_before", sale.times.unlockTime())));
    }

    @Test
    void theEndOfAPaymentNobodyPaysIsAwaitedAndOfOneThatIsPaidItIsNot() {
        commands.sendAndWait(sale.createPayment());
        SaleExample paid = new SaleExample(clock.instant());
        commands.sendAndWait(paid.createPayment());
        commands.sendAndWait(new PaymentCommand.RecordLock(paid.paymentId, paid.lock()));
        processors.awaitCaughtUp();

        clock.set(Instant.ofEpochMilli(sale.times.payByTime()).plus(Duration.ofMinutes(10)));

        await().untilAsserted(() -> assertThat(awaitedEnds()).contains(sale.paymentId.value()));
        assertThat(awaitedEnds()).doesNotContain(paid.paymentId.value());
        assertThat(lastEvent(sale.paymentId.value())).as("whether nothing came is known to whoever follows the chain")
                .isEqualTo("PaymentCreated");
    }

    /** The provider was away all the time, and a lock may be there. */
    @Test
    void aPaymentIsNotForgottenBeforeItsEndIsKnown() {
        commands.sendAndWait(sale.createPayment());
        processors.awaitCaughtUp();
        clock.set(Instant.ofEpochMilli(sale.times.externalDisputeUnlockTime()).plus(Duration.ofDays(2)));
        await().until(() -> jdbc.sql("SELECT count(*) FROM scheduled_tasks WHERE execution_time <= :now")
                .param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC)).query(Long.class).single() == 0);
        assertThat(sagas()).isEqualTo(1);

        commands.sendAndWait(new PaymentCommand.ExpirePayment(sale.paymentId,
                new ChainPoint(9000, "fe".repeat(32), 900, sale.times.payByTime() + 1)));
        processors.awaitCaughtUp();
        clock.advance(Duration.ofDays(1));
        await().untilAsserted(() -> assertThat(sagas()).isZero());
    }

    @Test
    void aRefundIsWithdrawnAfterSubmitResultTimeWhenNoResultCame() {
        commands.sendAndWait(sale.createPurchase());
        commands.sendAndWait(new PurchaseCommand.RecordActionInitiated(sale.purchaseId, EscrowAction.Lock, SaleExample.PURCHASING_WALLET,
                sale.lock().transaction().hash(), 5000));
        commands.sendAndWait(new PurchaseCommand.RecordLock(sale.purchaseId, sale.lock()));
        processors.awaitCaughtUp();

        clock.set(Instant.ofEpochMilli(sale.times.submitResultTime()).plus(Duration.ofMinutes(10)));

        await().untilAsserted(() -> assertThat(wanted(sale.purchaseId.value())).singleElement().satisfies(withdraw -> {
            assertThat(withdraw).containsEntry("kind", "WithdrawRefund").containsEntry("not_before", sale.times.submitResultTime());
            assertThat((String[]) ((java.sql.Array) withdraw.get("wallet_ids")).getArray())
                    .containsExactly(SaleExample.PURCHASING_WALLET.id());
        }));
    }

    @Test
    void aNodeThatWasDownForLongStillGetsTheMoneyOfItsLockBack() {
        commands.sendAndWait(sale.createPurchase());
        commands.sendAndWait(new PurchaseCommand.RecordActionInitiated(sale.purchaseId, EscrowAction.Lock, SaleExample.PURCHASING_WALLET,
                sale.lock().transaction().hash(), 5000));
        processors.awaitCaughtUp();

        clock.set(Instant.ofEpochMilli(sale.times.externalDisputeUnlockTime()).plus(Duration.ofDays(2)));
        await().until(() -> jdbc.sql("SELECT count(*) FROM scheduled_tasks WHERE execution_time <= :now")
                .param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC)).query(Long.class).single() == 0);
        commands.sendAndWait(new PurchaseCommand.RecordLock(sale.purchaseId, sale.lock()));

        await().untilAsserted(() -> assertThat(wanted(sale.purchaseId.value())).singleElement()
                .satisfies(withdraw -> assertThat(withdraw).containsEntry("kind", "WithdrawRefund")));
    }

    @Test
    void theMoneyOfALockThatIsFoundAfterThePurchaseWasGivenUpIsDrivenHome() {
        givenUp();
        clock.set(Instant.ofEpochMilli(sale.times.submitResultTime()).plus(Duration.ofMinutes(10)));
        commands.sendAndWait(new PurchaseCommand.RecordLock(sale.purchaseId, sale.lock()));

        await().untilAsserted(() -> assertThat(wanted(sale.purchaseId.value())).singleElement()
                .satisfies(withdraw -> assertThat(withdraw).containsEntry("kind", "WithdrawRefund")));
    }

    /** So late that nobody waits for it any more: an operator had it read again. */
    @Test
    void theMoneyOfALockThatIsFoundAfterThePurchaseWasForgottenIsDrivenHomeByASagaMadeAnew() {
        givenUp();
        clock.set(Instant.ofEpochMilli(sale.times.externalDisputeUnlockTime()).plus(Duration.ofDays(2)));
        await().until(() -> jdbc.sql("SELECT count(*) FROM associationvalueentry WHERE associationvalue = ?")
                .param(sale.purchaseId.value()).query(Long.class).single() == 0);
        commands.sendAndWait(new PurchaseCommand.RecordLock(sale.purchaseId, sale.lock()));
        processors.awaitCaughtUp();
        assertThat(wanted(sale.purchaseId.value())).isEmpty();

        commands.sendAndWait(new RebuildSaga(PurchaseSaga.GROUP, sale.purchaseId.value()));
        await().untilAsserted(() -> assertThat(wanted(sale.purchaseId.value())).singleElement()
                .satisfies(withdraw -> assertThat(withdraw).containsEntry("kind", "WithdrawRefund")));
    }

    /** The lock was sent and lost sight of, its time ended, and so did payByTime with nothing to be seen. */
    private void givenUp() {
        commands.sendAndWait(sale.createPurchase());
        commands.sendAndWait(new PurchaseCommand.RecordActionInitiated(sale.purchaseId, EscrowAction.Lock, SaleExample.PURCHASING_WALLET,
                sale.lock().transaction().hash(), 5000));
        commands.sendAndWait(new PurchaseCommand.RecordActionFailed(sale.purchaseId, EscrowAction.Lock, ErrorType.Unknown,
                "payByTime is over"));
        commands.sendAndWait(new PurchaseCommand.ExpirePurchase(sale.purchaseId,
                new ChainPoint(9000, "fe".repeat(32), 900, sale.times.payByTime() + 1)));
        processors.awaitCaughtUp();
    }

    @Test
    void whatTheOtherPartyMadeImpossibleIsNotWantedAnyMore() {
        LockObservation lock = locked();
        commands.sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId, SaleExample.RESULT_HASH, SaleExample.OWNER));
        processors.awaitCaughtUp();

        commands.sendAndWait(new PaymentCommand.RecordTransition(sale.paymentId,
                sale.transition(lock.output(), EscrowAction.WithdrawRefund, OnChainState.RefundWithdrawn, "", 0, 0)));
        processors.awaitCaughtUp();

        assertThat(actions(sale.paymentId.value())).singleElement()
                .satisfies(submit -> assertThat(submit).containsEntry("status", "Abandoned"));
    }

    @Test
    void whatIsStillPossibleAfterTheOtherPartyActedIsWantedAtTheEscrowsNewPlace() {
        LockObservation lock = locked();
        commands.sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId, SaleExample.RESULT_HASH, SaleExample.OWNER));
        TransitionObservation rival = sale.transition(lock.output(), EscrowAction.RequestRefund, OnChainState.RefundRequested, "", 0, 77);
        commands.sendAndWait(new PaymentCommand.RecordTransition(sale.paymentId, rival));
        processors.awaitCaughtUp();

        assertThat(wanted(sale.paymentId.value())).singleElement()
                .satisfies(submit -> assertThat(submit).containsEntry("kind", "SubmitResult"));
        assertThat(jdbc.sql("SELECT transaction_hash FROM escrow_position WHERE aggregate_id = ?").param(sale.paymentId.value())
                .query(String.class).single()).isEqualTo(rival.transaction().hash());
    }

    @Test
    void aSagaEndsADayAfterItsEscrow() {
        LockObservation lock = locked();
        assertThat(sagas()).isEqualTo(1);

        commands.sendAndWait(new PaymentCommand.RecordTransition(sale.paymentId,
                sale.transition(lock.output(), EscrowAction.WithdrawRefund, OnChainState.RefundWithdrawn, "", 0, 0)));
        processors.awaitCaughtUp();
        assertThat(sagas()).isEqualTo(1);

        clock.advance(Duration.ofDays(1));
        await().untilAsserted(() -> assertThat(sagas()).isZero());
    }

    @Test
    void anEndThatIsRolledBackIsNoEnd() {
        LockObservation lock = locked();
        TransitionObservation end = sale.transition(lock.output(), EscrowAction.WithdrawRefund, OnChainState.RefundWithdrawn, "", 0, 0);
        commands.sendAndWait(new PaymentCommand.RecordTransition(sale.paymentId, end));
        commands.sendAndWait(new PaymentCommand.UndoFacts(sale.paymentId, lock.transaction().at()));
        processors.awaitCaughtUp();
        assertThat(position()).isEqualTo(lock.transaction().hash());

        clock.advance(Duration.ofDays(1));
        commands.sendAndWait(new PaymentCommand.RecordTransition(sale.paymentId, end));
        processors.awaitCaughtUp();
        assertThat(sagas()).isEqualTo(1);
    }

    @Test
    void withoutItsLockAPaymentHasNoEscrowAndExpiresAfterAll() {
        LockObservation lock = locked();
        clock.set(Instant.ofEpochMilli(sale.times.payByTime()).plus(Duration.ofMinutes(20)));
        await().until(() -> jdbc.sql("SELECT count(*) FROM scheduled_tasks WHERE execution_time <= :now")
                .param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC)).query(Long.class).single() == 0);
        commands.sendAndWait(new PaymentCommand.UndoFacts(sale.paymentId, before(lock)));
        processors.awaitCaughtUp();
        assertThat(position()).isNull();
        assertThat(lastEvent(sale.paymentId.value())).isEqualTo("FactsUndone");

        assertThat(awaitedEnds()).contains(sale.paymentId.value());
    }

    @Test
    void thatATransactionIsGivenUpCallsNothingOff() {
        commands.sendAndWait(sale.createPurchase());
        processors.awaitCaughtUp();
        commands.sendAndWait(new PurchaseCommand.RequireOperator(sale.purchaseId, ErrorType.Unknown, "another chain"));
        processors.awaitCaughtUp();
        jdbc.sql(
                "UPDATE chain_action SET status = 'Wanted', unwanted = FALSE, not_again = 'an operator is to be told' WHERE aggregate_id = ?")
                .param(sale.purchaseId.value()).update();
        commands.sendAndWait(new PurchaseCommand.RecordTransactionGivenUp(sale.purchaseId, EscrowAction.Lock,
                new GivenUpTransaction("0b".repeat(32), 5000, "it was not on chain when its validity ended", false)));
        processors.awaitCaughtUp();

        assertThat(wanted(sale.purchaseId.value())).hasSize(1);
    }

    @Test
    void whatARollbackUndidIsWantedAgainUnlessItIsALock() {
        commands.sendAndWait(sale.createPurchase());
        LockObservation lock = sale.lock();
        commands.sendAndWait(new PurchaseCommand.RecordActionInitiated(sale.purchaseId, EscrowAction.Lock, SaleExample.PURCHASING_WALLET,
                lock.transaction().hash(), 5000));
        commands.sendAndWait(new PurchaseCommand.RecordLock(sale.purchaseId, lock));
        commands.sendAndWait(new PurchaseCommand.RequestRefund(sale.purchaseId, SaleExample.OWNER));
        processors.awaitCaughtUp();
        TransitionObservation refund = sale.transition(lock.output(), EscrowAction.RequestRefund, OnChainState.RefundRequested, "", 0, 77);
        commands.sendAndWait(new PurchaseCommand.RecordActionInitiated(sale.purchaseId, EscrowAction.RequestRefund,
                SaleExample.PURCHASING_WALLET, refund.transaction().hash(), 5000));
        commands.sendAndWait(new PurchaseCommand.RecordTransition(sale.purchaseId, refund));
        processors.awaitCaughtUp();
        assertThat(wanted(sale.purchaseId.value())).isEmpty();

        commands.sendAndWait(new PurchaseCommand.UndoFacts(sale.purchaseId, lock.transaction().at()));
        processors.awaitCaughtUp();
        assertThat(wanted(sale.purchaseId.value())).singleElement()
                .satisfies(again -> assertThat(again).containsEntry("kind", "RequestRefund"));

        commands.sendAndWait(new PurchaseCommand.RecordTransition(sale.purchaseId, refund));
        commands.sendAndWait(new PurchaseCommand.UndoFacts(sale.purchaseId, before(lock)));
        processors.awaitCaughtUp();
        assertThat(wanted(sale.purchaseId.value())).extracting(again -> again.get("kind")).containsExactly("RequestRefund");
    }

    @Test
    void aLockThatWasUndoneAndThatNothingIsUnderWayForIsAnOperators() {
        commands.sendAndWait(sale.createPurchase());
        LockObservation lock = sale.lock();
        commands.sendAndWait(new PurchaseCommand.RecordActionInitiated(sale.purchaseId, EscrowAction.Lock, SaleExample.PURCHASING_WALLET,
                lock.transaction().hash(), 5000));
        commands.sendAndWait(new PurchaseCommand.RecordLock(sale.purchaseId, lock));
        processors.awaitCaughtUp();
        assertThat(wanted(sale.purchaseId.value())).isEmpty();

        commands.sendAndWait(new PurchaseCommand.UndoFacts(sale.purchaseId, before(lock)));
        processors.awaitCaughtUp();
        assertThat(wanted(sale.purchaseId.value())).singleElement().satisfies(again -> {
            assertThat(again).containsEntry("kind", "Lock");
            assertThat((String) again.get("not_again")).contains(lock.transaction().hash(), "rolled back", "not built anew by itself");
        });
    }

    private static ChainPoint before(LockObservation lock) {
        ChainPoint at = lock.transaction().at();
        return new ChainPoint(at.slot() - 1, "ee".repeat(32), at.blockHeight() - 1, at.blockTime());
    }

    private List<String> awaitedEnds() {
        return jdbc.sql("SELECT aggregate_id FROM awaited_end").query(String.class).list();
    }

    private String position() {
        return jdbc.sql("SELECT transaction_hash FROM escrow_position WHERE aggregate_id = ?").param(sale.paymentId.value())
                .query(String.class).optional().orElse(null);
    }

    private LockObservation locked() {
        commands.sendAndWait(sale.createPayment());
        LockObservation lock = sale.lock();
        commands.sendAndWait(new PaymentCommand.RecordLock(sale.paymentId, lock));
        processors.awaitCaughtUp();
        return lock;
    }

    private long sagas() {
        return jdbc.sql("SELECT count(*) FROM associationvalueentry WHERE associationvalue = ?").param(sale.paymentId.value())
                .query(Long.class).single();
    }

    private List<Map<String, Object>> actions(String aggregateId) {
        return jdbc.sql("SELECT * FROM chain_action WHERE aggregate_id = ? ORDER BY number").param(aggregateId).query().listOfRows();
    }

    private List<Map<String, Object>> wanted(String aggregateId) {
        return actions(aggregateId).stream().filter(action -> action.get("status").equals("Wanted")).toList();
    }

    private String lastEvent(String aggregateId) {
        return events.readEvents(aggregateId).asStream().reduce((_, last) -> last).orElseThrow().getPayload().getClass().getSimpleName();
    }
}
