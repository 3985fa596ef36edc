package io.masumi.node.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyCommand.CreateApiKey;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.access.KeyPermissions;
import io.masumi.node.escrow.Funds;
import io.masumi.node.gateway.GatewayTest;
import io.masumi.node.gateway.HttpProbe;
import io.masumi.node.gateway.HttpProbe.Answer;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@Tag("slow")
@GatewayTest
@Import(HealthTest.Part.class)
class HealthTest {

    @Configuration
    static class Part {

        private volatile List<Concern> concerns = List.of();

        @Bean
        HealthReporter partUnderTest() {
            return () -> concerns;
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private Part part;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ApplicationContext node;

    @Autowired
    private CommandGateway commands;

    private HttpProbe http;

    @BeforeEach
    void connect() {
        http = new HttpProbe(port);
        awaitStatus("ok");
    }

    @Test
    void asksNoKey() {
        Answer health = http.get("/api/v1/health", null);
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().path("status").asString()).isEqualTo("success");
        assertThat(health.data().path("reasons")).isEmpty();
    }

    @Test
    void saysForWhichPaymentSourcesNothingIsDone() {
        jdbc.sql("INSERT INTO source_standing (source_id, stopped_because, stopped_at) VALUES ('c1', 'another network', now())").update();
        awaitStatus("degraded");
        Answer health = http.get("/api/v1/health", null);
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.data().at("/stoppedPaymentSources/0/id").asString()).isEqualTo("c1");
        assertThat(health.data().at("/stoppedPaymentSources/0/because").asString()).isEqualTo("another network");
        assertThat(Instant.parse(health.data().at("/stoppedPaymentSources/0/since").asString())).isBefore(Instant.now());
        assertThat(reason(health).path("part").asString()).isEqualTo("payment-source");
        assertThat(reason(health).path("subject").asString()).isEqualTo("c1");
        assertThat(reason(health).path("reason").asString()).startsWith("another network; ").contains("correct the provider");
        jdbc.sql("DELETE FROM source_standing").update();
        awaitStatus("ok");
    }

    @Test
    void isDegradedWithTheReasonOfEachPart() {
        part.concerns = List.of(new Concern("saga", "c2", "set aside; retry it", Instant.EPOCH), new Concern("disk", "", "is full", null));
        awaitStatus("degraded");
        Answer health = http.get("/api/v1/health", null);
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.data().path("reasons")).hasSize(2);
        assertThat(reason(health).path("subject").asString()).isEqualTo("c2");
        assertThat(reason(health).path("since").asString()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(health.data().at("/reasons/1/since").isNull()).isTrue();
        part.concerns = List.of();
        awaitStatus("ok");
    }

    @Test
    void saysWhichEventProcessorDoesNotMove() {
        jdbc.sql("CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$"
                + " BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$").update();
        jdbc.sql("CREATE TRIGGER no_room BEFORE INSERT ON api_key_view FOR EACH ROW EXECUTE FUNCTION no_room()").update();
        commands.sendAndWait(
                new CreateApiKey(ApiKeyId.of("00".repeat(32)), "00".repeat(32), "***", KeyPermissions.admin(), Funds.NONE, Requester.NODE));
        await().atMost(Duration.ofSeconds(60)).until(() -> status().equals("degraded"));
        JsonNode reason = reason(http.get("/api/v1/health", null));
        assertThat(reason.path("part").asString()).isEqualTo("processor");
        assertThat(reason.path("subject").asString()).contains("api");
        jdbc.sql("DROP TRIGGER no_room ON api_key_view").update();
        await().atMost(Duration.ofSeconds(90)).until(() -> status().equals("ok"));
    }

    @Test
    void isUnavailableUntilTheStartIsOver() {
        AvailabilityChangeEvent.publish(node, ReadinessState.REFUSING_TRAFFIC);
        awaitStatus("unavailable");
        Answer health = http.get("/api/v1/health", null);
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.json().path("status").asString()).isEqualTo("error");
        assertThat(health.error()).contains("starting");
        assertThat(reason(health).path("part").asString()).isEqualTo("start");
        AvailabilityChangeEvent.publish(node, ReadinessState.ACCEPTING_TRAFFIC);
        awaitStatus("ok");
    }

    private static JsonNode reason(Answer health) {
        return health.data().at("/reasons/0");
    }

    private void awaitStatus(String status) {
        await().until(() -> status().equals(status));
    }

    private String status() {
        return http.get("/api/v1/health", null).data().path("status").asString();
    }
}
