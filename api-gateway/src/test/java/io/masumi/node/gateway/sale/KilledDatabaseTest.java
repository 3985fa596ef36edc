package io.masumi.node.gateway.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masumi.node.gateway.HttpProbe;
import io.masumi.node.gateway.HttpProbe.Answer;
import io.masumi.node.gateway.node.RunningNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The embedded PostgreSQL is stopped, killed and robbed of its data under a running node: {@code /health} says so within a second each
 * time, a sale goes on as soon as the database is back, and without its data the node ends.
 */
@Tag("slow")
class KilledDatabaseTest {

    @TempDir
    Path scratch;

    @Test
    void theSaleGoesOnAndWithoutItsDataTheNodeEnds() throws IOException {
        Path data = scratch.resolve("data");
        MovableClock clock = MovableClock.in(data);
        try (NodeProcess node = NodeProcess.start(data)) {
            HttpProbe http = new HttpProbe(node.port());
            assertThat(health(http)).as("at once after the start").isEqualTo("200 ok");
            SaleClient client = new SaleClient(node.port(), Files.readString(data.resolve(RunningNode.ADMIN_KEY_FILE)).strip());
            client.makeKeys();
            JsonNode agent = client.registerAgent();

            Postmaster.of(data).signal("STOP");
            await("database that hangs").atMost(Duration.ofSeconds(20)).until(() -> health(http).equals("503 unavailable"));
            Postmaster.of(data).signal("CONT");
            // What health says of a part may be a second old, and the lock on commands may be lost and taken again meanwhile.
            await("database that goes on").atMost(Duration.ofSeconds(30)).during(Duration.ofMillis(1500))
                    .until(() -> health(http).equals("200 ok"));

            JsonNode payment = client.createPayment(client.terms(agent, clock.instant()));
            String identifier = payment.path("blockchainIdentifier").asString();
            SaleClient.ok(client.createPurchase(payment));
            Postmaster.of(data).kill();
            await("database that was killed").atMost(Duration.ofSeconds(20)).until(() -> health(http).equals("503 unavailable"));
            assertThat(http.get("/api/v1/health", null).text()).contains("database").doesNotContain("jdbc:", "Exception", "password");
            await("database that is back").atMost(Duration.ofSeconds(60)).until(() -> health(http).equals("200 ok"));
            client.awaitBoth(identifier, "FundsLocked");

            Postmaster.of(data).kill();
            SaleClient.ok(eventually(() -> client.submitResult(identifier)));
            client.awaitBoth(identifier, "ResultSubmitted");
            clock.moveTo(Instant.ofEpochMilli(Long.parseLong(payment.path("unlockTime").asString())).plusSeconds(2));
            client.awaitBoth(identifier, "Withdrawn");
            await("all is well").atMost(Duration.ofSeconds(60)).until(() -> health(http).equals("200 ok"));

            Postmaster lost = Postmaster.of(data);
            Files.move(data.resolve("postgres").resolve("data"), data.resolve("postgres").resolve("moved away"));
            lost.kill();
            assertThat(node.end()).isEqualTo(4);
            assertThat(node.logLines().getLast()).startsWith("The node ended: ").contains("is gone");
        }
    }

    /** HTTP status and the node's own; never later than a second, give or take what a busy machine adds. */
    private static String health(HttpProbe http) {
        long begun = System.nanoTime();
        Answer health = http.get("/api/v1/health", null);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1500));
        return health.status() + " " + health.data().path("status").asString();
    }

    /** A request that a killed database fails is refused with 5xx, and can be sent again. */
    private static Answer eventually(Callable<Answer> request) {
        return await("request").atMost(Duration.ofSeconds(60)).until(request, answer -> {
            assertThat(answer.status()).as(answer.text()).isIn(200, 500, 503);
            return answer.status() == 200;
        });
    }

    private record Postmaster(ProcessHandle process) {

        static Postmaster of(Path data) {
            Path file = data.resolve("postgres").resolve("data").resolve("postmaster.pid");
            return await("a postmaster").until(() -> {
                try {
                    return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip())).filter(ProcessHandle::isAlive)
                            .map(Postmaster::new);
                } catch (IOException | NoSuchElementException e) {
                    return Optional.<Postmaster>empty();
                }
            }, Optional::isPresent).orElseThrow();
        }

        void kill() {
            process.destroyForcibly();
        }

        /** To it and its workers: SIGSTOP makes them hang. */
        void signal(String name) {
            Stream.concat(Stream.of(process), process.descendants()).forEach(each -> {
                try {
                    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(each.pid())).start();
                    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }
}
