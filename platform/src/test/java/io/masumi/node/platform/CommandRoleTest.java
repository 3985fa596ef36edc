package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.Cache;
import org.axonframework.spring.stereotype.Aggregate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.RejectedException;
import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyCommand;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.access.CreditUse;
import io.masumi.node.access.KeyPermissions;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.NodeTestConfiguration;

/** The aggregates decide on the real store, in processes whose role it is, and nowhere else. */
@NodeTest(classes = NodeTestConfiguration.class)
class CommandRoleTest {

    private static final String TOKEN_HASH = "ab".repeat(32);

    @Autowired
    private CommandGateway commands;
    @Autowired
    private ApplicationContext context;
    @Autowired
    private Cache aggregateCache;
    @Autowired
    private JdbcClient jdbc;

    @Test
    void allAggregatesAreThere() {
        assertThat(context.getBeanNamesForAnnotation(Aggregate.class)).containsExactlyInAnyOrder("paymentAggregate", "purchaseAggregate",
                "agentRegistration", "paymentSource", "hotWallet", "apiKey", "offer",
                "disputeWithdrawal");
    }

    @Test
    void aBusyKeyIsReadBackFromItsSnapshot() {
        ApiKeyId id = ApiKeyId.of(TOKEN_HASH);
        KeyPermissions limited = new KeyPermissions(true, true, false, Set.of(), true, null);
        Funds credits = Funds.of(List.of(Amount.lovelace(1_000)));
        assertThat(commands.<Long>sendAndWait(new ApiKeyCommand.CreateApiKey(id, TOKEN_HASH, "m****d", limited, credits, Requester.NODE)))
                .isZero();
        for (int purchase = 1; purchase <= 220; purchase++) {
            assertThat(commands.<Long>sendAndWait(hold(id, "purchase-" + purchase, 4))).isEqualTo(purchase);
        }

        assertThat(jdbc.sql("SELECT count(*) FROM SnapshotEventEntry WHERE aggregateIdentifier = ?").param(id.value())
                .query(Integer.class).single()).isEqualTo(1);
        aggregateCache.removeAll();

        assertThatThrownBy(() -> commands.sendAndWait(hold(id, "one-too-many", 121)))
                .isInstanceOf(RejectedException.class).hasMessageContaining("left are 120 lovelace");

        jdbc.sql("UPDATE SnapshotEventEntry SET payload = convert_to('no JSON', 'UTF8') WHERE aggregateIdentifier = ?").param(id.value())
                .update();
        aggregateCache.removeAll();
        assertThatThrownBy(() -> commands.sendAndWait(hold(id, "one-too-many", 121)))
                .as("made of its events").isInstanceOf(RejectedException.class).hasMessageContaining("left are 120 lovelace");
    }

    private static ApiKeyCommand.HoldCredits hold(ApiKeyId id, String purchase, long lovelace) {
        return new ApiKeyCommand.HoldCredits(id, purchase, CreditUse.Purchase, Funds.lovelace(lovelace), "a request", true, Long.MAX_VALUE);
    }

    @Test
    void inOtherRolesThereAreNone() {
        new ApplicationContextRunner().withUserConfiguration(CommandRoleAutoConfiguration.class).withPropertyValues("masumi.roles=query")
                .run(other -> assertThat(other.getBeanNamesForAnnotation(Aggregate.class)).isEmpty());
    }
}
