package io.masumi.node.gateway.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masumi.node.gateway.HttpProbe;
import io.masumi.node.gateway.HttpProbe.Answer;
import io.masumi.node.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of different roles on one PostgreSQL server, without Axon Server: the events and views are one, commands stay
 * in their process.
 */
class TwoProcessesTest {

    private static final String ADMIN_KEY = "the admin key of two processes";
    private static final String NEW_KEY = """
            {"permission": "Read", "usageLimited": "false", "UsageCredits": []}""";

    @TempDir
    Path scratch;

    @Test
    void readsAreServedByAProcessOfItsOwnWhichOutlivesTheOther() {
        Map<String, String> shared = Map.of("MASUMI_DATABASE_URL", TestPostgres.newDatabase(), "ADMIN_KEY", ADMIN_KEY, "ENCRYPTION_KEY",
                "the encryption key of two processes");
        Path whole = scratch.resolve("whole");
        Path reader = scratch.resolve("reader");
        try (NodeProcess everything = NodeProcess.start(whole, shared);
                NodeProcess reads = NodeProcess.start(reader, with(shared, "MASUMI_ROLES", "query,gateway", "MASUMI_DEVNET_ENABLED",
                        "false"))) {
            HttpProbe writing = new HttpProbe(everything.port());
            HttpProbe reading = new HttpProbe(reads.port());
            assertThat(reading.get("/api/v1/payment-source", ADMIN_KEY).data())
                    .isEqualTo(writing.get("/api/v1/payment-source", ADMIN_KEY).data());

            String made = SaleClient.ok(writing.post("/api/v1/api-key", NEW_KEY, ADMIN_KEY)).path("token").asString();
            await().atMost(Duration.ofSeconds(30)).until(() -> reading.get("/api/v1/api-key-status", made).status() == 200);

            Answer refused = reading.post("/api/v1/api-key", NEW_KEY, ADMIN_KEY);
            assertThat(refused.status()).as(refused.text()).isEqualTo(503);
            assertThat(keys(writing)).as("what was refused changed nothing").isEqualTo(2);

            everything.kill();
            assertThat(keys(reading)).isEqualTo(2);
            assertThat(reading.get("/api/v1/wallet/list", ADMIN_KEY).data().path("Wallets")).hasSize(2);
        }
    }

    private static int keys(HttpProbe http) {
        return SaleClient.ok(http.get("/api/v1/api-key", ADMIN_KEY)).path("ApiKeys").size();
    }

    private static Map<String, String> with(Map<String, String> shared, String... more) {
        Map<String, String> all = new HashMap<>(shared);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }
}
