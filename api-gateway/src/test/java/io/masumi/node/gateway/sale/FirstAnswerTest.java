package io.masumi.node.gateway.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masumi.node.gateway.HttpProbe;
import io.masumi.node.gateway.node.RunningNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the first 200 of {@code /health} on, all that a client does first works. */
@Tag("slow")
class FirstAnswerTest {

    @TempDir
    Path scratch;

    @Test
    void everythingIsThereWhenTheNodeFirstSaysThatItIsWell() throws IOException {
        Path data = scratch.resolve("data");
        int port = freePort();
        try (NodeProcess _ = NodeProcess.begin(data, port)) {
            HttpProbe http = new HttpProbe(port);
            Set<Integer> seen = new HashSet<>();
            await("first 200").atMost(Duration.ofMinutes(3)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(() -> {
                seen.add(status(http));
                return seen.contains(200);
            });
            String key = Files.readString(data.resolve(RunningNode.ADMIN_KEY_FILE)).strip();
            assertThat(http.get("/api/v1/api-key-status", key).status()).isEqualTo(200);
            assertThat(SaleClient.ok(http.get("/api/v1/payment-source", key)).path("PaymentSources")).hasSize(1);
            assertThat(SaleClient.ok(http.get("/api/v1/wallet/list", key)).path("Wallets")).hasSize(2);
            SaleClient client = new SaleClient(port, key);
            client.makeKeys();
            client.registerAgent();
            assertThat(seen).as("never another answer than that it is starting").isSubsetOf(0, 503, 200);
        }
    }

    /** @return 0 when nobody listens */
    private static int status(HttpProbe http) {
        try {
            return http.get("/api/v1/health", null).status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
