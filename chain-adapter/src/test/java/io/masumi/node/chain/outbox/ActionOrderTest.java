package io.masumi.node.chain.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.chain.SaleExample;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.source.ContractScript;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Nobody waits for ever because others are many, or fail again and again. */
class ActionOrderTest {

    private static final ChainAction RESULT = new ChainAction.SubmitResult("ab".repeat(32));
    private static final ChainAction REFUND = new ChainAction.RequestRefund();

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private JdbcClient jdbc;
    private final ActionStore actions = store();

    @Test
    void whatWaitsLongestComesFirst() {
        want("a", "wallet", RESULT);
        clock.advance(Duration.ofSeconds(1));
        want("b", "wallet", RESULT);

        assertThat(due(10)).containsExactly("a", "b");
        assertThat(due(1)).containsExactly("a");
    }

    @Test
    void manyOfAKindOrOfAWalletDoNotHoldUpAFewOfAnother() {
        for (int i = 0; i < 20; i++) {
            want("flood" + i, "wallet", RESULT);
        }
        clock.advance(Duration.ofMinutes(1));
        want("other kind", "wallet", REFUND);
        want("other wallet", "another", RESULT);

        assertThat(due(3)).containsExactly("flood0", "other kind", "other wallet");
        assertThat(due(4)).endsWith("flood1");
    }

    @Test
    void whatWasTriedInVainGoesBehindWhatWaits() {
        want("stuck", "wallet", RESULT);
        clock.advance(Duration.ofSeconds(1));
        want("patient", "wallet", RESULT);
        actions.postpone(actions.due(SaleExample.SOURCE_ID, 1).getFirst().id(), Duration.ofSeconds(2));

        assertThat(due(10)).containsExactly("patient");
        clock.advance(Duration.ofSeconds(2));
        assertThat(due(1)).containsExactly("patient");
        assertThat(due(10)).containsExactly("patient", "stuck");
    }

    @Test
    void aRowThatCannotBeReadIsLeftOutAndWrittenAnewWhenItsActionIsWantedAgain() {
        ActionRequest deployment = new ActionRequest(ActionRole.PaymentSource, SaleExample.SOURCE_ID.value(), 1, SaleExample.SOURCE_ID,
                List.of("wallet"), new ChainAction.DeployReferenceScript(ContractScript.Escrow), clock.millis(), null);
        actions.insert(deployment);
        want("other", "wallet", RESULT);
        jdbc.sql("UPDATE chain_action SET parameters = '{}' WHERE id = ?").param(deployment.id()).update();
        List<String> unreadable = new ArrayList<>();
        assertThat(actions.due(SaleExample.SOURCE_ID, 10, each -> unreadable.add(each.kind()))).hasSize(1);
        assertThat(unreadable).containsExactly("DeployReferenceScript");

        actions.failed(deployment.id(), "it cannot be read");
        actions.takeBack(deployment.id());
        actions.revive(deployment);
        assertThat(actions.due(SaleExample.SOURCE_ID, 10)).extracting(PendingAction::action).contains(deployment.action());
    }

    private void want(String aggregateId, String wallet, ChainAction action) {
        actions.insert(new ActionRequest(ActionRole.Payment, aggregateId, 1, SaleExample.SOURCE_ID, List.of(wallet), action,
                clock.millis(), null));
    }

    private List<String> due(int limit) {
        return actions.due(SaleExample.SOURCE_ID, limit).stream().map(PendingAction::aggregateId).toList();
    }

    private ActionStore store() {
        DriverManagerDataSource pool = new DriverManagerDataSource(TestPostgres.newDatabase());
        Flyway.configure().dataSource(pool).locations("classpath:db/migration/chain").load().migrate();
        jdbc = JdbcClient.create(pool);
        return new ActionStore(jdbc, clock);
    }
}
