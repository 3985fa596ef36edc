package io.masumi.node.chain.cardano.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.masumi.node.chain.cardano.provider.ScriptedServer.Reply;
import io.masumi.node.testing.MutableClock;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.backoff.BackOffExecution;

class BlockfrostApiTest {

    private static final Reply OK = new Reply(200, "{\"height\":1}");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(ints = {402, 403, 418, 429, 500, 502, 503, 504, -1})
    void faultsAreRetried(int status) {
        try (ScriptedServer server = new ScriptedServer(new Reply(status, "{\"message\":\"trouble\"}"), new Reply(status, "no JSON"), OK)) {
            BlockfrostApi api = api(server);
            assertThat(api.get("blocks/latest")).hasValueSatisfying(json -> assertThat(json.get("height").asInt()).isEqualTo(1));
            assertThat(server.asked()).hasSize(3).containsOnly("GET /api/v0/blocks/latest");
            assertThat(server.keys()).containsOnly("secret-key");
            assertThat(api.outages().lastSuccess()).isEqualTo(NOW);
            assertThat(api.outages().lastFailure()).isEqualTo(NOW);
        }
    }

    @Test
    void faultsThatStaySurfaceAndAreRememberedWithoutTheKey() {
        try (ScriptedServer server = new ScriptedServer(new Reply(403, "{\"message\":\"Invalid project token secret-key.\"}"))) {
            BlockfrostApi api = api(server);
            assertThatThrownBy(() -> api.get("blocks/latest")).isInstanceOf(ProviderUnavailableException.class)
                    .hasMessageContaining("403").hasMessageNotContaining("secret-key");
            assertThat(server.asked()).hasSize(4);
            assertThat(api.outages().lastError()).contains("403").doesNotContain("secret-key");
            assertThat(api.outages().lastSuccess()).isNull();
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
        List<List<Long>> pauses = IntStream.range(0, 200).mapToObj(_ -> BlockfrostApi.PATIENCE.getBackOff().start())
                .map(pause -> LongStream.generate(pause::nextBackOff).limit(4).boxed().toList()).toList();
        assertThat(pauses).allSatisfy(each -> {
            assertThat(each.get(0)).isBetween(100L, 200L);
            assertThat(each.get(1)).isBetween(100L, 400L);
            assertThat(each.get(2)).isBetween(100L, 800L);
            assertThat(each.get(3)).as("no more of them").isEqualTo(BackOffExecution.STOP);
        });
        assertThat(pauses.stream().distinct()).hasSizeGreaterThan(100);
    }

    /** Its loops ask it several times a second: an outage of a night must not bury what else the log says. */
    @Test
    void anOutageIsSaidNowAndThenAndWhenItIsOver() {
        MutableClock clock = new MutableClock(NOW);
        Outages outages = new Outages("host", clock);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Outages.class);
        logger.addAppender(log);
        try {
            outages.succeeded();
            for (int second = 0; second < 3600; second++) {
                outages.failed("answers 503", "blocks/latest");
                outages.failed("answers 503", "blocks/latest");
                clock.advance(Duration.ofSeconds(1));
            }
            assertThat(said(log)).hasSizeBetween(5, 12).allMatch(line -> line.contains("answers 503"));
            outages.succeeded();
            outages.succeeded();
            assertThat(said(log).getLast()).contains("answers again");
            assertThat(said(log).stream().filter(line -> line.contains("answers again"))).hasSize(1);
        } finally {
            logger.detachAppender(log);
        }
    }

    private static List<String> said(ListAppender<ILoggingEvent> log) {
        return log.list.stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO)).map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static BlockfrostApi api(ScriptedServer server) {
        return api(server, Duration.ofSeconds(15));
    }

    private static BlockfrostApi api(ScriptedServer server, Duration callTimeout) {
        return new BlockfrostApi(HttpClient.newHttpClient(), server.url(), "secret-key",
                RetryPolicy.builder().maxRetries(3).delay(Duration.ofMillis(1)).build(), callTimeout, CLOCK,
                new Outages("localhost", CLOCK));
    }
}
