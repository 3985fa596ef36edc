package io.masumi.node.chain.follower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.cardano.provider.AddressTransaction;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.chain.follower.reading.AwaitedTransactions;
import io.masumi.node.chain.follower.reading.FinalReadings;
import io.masumi.node.chain.follower.reading.Rereading;
import io.masumi.node.chain.follower.reading.Rereadings;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.Network;
import io.masumi.node.chain.source.Source;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.TestPostgres;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever a provider never shows, or fails at, holds up that re-reading for a while, and no other. */
@Tag("slow")
class RereadingWorkTest {

    private static final PaymentSourceId SOURCE = new PaymentSourceId("csource");
    private static final ChainPoint TIP = new ChainPoint(2000, "ff".repeat(32), 100, 2_000_000);
    /** Far more than the tries and waits that the provider is given. */
    private static final int MANY_LOOKS = 60;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final DriverManagerDataSource pool = new DriverManagerDataSource(TestPostgres.newDatabase());
    private final JdbcClient jdbc = migrated();
    private final AwaitedTransactions awaited = new AwaitedTransactions(jdbc, clock);
    private final FollowerStore store = new FollowerStore(jdbc, new TransactionTemplate(new DataSourceTransactionManager(pool)), awaited,
            clock);
    private final Rereadings rereadings = new Rereadings(jdbc, clock);
    private final EmbeddedEventStore events = EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
    private final FinalReadings looks = new FinalReadings(rereadings, new Sources(jdbc), events);
    private final Comparison comparison = new Comparison(store, new KnownSales(events, jdbc), awaited, rereadings,
            new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("masumi.chain", ChainSettings.class), clock);
    private final RereadingWork work = new RereadingWork(store, rereadings, awaited, comparison, new SourceStandings(jdbc, clock));
    private final Source source = view();

    private final TreeMap<Long, String> listed = new TreeMap<>();
    private boolean unspentOutputsAreShown = true;
    private boolean oldBlocksAreShown = true;
    private int scans;
    private final ChainProvider provider = (ChainProvider) Proxy.newProxyInstance(ChainProvider.class.getClassLoader(),
            new Class<?>[]{ChainProvider.class}, (_, method, arguments) -> switch (method.getName()) {
                case "shows" -> true;
                case "blockAt" -> oldBlocksAreShown ? Optional.of(new ChainPoint(0, "00".repeat(32), 0, 0)) : Optional.empty();
                case "transactionsAt" -> listed.tailMap((Long) arguments[1]).entrySet().stream()
                        .map(each -> new AddressTransaction(each.getValue(), each.getKey(), 0)).toList();
                case "unspent" -> {
                    scans++;
                    if (!unspentOutputsAreShown) {
                        throw new ProviderUnavailableException("too many outputs", null);
                    }
                    yield null;
                }
                default -> throw new UnsupportedOperationException(method.getName());
            });

    @BeforeEach
    void followed() {
        events.publish(new GenericDomainEventMessage<>("Payment", "cpayment", 0, "created", Map.of(), "1", Instant.EPOCH.plusMillis(10)));
        jdbc.sql("""
                INSERT INTO chain_source (id, network, smart_contract_address, policy_id, required_admin_signatures, admin_addresses,
                    fee_address, fee_rate_permille, cooldown_ms, provider_url)
                VALUES ('csource', 'Preprod', 'addr_test1contract', 'policy', 1, '{}', 'fee', 50, 1000, 'http://localhost:1')""").update();
        store.advance(SOURCE, Cursor.after(TIP));
        recorded("aa", 10);
        recorded("bb", 50);
        listed.put(10L, "aa");
        listed.put(50L, "bb");
    }

