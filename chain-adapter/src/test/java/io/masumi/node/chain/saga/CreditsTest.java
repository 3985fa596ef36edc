package io.masumi.node.chain.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masumi.node.DerivedId;
import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyCommand;
import io.masumi.node.access.ApiKeyEvent;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.access.ApiKeyState;
import io.masumi.node.access.KeyPermissions;
import io.masumi.node.chain.SaleExample;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.NodeTestConfiguration;
import io.masumi.node.testing.Processors;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The credits that a purchase took are back once it is sure that nothing was paid with them, whatever the order of events. */
@NodeTest(classes = NodeTestConfiguration.class, properties = {"masumi.roles=command,query,chain",
        "masumi.encryption-key=a-key-for-tests-only-0123456789abcdef", "masumi.deadlines.polling-interval=50ms"})
class CreditsTest {

    private static final Funds ALL = Funds.lovelace(7_000_000);
    private static final Funds REST = Funds.lovelace(2_000_000);
    private static final Duration TO_NOTICE = Duration.ofMinutes(10);

    @Autowired
    private CommandGateway commands;
    @Autowired
    private EventStore events;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private Cache cache;
    @Autowired
    private Processors processors;
    @Autowired
    private MutableClock clock;

    private SaleExample sale;
    private ApiKeyId key;

    @BeforeEach
    void agree() {
        sale = new SaleExample(clock.instant());
        String tokenHash = DerivedId.of("token-of", sale.purchaseId.value());
        key = ApiKeyId.of(tokenHash);
        commands.sendAndWait(new ApiKeyCommand.CreateApiKey(key, tokenHash, "m****d",
                new KeyPermissions(true, true, false, Set.of(), true, null), ALL, Requester.NODE));
        commands.sendAndWait(new ApiKeyCommand.SpendCredits(key, sale.purchaseId.value(), SaleExample.PRICE, "a request"));
        commands.sendAndWait(sale.createPurchase(new Requester(key.value(), false)));
        processors.awaitCaughtUp();
        assertThat(remaining()).isEqualTo(REST);
    }

    @Test
    void ofALockThatFailedComeBackWhenItCannotBeTriedAgain() {
        fail();
        assertThat(remaining()).isEqualTo(REST);

        clock.set(Instant.ofEpochMilli(sale.times.payByTime()).plus(TO_NOTICE));
        awaitEnd();
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(ALL));
    }

    @Test
    void ofALockThatIsUnderWayComeBackOnlyWhenItIsSureThatItCannotLand() {
        clock.set(Instant.ofEpochMilli(sale.times.payByTime()).plus(TO_NOTICE.multipliedBy(2)));
        processors.awaitCaughtUp();
        assertThat(remaining()).isEqualTo(REST);

        fail();
        assertThat(remaining()).isEqualTo(REST);
        awaitEnd();
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(ALL));
    }

    @Test
    void areTakenAgainWhenALockThatNobodyExpectedAnyMoreIsSeen() {
        LockObservation lock = sign();
        commands.sendAndWait(new PurchaseCommand.RequireOperator(sale.purchaseId, ErrorType.NetworkError, "the chain is not known"));
        clock.set(Instant.ofEpochMilli(sale.times.payByTime()).plus(TO_NOTICE));
        awaitEnd();
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(ALL));

        commands.sendAndWait(new PurchaseCommand.RecordLock(sale.purchaseId, lock));
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(REST));
    }

    @Test
    void ofARefundComeBackAndARollbackTakesThemAgain() {
        LockObservation lock = sign();
        commands.sendAndWait(new PurchaseCommand.RecordLock(sale.purchaseId, lock));
        clock.set(Instant.ofEpochMilli(sale.times.submitResultTime()).plus(TO_NOTICE.multipliedBy(2)));
        processors.awaitCaughtUp();
        assertThat(remaining()).isEqualTo(REST);

        TransitionObservation refund = sale.transition(lock.output(), EscrowAction.WithdrawRefund, OnChainState.RefundWithdrawn, "", 0, 0);
        commands.sendAndWait(new PurchaseCommand.RecordTransition(sale.purchaseId, refund));
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(ALL));
        ChainPoint beforeRefund = lock.transaction().at();
        commands.sendAndWait(new PurchaseCommand.UndoFacts(sale.purchaseId, beforeRefund));
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(REST));
        commands.sendAndWait(new PurchaseCommand.RecordTransition(sale.purchaseId, refund));
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(ALL));
    }

    @Test
    void ofAKeyThatIsBrokenHoldNothingUp() {
        LockObservation lock = sign();
        commands.sendAndWait(new PurchaseCommand.RecordLock(sale.purchaseId, lock));
        processors.awaitCaughtUp();
        // As when a version of the node cannot read what another one wrote.
        jdbc.sql("ALTER TABLE domainevententry DISABLE TRIGGER USER").update();
        jdbc.sql("UPDATE domainevententry SET payload = '\\x7b' WHERE aggregateidentifier = ?").param(key.value()).update();
        cache.remove(key.value());

        TransitionObservation refund = sale.transition(lock.output(), EscrowAction.WithdrawRefund, OnChainState.RefundWithdrawn, "", 0, 0);
        commands.sendAndWait(new PurchaseCommand.RecordTransition(sale.purchaseId, refund));
        SaleExample next = new SaleExample(clock.instant());
        commands.sendAndWait(next.createPurchase());
        processors.awaitCaughtUp();
        assertThat(jdbc.sql("SELECT count(*) FROM escrow_position WHERE aggregate_id = ? AND output_index IS NULL")
                .param(sale.purchaseId.value()).query(Long.class).single()).isEqualTo(1);
    }

    /** Nothing is given back before whoever follows the chain says that nothing was locked and nothing can be. */
    private void awaitEnd() {
        await().until(() -> jdbc.sql("SELECT EXISTS (SELECT 1 FROM awaited_end WHERE aggregate_id = ?)").param(sale.purchaseId.value())
                .query(Boolean.class).single());
        processors.awaitCaughtUp();
        assertThat(remaining()).isEqualTo(REST);
        commands.sendAndWait(new PurchaseCommand.ExpirePurchase(sale.purchaseId,
                new ChainPoint(9000, "fe".repeat(32), 900, sale.times.payByTime() + 1)));
    }

    private LockObservation sign() {
        LockObservation lock = sale.lock();
        commands.sendAndWait(new PurchaseCommand.RecordActionInitiated(sale.purchaseId, EscrowAction.Lock, SaleExample.PURCHASING_WALLET,
                lock.transaction().hash(), 5000));
        return lock;
    }

    private void fail() {
        commands.sendAndWait(new PurchaseCommand.RecordActionFailed(sale.purchaseId, EscrowAction.Lock, ErrorType.InsufficientFunds,
                "no money came"));
        processors.awaitCaughtUp();
    }

    private Funds remaining() {
        return events.readEvents(key.value()).asStream().map(DomainEventMessage::getPayload).map(ApiKeyEvent.class::cast)
                .reduce((ApiKeyState) null, ApiKeyState::evolve, (_, last) -> last).remaining();
    }
}
