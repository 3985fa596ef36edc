package io.masumi.node.chain.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.masumi.node.chain.SaleExample;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.TestPostgres;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What waited for money before the kind of an error had a column of its own still does, and nothing else. */
@Tag("slow")
class ErrorKindsMigrationTest {

    @Test
    void whatWaitsForMoneyGoesOnWaitingForIt() {
        SingleConnectionDataSource connection = new SingleConnectionDataSource(TestPostgres.newDatabase(), true);
        FluentConfiguration chain = Flyway.configure().dataSource(connection).locations("classpath:db/migration/chain");
        chain.target("399").load().migrate();
        JdbcClient jdbc = JdbcClient.create(connection);
        for (String error : new String[]{"InsufficientFunds: wallet addr: lacks 5", "the escrow has no output", null}) {
            jdbc.sql("""
                    INSERT INTO chain_action (id, role, aggregate_id, source_id, wallet_ids, kind, parameters, not_before, status, error,
                                              retry_at, created_at, updated_at)
                    VALUES (:id, 'Payment', 'record', :source, '{}', 'RequestRefund', '{"kind": "RequestRefund"}', 0, 'Wanted', :error,
                            '2025-01-01', '2025-01-01', '2025-01-01')""")
                    .param("id", "of " + error).param("source", SaleExample.SOURCE_ID.value()).param("error", error).update();
        }

        chain.target("latest").outOfOrder(true).load().migrate();
        ActionStore actions = new ActionStore(jdbc, new MutableClock(Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(actions.due(SaleExample.SOURCE_ID, 10)).extracting(PendingAction::waitsForMoney, PendingAction::error)
                .containsExactlyInAnyOrder(tuple(true, "wallet addr: lacks 5"),
                        tuple(false, "the escrow has no output"),
                        tuple(false, null));
        assertThat(actions.waitingForMoney()).singleElement().satisfies(concern -> assertThat(concern.reason()).startsWith("1 actions"));
    }
}
