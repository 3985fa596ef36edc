package io.masumi.node.chain.cardano.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.chain.cardano.provider.ScriptedServer.Reply;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockfrostApiTest {

    private static final Reply OK = new Reply(200, "{\"height\":1}");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {402, 403, 418, 429, 500, 502, 503, 504, -1})
    void faultsAreRetried(int status) {
        try (ScriptedServer server = new ScriptedServer(new Reply(status, "{\"message\":\"trouble\"}"), new Reply(status, "no JSON"), OK)) {
            BlockfrostApi api = api(server);
            assertThat(api.get("blocks/latest")).hasValueSatisfying(json -> assertThat(json.get("height").asInt()).isEqualTo(1));
            assertThat(server.asked()).hasSize(3).containsOnly("GET /api/v0/blocks/latest");
            assertThat(server.keys()).containsOnly("secret-key");
            assertThat(api.lastSuccess()).isEqualTo(NOW);
            assertThat(api.lastFailure()).isEqualTo(NOW);
        }
    }

    @Test
    void faultsThatStaySurfaceAndAreRememberedWithoutTheKey() {
        try (ScriptedServer server = new ScriptedServer(new Reply(403, "{\"message\":\"Invalid project token secret-key.\"}"))) {
            BlockfrostApi api = api(server);
            assertThatThrownBy(() -> api.get("blocks/latest")).isInstanceOf(ProviderUnavailableException.class)
                    .hasMessageContaining("403").hasMessageNotContaining("secret-key");
            assertThat(server.asked()).hasSize(4);
            assertThat(api.lastError()).contains("403").doesNotContain("secret-key");
            assertThat(api.lastSuccess()).isNull();
        }
    }

    @Test
    void whatIsNotThereIsNoFault() {
        try (ScriptedServer server = new ScriptedServer(new Reply(404, "{\"status_code\":404}"))) {
            assertThat(api(server).get("txs/00")).isEmpty();
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void nonsenseIsAFault() {
        try (ScriptedServer server = new ScriptedServer(new Reply(200, "<html>"), OK)) {
            assertThat(api(server).get("blocks/latest")).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 403, 425, 429, 500, 504, -1})
    void afterAnyDoubtASubmissionIsNotRepeatedButUnknown(int status) {
        try (ScriptedServer server = new ScriptedServer(new Reply(status, "{\"message\":\"trouble\"}"))) {
            assertThat(api(server).submit(new byte[]{1})).isInstanceOf(SubmitOutcome.Unknown.class);
            // A connection dropped without a reply may be opened again by the platform's client, never a reply of the API's.
            assertThat(server.asked()).containsOnly("POST /api/v0/tx/submit").hasSizeLessThanOrEqualTo(status < 0 ? 2 : 1);
        }
    }

    /** As when a connection dies half-way: without a limit the loop that asked would stand still for ever, and say nothing. */
    @Test
    @Timeout(20)
    void aReplyThatDoesNotEndIsAFault() {
        try (ScriptedServer server = new ScriptedServer(Reply.unfinished(200, "{\"height\":"))) {
            BlockfrostApi api = api(server, Duration.ofMillis(300));
            assertThatThrownBy(() -> api.get("blocks/latest")).isInstanceOf(ProviderUnavailableException.class)
                    .hasMessageContaining("no whole reply");
            assertThat(api.submit(new byte[]{1})).isInstanceOf(SubmitOutcome.Unknown.class);
        }
    }

    /** What cannot be stored could not be noted on the transaction either. */
    @Test
    void aRefusalCanBeStoredWhateverTheProviderSays() {
        try (ScriptedServer server = new ScriptedServer(new Reply(400, "{\"message\":\"no\\u0000\\ud800!\"}"))) {
            assertThat(api(server).submit(new byte[]{1})).isEqualTo(new SubmitOutcome.Refused(false, false, "no??!"));
        }
    }

    @Test
    void acceptedAndRefused() {
        try (ScriptedServer server = new ScriptedServer(new Reply(200, "\"abcd\""),
                new Reply(400, "{\"status_code\":400,\"error\":\"Bad Request\",\"message\":\"(BadInputsUTxO (fromList []))\"}"))) {
            BlockfrostApi api = api(server);
            assertThat(api.submit(new byte[]{1})).isEqualTo(new SubmitOutcome.Accepted("abcd"));
            assertThat(api.submit(new byte[]{1})).isEqualTo(new SubmitOutcome.Refused(true, false, "(BadInputsUTxO (fromList []))"));
        }
    }

    @Test
    void pausesGrowUpToALimitAndAreRandom() {
        Retries retries = new Retries(5, Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(1));
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            assertThat(retries.pauseAfter(1, random)).isBetween(Duration.ZERO, Duration.ofMillis(100));
            assertThat(retries.pauseAfter(2, random)).isBetween(Duration.ZERO, Duration.ofMillis(200));
            assertThat(retries.pauseAfter(60, random)).isBetween(Duration.ZERO, Duration.ofMillis(300));
        }
    }

    private static BlockfrostApi api(ScriptedServer server) {
        return api(server, Duration.ofSeconds(15));
    }

    private static BlockfrostApi api(ScriptedServer server, Duration callTimeout) {
        return new BlockfrostApi(HttpClient.newHttpClient(), server.url(), "secret-key",
                new Retries(4, Duration.ofMillis(1), Duration.ofMillis(2), callTimeout), new Random(1), Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
