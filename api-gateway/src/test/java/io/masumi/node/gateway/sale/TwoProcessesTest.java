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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Two processes of different roles on one PostgreSQL server, without Axon Server: the events and views are one, commands stay
 * in their process.
 */
@Tag("slow")
class TwoProcessesTest {

    private static final String ADMIN_KEY = "the admin key of two processes";
    private static final String NEW_KEY = """
            {"permission": "Read", "usageLimited": "false", "UsageCredits": []}""";

    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    Path scratch;

    @Test
    void aReaderAndAFullNodeGoOnThroughRestartsOfEach() {
        Map<String, String> shared = Map.of("MASUMI_DATABASE_URL", TestPostgres.newDatabase(), "ADMIN_KEY", ADMIN_KEY, "ENCRYPTION_KEY",
                "the encryption key of two processes");
        Path whole = scratch.resolve("whole");
        Map<String, String> reads = with(shared, "MASUMI_ROLES", "query,gateway", "MASUMI_DEVNET_ENABLED", "false");
        NodeProcess everything = NodeProcess.start(whole, shared);
        try (NodeProcess reader = NodeProcess.start(scratch.resolve("reader"), reads)) {
            HttpProbe reading = new HttpProbe(reader.port());
            HttpProbe writing = new HttpProbe(everything.port());
            assertThat(reading.get("/api/v1/payment-source", ADMIN_KEY).data())
                    .isEqualTo(writing.get("/api/v1/payment-source", ADMIN_KEY).data());
            writesShowEverywhereWhoeverProjects(writing, reading);

            Answer refused = reading.post("/api/v1/api-key", NEW_KEY, ADMIN_KEY);
            assertThat(refused.status()).as(refused.text()).isEqualTo(503);
            assertThat(refused.error()).contains("query and gateway", "full process");
            String address = writing.get("/api/v1/wallet/list", ADMIN_KEY).data().at("/Wallets/0/walletAddress").asString();
            Answer chain = reading.get("/api/v1/utxos?network=Preprod&address=" + address, ADMIN_KEY);
            assertThat(chain.status()).as(chain.text()).isEqualTo(503);
            assertThat(chain.error()).contains("full process");

            HttpProbe well = reading;
            await("a reader is well by itself").atMost(SOON)
                    .until(() -> well.get("/api/v1/health", null).data().path("status").asString().equals("ok"));

            // The reader has all views now, and gives some back.
            everything.close();
            assertThat(reading.get("/api/v1/wallet/list", ADMIN_KEY).data().path("Wallets")).hasSize(2);
            everything = NodeProcess.start(whole, shared);
            writing = new HttpProbe(everything.port());
            writesShowEverywhereWhoeverProjects(writing, reading);

            // Whatever it projected is late by as long as its claims last, and no answer is later than a client waits.
            reader.kill();
            Answer made = writing.post("/api/v1/api-key", NEW_KEY, ADMIN_KEY);
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            try (NodeProcess again = NodeProcess.start(scratch.resolve("reader"), reads)) {
                reading = new HttpProbe(again.port());
                int known = keys(writing);
                everything.kill();
                assertThat(keys(reading)).isEqualTo(known);
            }
        } finally {
            everything.close();
        }
    }

    private static void writesShowEverywhereWhoeverProjects(HttpProbe writing, HttpProbe reading) {
        for (int i = 0; i < 3; i++) {
            JsonNode made = SaleClient.ok(writing.post("/api/v1/api-key", NEW_KEY, ADMIN_KEY));
            String token = made.path("token").asString();
            await().atMost(SOON).until(() -> reading.get("/api/v1/api-key-status", token).status() == 200);
            assertThat(writing.get("/api/v1/api-key-status", token).status()).isEqualTo(200);
            SaleClient.ok(writing.send("PATCH", "/api/v1/api-key",
                    "{\"id\": \"" + made.path("id").asString() + "\", \"status\": \"Revoked\"}", ADMIN_KEY,
                    "application/json"));
            assertThat(writing.get("/api/v1/api-key-status", token).status()).as("where it was revoked").isEqualTo(401);
            await("revoked everywhere").atMost(SOON).until(() -> reading.get("/api/v1/api-key-status", token).status() == 401);
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
