package io.masumi.node.chain.follower;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.RecordCommands;
import io.masumi.node.chain.follower.ending.AwaitedEnds;
import io.masumi.node.chain.follower.reading.AwaitedTransactions;
import io.masumi.node.chain.follower.reading.FinalReadings;
import io.masumi.node.chain.follower.reading.Rereadings;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.purchase.PurchaseId;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Records are told of their end after the contract's list was read once more, each of its own. */
class SaleExpiriesTest {

    private static final PaymentSourceId SOURCE = new PaymentSourceId("csource");
    private static final ChainPoint FOLLOWED = new ChainPoint(2000, "ff".repeat(32), 100, 2_000_000);
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final DriverManagerDataSource pool = new DriverManagerDataSource(TestPostgres.newDatabase());
    private final JdbcClient jdbc = migrated();
    private final FollowerStore store = new FollowerStore(jdbc, new TransactionTemplate(new DataSourceTransactionManager(pool)),
            new AwaitedTransactions(jdbc, clock), clock);
    private final AwaitedEnds ends = new AwaitedEnds(jdbc, clock);
    private final EmbeddedEventStore events = EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final List<Object> told = new ArrayList<>();
    private final FailedRecordings untold = new FailedRecordings(jdbc);
    private boolean broken;
    private final SaleExpiries expiries = new SaleExpiries(store, new FinalReadings(new Rereadings(jdbc, clock), new Sources(jdbc), events),
            ends,
            new RecordCommands(DefaultCommandGateway.builder().commandBus(bus).build(), jdbc));

    @BeforeEach
    void twoSalesAreToEnd() {
        bus.subscribe(PaymentCommand.ExpirePayment.class.getName(), command -> told.add(command.getPayload()));
        bus.subscribe(PurchaseCommand.ExpirePurchase.class.getName(), command -> {
            if (broken) {
                throw new IllegalStateException("its events cannot be read");
            }
            return told.add(command.getPayload());
        });
        events.publish(new GenericDomainEventMessage<>("Payment", "cpayment", 0, "created"),
                new GenericDomainEventMessage<>("Purchase", "cpurchase", 0, "created"));
        jdbc.sql("""
                INSERT INTO chain_source (id, network, smart_contract_address, policy_id, required_admin_signatures, admin_addresses,
                    fee_address, fee_rate_permille, cooldown_ms, provider_url)
                VALUES ('csource', 'Preprod', 'addr_test1contract', 'policy', 1, '{}', 'fee', 50, 1000, 'http://localhost:1')""").update();
        store.advance(SOURCE, Cursor.after(FOLLOWED));
        ends.await(ActionRole.Purchase, "cpurchase", SOURCE, FOLLOWED.blockTime() - 1);
        ends.await(ActionRole.Payment, "cpayment", SOURCE, FOLLOWED.blockTime() - 1);
    }

    @Test
    void nobodyIsToldBeforeTheListWasReadOnceMore() {
        expiries.expireDue(SOURCE, FOLLOWED.blockHeight());
        assertThat(told).isEmpty();
        assertThat(jdbc.sql("SELECT count(*) FROM rereading WHERE finished_at IS NULL").query(Long.class).single()).isEqualTo(1);

        clock.advance(A_WHILE);
        expiries.expireDue(SOURCE, FOLLOWED.blockHeight());
        assertThat(told).isEmpty();

        readOnceMore();
        clock.advance(A_WHILE);
        expiries.expireDue(SOURCE, FOLLOWED.blockHeight());
        assertThat(told).containsExactlyInAnyOrder(new PaymentCommand.ExpirePayment(new PaymentId("cpayment"), FOLLOWED),
                new PurchaseCommand.ExpirePurchase(new PurchaseId("cpurchase"), FOLLOWED));
        assertThat(ends.due(SOURCE, FOLLOWED, FOLLOWED.blockHeight(), 10)).isEmpty();
    }

    /** The sale was made by this node's clock, and the lock is in a block of the chain's. */
    @Test
    void theListIsReadFromBeforeTheSaleWasMadeAlsoByAClockThatWasFast() {
        long made = events.readEvents("cpayment").peek().getTimestamp().toEpochMilli();
        expiries.expireDue(SOURCE, FOLLOWED.blockHeight());
        assertThat(jdbc.sql("SELECT from_time FROM rereading").query(Long.class).single()).isLessThanOrEqualTo(made - 3_600_000);
    }

    @Test
    void aBrokenRecordHoldsUpNoOtherAndIsToldInTheEnd() {
        broken = true;
        expiries.expireDue(SOURCE, FOLLOWED.blockHeight());
        readOnceMore();
        clock.advance(A_WHILE);
        expiries.expireDue(SOURCE, FOLLOWED.blockHeight());
        assertThat(told).containsExactly(new PaymentCommand.ExpirePayment(new PaymentId("cpayment"), FOLLOWED));
        assertThat(untold.concerns()).singleElement().satisfies(concern -> assertThat(concern.reason())
                .contains("nothing was locked for it in time").doesNotContain("cannot be read"));

        broken = false;
        clock.advance(A_WHILE);
        expiries.expireDue(SOURCE, FOLLOWED.blockHeight());
        assertThat(told).hasSize(2);
        assertThat(untold.concerns()).isEmpty();
    }

    private void readOnceMore() {
        jdbc.sql("UPDATE rereading SET finished_at = now(), through_time = ?").param(FOLLOWED.blockTime()).update();
    }

    private JdbcClient migrated() {
        Flyway.configure().dataSource(pool).locations("classpath:db/migration/chain").load().migrate();
        return JdbcClient.create(pool);
    }
}
