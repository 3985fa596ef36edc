package io.masumi.node.chain.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.cardano.OutputRef;
import io.masumi.node.chain.SaleExample;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.Party;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.TestPostgres;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** However often an aggregate's events are read again, what is wanted is what they say, read once. */
class IntentOrderProperties {

    /** What an event may say. */
    private enum Saying {
        WANT_RESULT,
        WANT_REFUND,
        WANT_LOCK,
        NOTHING,
        AS_BEFORE,
        RESULT_AGAIN,
        LOCK_AGAIN,
        MOVED,
        GONE
    }

    private static final MutableClock CLOCK = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private static final DataSource DATABASE = database();
    private static final JdbcClient JDBC = JdbcClient.create(DATABASE);
    private static final TransactionTemplate IN_TRANSACTION = new TransactionTemplate(new DataSourceTransactionManager(DATABASE));
    private static final ChainActions ACTIONS = new StoredChainActions(new ActionStore(JDBC, CLOCK),
            new EscrowPositionStore(JDBC), new HeardEvents(JDBC),
            new TransactionStore(JDBC, new ReservationStore(JDBC), CLOCK), _ -> {});

    /** @param forgetful whether the node forgets in between what it heard: as one that never recorded it, before it was upgraded */
    @Property(tries = 150)
    void anyPrefixAndThenEverythingAnyNumberOfTimesIsTheSameAsEverythingOnce(
            @ForAll("sayings") @Size(min = 1, max = 10) List<Saying> events,
            @ForAll @IntRange(max = 10) int prefix, @ForAll @IntRange(min = 1, max = 3) int times, @ForAll boolean forgetful) {
        String once = UUID.randomUUID().toString();
        read(once, events);
        String again = UUID.randomUUID().toString();
        read(again, events.subList(0, Math.min(prefix, events.size())));
        for (int i = 0; i < times; i++) {
            if (forgetful) {
                JDBC.sql("DELETE FROM heard_event WHERE aggregate_id = ?").param(again).update();
            }
            read(again, events);
        }

        assertThat(wanted(again)).isEqualTo(wanted(once));
        assertThat(position(again)).isEqualTo(position(once));
    }

    /** At no instant while old events are read again is anything else wanted. */
    @Property(tries = 100)
    void whileEverythingIsReadAgainNothingChanges(@ForAll("sayings") @Size(min = 1, max = 10) List<Saying> events) {
        String id = UUID.randomUUID().toString();
        read(id, events);
        List<String> wanted = wanted(id);
        String position = position(id);
        for (int event = 0; event < events.size(); event++) {
            hear(id, event, events.get(event));
            assertThat(wanted(id)).isEqualTo(wanted);
            assertThat(position(id)).isEqualTo(position);
        }
    }

    @Provide
    Arbitrary<List<Saying>> sayings() {
        return Arbitraries.of(Saying.class).list();
    }

    private static void read(String id, List<Saying> events) {
        IntStream.range(0, events.size()).forEach(event -> hear(id, event, events.get(event)));
    }

    private static void hear(String id, int event, Saying said) {
        IN_TRANSACTION.executeWithoutResult(_ -> ACTIONS.hear(ActionRole.Payment, id, event, intents -> {
            switch (said) {
                case MOVED -> intents.escrowStands(SaleExample.SOURCE_ID, new OutputRef("aa".repeat(32), event),
                        new EscrowTransaction(String.format("%064x", event), new ChainPoint(event, "ff".repeat(32), event, 0), 0,
                                Party.Seller),
                        event);
                case GONE -> intents.escrowIsGone();
                default -> {
                }
            }
            intents.intend(switch (said) {
                case WANT_RESULT -> new Intent.This(request(id, event, new ChainAction.SubmitResult("ab".repeat(32))));
                case WANT_REFUND -> new Intent.This(request(id, event, new ChainAction.AuthorizeRefund()));
                case WANT_LOCK -> new Intent.This(request(id, event, new ChainAction.RegisterAgent(null, null, null)));
                case NOTHING -> new Intent.Nothing();
                case RESULT_AGAIN -> new Intent.Again(request(id, event, new ChainAction.SubmitResult("ab".repeat(32))), null);
                case LOCK_AGAIN -> new Intent.Again(request(id, event, new ChainAction.RegisterAgent(null, null, null)), null);
                case AS_BEFORE, MOVED, GONE -> new Intent.AsBefore();
            });
        }));
    }

    private static ActionRequest request(String id, int event, ChainAction action) {
        return new ActionRequest(ActionRole.Payment, id, event, SaleExample.SOURCE_ID, List.of("wallet"), action, 0, null);
    }

    /** By kind and the event that wants it, as far as an event of another aggregate can be compared: by their order. */
    private static List<String> wanted(String id) {
        return JDBC
                .sql("SELECT kind || ' ' || coalesce(not_again, '') || ' ' || id FROM chain_action WHERE aggregate_id = ? AND NOT unwanted"
                        + " AND status IN ('Wanted', 'Signed', 'Submitted')")
                .param(id).query(String.class).list().stream()
                .map(row -> row.replace(row.substring(row.lastIndexOf(' ') + 1), event(id, row.substring(row.lastIndexOf(' ') + 1))))
                .toList();
    }

    private static String event(String id, String action) {
        return IntStream.range(0, 10).filter(event -> request(id, event, new ChainAction.AuthorizeRefund()).id().equals(action))
                .mapToObj(Integer::toString).findFirst().orElseThrow();
    }

    private static String position(String id) {
        return JDBC.sql("SELECT transaction_hash || output_index || cooldown_until FROM escrow_position WHERE aggregate_id = ?").param(id)
                .query(String.class).optional().orElse("nowhere");
    }

    private static DataSource database() {
        SingleConnectionDataSource connection = new SingleConnectionDataSource(TestPostgres.newDatabase(), true);
        Flyway.configure().dataSource(connection).locations("classpath:db/migration/chain").load().migrate();
        return connection;
    }
}
