package io.masumi.node.chain.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masumi.node.DerivedId;
import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyCommand;
import io.masumi.node.access.ApiKeyEvent;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.access.CreditUse;
import io.masumi.node.access.KeyPermissions;
import io.masumi.node.chain.SaleExample;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.purchase.PurchaseState;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.registry.RegistrationCommand;
import io.masumi.node.registry.RegistrationId;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.NodeTestConfiguration;
import io.masumi.node.testing.Processors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The credits that a purchase took are back once it is sure that nothing was paid with them, whatever the order of events. */
@NodeTest(classes = NodeTestConfiguration.class, properties = {"masumi.roles=command,query,chain",
        "masumi.encryption-key=a-key-for-tests-only-0123456789abcdef", "masumi.deadlines.polling-interval=50ms"})
@Tag("slow")
class CreditsTest {

    private static final Funds ALL = Funds.lovelace(20_000_000);
    /** The price of 5 ADA, and a fee of 1 ADA at most. */
    private static final Funds HELD = Funds.lovelace(14_000_000);
    /** 6.5 ADA are locked, for a fee of 0.2 ADA. */
    private static final Funds LOCKED = Funds.lovelace(13_300_000);
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
        commands.sendAndWait(new ApiKeyCommand.HoldCredits(key, sale.purchaseId.value(), CreditUse.Purchase, Funds.lovelace(6_000_000),
                "a request", true, clock.instant().plus(TO_NOTICE).toEpochMilli()));
        commands.sendAndWait(sale.createPurchase(new Requester(key.value(), false)));
        processors.awaitCaughtUp();
        assertThat(remaining()).isEqualTo(HELD);
    }

    @Test
    void ofALockThatFailedComeBackWhenItCannotBeTriedAgain() {
        fail();
        assertThat(remaining()).isEqualTo(HELD);

        clock.set(Instant.ofEpochMilli(sale.times.payByTime()).plus(TO_NOTICE));
        awaitEnd();
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(ALL));
    }

    @Test
    void ofALockThatIsUnderWayComeBackOnlyWhenItIsSureThatItCannotLand() {
        clock.set(Instant.ofEpochMilli(sale.times.payByTime()).plus(TO_NOTICE.multipliedBy(2)));
        processors.awaitCaughtUp();
        assertThat(remaining()).isEqualTo(HELD);

        fail();
        assertThat(remaining()).isEqualTo(HELD);
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
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(LOCKED));
    }

    @Test
    void ofARefundComeBackButForItsFeesAndARollbackTakesThemAgain() {
        LockObservation lock = sign();
        commands.sendAndWait(new PurchaseCommand.RecordLock(sale.purchaseId, lock));
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(LOCKED));
        clock.set(Instant.ofEpochMilli(sale.times.submitResultTime()).plus(TO_NOTICE.multipliedBy(2)));
        processors.awaitCaughtUp();
        assertThat(remaining()).isEqualTo(LOCKED);

        Funds allButTwoFees = Funds.lovelace(19_600_000);
        TransitionObservation refund = refunded(lock);
        commands.sendAndWait(new PurchaseCommand.RecordTransition(sale.purchaseId, refund));
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(allButTwoFees));
        ChainPoint beforeRefund = lock.transaction().at();
        commands.sendAndWait(new PurchaseCommand.UndoFacts(sale.purchaseId, beforeRefund));
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(LOCKED));
        commands.sendAndWait(new PurchaseCommand.RecordTransition(sale.purchaseId, refund));
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(allButTwoFees));

        clock.advance(Duration.ofDays(2));
        await().untilAsserted(() -> assertThat(eventsOfKey().getLast()).isInstanceOf(ApiKeyEvent.CreditsClosed.class));
        assertThat(remaining()).isEqualTo(allButTwoFees);
    }

    /** What the chain would be asked for is paid first, whoever else was faster: it is not done for nothing. */
    @Test
    void thatDoNotSufficeLeaveTheActionUndoneWithANote() {
        LockObservation lock = sign();
        commands.sendAndWait(new PurchaseCommand.RecordLock(sale.purchaseId, lock));
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(LOCKED));
        take(LOCKED);

        commands.sendAndWait(new PurchaseCommand.RequestRefund(sale.purchaseId, new Requester(key.value(), false)));
        await().untilAsserted(() -> assertThat(purchase().next().phase()).isEqualTo(NextAction.Phase.WaitingForManualAction));
        assertThat(purchase().next().errorType()).isEqualTo(ErrorType.InsufficientFunds);
        assertThat(purchase().next().errorNote()).contains("1000000 lovelace are missing");
        assertThat(jdbc.sql("SELECT count(*) FROM chain_action WHERE aggregate_id = ? AND kind = 'RequestRefund'")
                .param(sale.purchaseId.value()).query(Long.class).single()).isZero();

        commands.sendAndWait(new ApiKeyCommand.ChangeApiKey(key, Funds.lovelace(1_000_000), Funds.NONE, KeyPermissions.Changes.NONE, null,
                Requester.NODE));
        commands.sendAndWait(new PurchaseCommand.RecoverFromError(sale.purchaseId, true, new Requester(key.value(), false)));
        await().untilAsserted(
                () -> assertThat(jdbc.sql("SELECT count(*) FROM chain_action WHERE aggregate_id = ? AND kind = 'RequestRefund'")
                        .param(sale.purchaseId.value()).query(Long.class).single()).isEqualTo(1));
        assertThat(remaining()).isEqualTo(Funds.NONE);
    }

    @Test
    void ofARegistrationAreItsFeesAndOfAnAgentThatFailsNothing() {
        RegistrationId agent = new RegistrationId(DerivedId.of("agent-of", sale.purchaseId.value()));
        commands.sendAndWait(
                new ApiKeyCommand.HoldCredits(key, agent.value(), CreditUse.Registration, Funds.lovelace(3_000_000), "mint", true,
                        clock.instant().plus(TO_NOTICE).toEpochMilli()));
        commands.sendAndWait(new RegistrationCommand.RequestRegistration(agent, SaleExample.SOURCE, SaleExample.SELLING_WALLET, null, null,
                new AgentDetails("agent", "works", "https://agent.example.com", List.of(),
                        new AgentDetails.Capability("tests", "1"), new AgentDetails.Author("Masumi", null, null, null), null, List.of(),
                        new AgentPricing(PricingType.Free, Funds.NONE), "image", 1),
                new Requester(key.value(), false)));
        processors.awaitCaughtUp();
        assertThat(remaining()).isEqualTo(Funds.lovelace(11_000_000));

        EscrowTransaction mint = sale.lock().transaction();
        commands.sendAndWait(new RegistrationCommand.RecordTransactionInitiated(agent, SaleExample.AGENT, mint.hash(), 5000,
                SaleExample.SELLING_WALLET));
        commands.sendAndWait(new RegistrationCommand.RecordTransactionConfirmed(agent, mint));
        await().untilAsserted(() -> assertThat(remaining()).isEqualTo(Funds.lovelace(13_800_000)));
    }

    /** Sellers mostly have no credits: an allowance pays until what they earn repays it. */
    @Test
    void ofASaleAreTheAllowances() {
        Requester seller = new Requester(key.value(), false);
        take(HELD);
        SaleExample own = new SaleExample(clock.instant());
        commands.sendAndWait(own.createPayment(seller));
        LockObservation lock = own.lock();
        commands.sendAndWait(new PaymentCommand.RecordLock(own.paymentId, lock));
        processors.awaitCaughtUp();
        assertThat(eventsOfKey()).noneMatch(event -> event instanceof ApiKeyEvent.CreditsAllotted taken && taken.use() == CreditUse.Sale);

        commands.sendAndWait(new PaymentCommand.SubmitResult(own.paymentId, SaleExample.RESULT_HASH, seller));
        await().untilAsserted(() -> assertThat(ofSale()).isEqualTo(1_000_000));
        assertThat(
                jdbc.sql("SELECT count(*) FROM chain_action WHERE aggregate_id = ? AND kind = 'SubmitResult'").param(own.paymentId.value())
                        .query(Long.class).single())
                .isEqualTo(1);
        TransitionObservation result = own.transition(lock.output(), EscrowAction.SubmitResult, OnChainState.ResultSubmitted,
                SaleExample.RESULT_HASH, 0, 0);
        commands.sendAndWait(new PaymentCommand.RecordTransition(own.paymentId, result));
        await().untilAsserted(() -> assertThat(ofSale()).isEqualTo(200_000));
        commands.sendAndWait(new PaymentCommand.RecordTransition(own.paymentId,
                own.transition(result.output(), EscrowAction.Withdraw, OnChainState.Withdrawn, "", 0, 0)));
        await().untilAsserted(() -> assertThat(ofSale()).isZero());
    }

    /** What the newest event about a sale says that the sale takes of the allowance, lovelace. */
    private long ofSale() {
        return eventsOfKey().reversed().stream().filter(ApiKeyEvent.CreditsAllotted.class::isInstance)
                .map(ApiKeyEvent.CreditsAllotted.class::cast).filter(event -> event.use() == CreditUse.Sale).findFirst()
                .map(ApiKeyEvent.CreditsAllotted::fromAllowance).orElse(-1L);
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

        commands.sendAndWait(new PurchaseCommand.RecordTransition(sale.purchaseId, refunded(lock)));
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
        assertThat(remaining()).isEqualTo(HELD);
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

    /** All of it comes back to the buyer. */
    private TransitionObservation refunded(LockObservation lock) {
        TransitionObservation refund = sale.transition(lock.output(), EscrowAction.WithdrawRefund, OnChainState.RefundWithdrawn, "", 0, 0);
        return new TransitionObservation(refund.action(), refund.spent(), null, null, Funds.NONE, Funds.NONE, SaleExample.LOCKED,
                refund.transaction());
    }

    private void take(Funds credits) {
        commands.sendAndWait(new ApiKeyCommand.ChangeApiKey(key, Funds.NONE, credits, KeyPermissions.Changes.NONE, null, Requester.NODE));
    }

    private PurchaseState purchase() {
        return events.readEvents(sale.purchaseId.value()).asStream().map(DomainEventMessage::getPayload).map(PurchaseEvent.class::cast)
                .reduce((PurchaseState) null, PurchaseState::evolve, (_, last) -> last);
    }

    private List<ApiKeyEvent> eventsOfKey() {
        return events.readEvents(key.value()).asStream().map(DomainEventMessage::getPayload).map(ApiKeyEvent.class::cast).toList();
    }

    private Funds remaining() {
        return switch (eventsOfKey().getLast()) {
            case ApiKeyEvent.ApiKeyCreated e -> e.credits();
            case ApiKeyEvent.CreditsAllotted e -> e.left();
            case ApiKeyEvent.CreditsClosed e -> e.left();
            case ApiKeyEvent.CreditsChanged e -> e.left();
            default -> throw new IllegalStateException("an event of another kind");
        };
    }
}