    @Test
    void aListThatNeverShowsWhatIsRecordedHoldsUpNoOtherAndItsReadingOnlyForAWhile() {
        listed.remove(10L);
        Rereading lacking = rereadings.order(SOURCE, 5, "lacks a transaction");
        Rereading whole = rereadings.order(SOURCE, 20, "lacks nothing");

        look();
        look();
        assertThat(isFinished(whole)).isTrue();
        assertThat(isFinished(lacking)).isFalse();
        assertThat(look()).as("nothing to do at once").isFalse();

        clock.advance(Duration.ofMinutes(10));
        look();
        assertThat(isFinished(lacking)).as("an index that is behind gets its time").isFalse();
        lookManyTimes();
        assertThat(isFinished(lacking)).isTrue();
    }

    @Test
    void aComparisonThatFailsHoldsUpAReadingOnlyForAWhile() {
        unspentOutputsAreShown = false;
        Rereading order = rereadings.order(SOURCE, 5, "compared at its end");

        assertThatCode(this::look).doesNotThrowAnyException();
        assertThat(isFinished(order)).isFalse();
        lookManyTimes();
        assertThat(isFinished(order)).isTrue();
    }

    @Test
    void aReadingWhoseFirstBlockIsNotShownHoldsUpNoOther() {
        oldBlocksAreShown = false;
        jdbc.sql("DELETE FROM observed_block WHERE block_height < 100").update();
        assertThat(looks.isOver(SOURCE, "cpayment", 1)).isFalse();
        Rereading other = rereadings.order(SOURCE, 20, "needs no old block");

        assertThatCode(this::look).doesNotThrowAnyException();
        look();
        assertThat(isFinished(other)).isTrue();
    }

    @Test
    void whatIsAwaitedOrdersNoSecondReadingOfWhatWasRead() {
        assertThat(looks.isOver(SOURCE, "cpayment", 1)).isFalse();
        look();
        look();
        assertThat(looks.isOver(SOURCE, "cpayment", 1)).isTrue();

        awaited.await(SOURCE, "cc", 30, "for the test");
        assertThat(looks.isOver(SOURCE, "cpayment", 1)).isFalse();
        assertThat(rereadings.next(SOURCE)).isEmpty();
    }

    @Test
    void aComparisonThatFailsStopsNothingAndIsTriedAgainOnlyWhenItsTimeComes() {
        unspentOutputsAreShown = false;
        assertThatCode(() -> comparison.whenDue(source, provider)).doesNotThrowAnyException();
        comparison.whenDue(source, provider);
        assertThat(scans).isEqualTo(1);

        clock.advance(Duration.ofMinutes(10));
        comparison.whenDue(source, provider);
        assertThat(scans).isEqualTo(2);
    }

    /** It stood at the contract once, and a rollback took it away before it was read. */
    @Test
    void whatIsNotAtTheContractAnyMoreIsNotAwaitedForEver() {
        awaited.await(SOURCE, "dd", "an escrow of ours stood there");
        awaited.await(SOURCE, "ee", 60, "it is ours");

        comparison.whenDue(source, provider);
        assertThat(jdbc.sql("SELECT hash FROM awaited_transaction").query(String.class).list()).containsExactly("ee");
    }

    private boolean look() {
        return work.goOn(source, TIP, provider);
    }

    private void lookManyTimes() {
        for (int i = 0; i < MANY_LOOKS; i++) {
            clock.advance(Duration.ofMinutes(5));
            look();
        }
    }

    private boolean isFinished(Rereading order) {
        return jdbc.sql("SELECT finished_at IS NOT NULL FROM rereading WHERE number = ?").param(order.number()).query(Boolean.class)
                .single();
    }

    private void recorded(String hash, long height) {
        ChainTransaction transaction = new ChainTransaction(hash, new ChainPoint(height, hash.repeat(32), height, height), 0, 0, true,
                List.of(), List.of(), List.of());
        store.recording(SOURCE, transaction, SaleRecords.of(List.of()));
    }

    private static Source view() {
        return new Source(SOURCE, Network.Preprod,
                "addr_test1contract", "policy", new ContractParameters(1, List.of(), "fee", 50, 1000), "http://localhost:1",
                Optional.empty(), Optional.empty());
    }

    private JdbcClient migrated() {
        Flyway.configure().dataSource(pool).locations("classpath:db/migration/chain").load().migrate();
        return JdbcClient.create(pool);
    }
}
