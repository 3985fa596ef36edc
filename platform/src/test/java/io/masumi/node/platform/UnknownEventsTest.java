package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.UUID;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.CounterNode.Create;
import io.masumi.node.platform.CounterNode.Increase;
import io.masumi.node.platform.database.NewerDataException;
import io.masumi.node.testing.Processors;
import io.masumi.node.testing.TestPostgres;

/** Events of a newer version are in the store when a node starts. */
@Tag("slow")
@Isolated("reads what the whole process prints")
@ExtendWith(OutputCaptureExtension.class)
class UnknownEventsTest {

    private final String database = TestPostgres.newDatabase();

    /** Brings revision 2 of one event forward, and no other. */
    @Configuration(proxyBeanMethods = false)
    static class Upcasting {

        @Bean
        EventUpcaster secondRevision() {
            return new SingleEventUpcaster() {
                @Override
                protected boolean canUpcast(IntermediateEventRepresentation stored) {
                    return stored.getType().getName().equals("test.counter.Increased") && stored.getType().getRevision().equals("2");
                }

                @Override
                protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation stored) {
                    return stored.upcastPayload(new SimpleSerializedType("test.counter.Increased", "3"),
                            com.fasterxml.jackson.databind.JsonNode.class, payload -> payload);
                }
            };
        }
    }

    @Test
    void areNamedAndTheNodeDoesNotStart(CapturedOutput output) {
        try (ConfigurableApplicationContext node = start()) {
            node.getBean(CommandGateway.class).sendAndWait(new Create("sale"));
            node.getBean(CommandGateway.class).sendAndWait(new Increase("sale", 1));
            node.getBean(Processors.class).awaitCaughtUp();
            copy(node, 2, "test.counter.Increased", "4");
            copy(node, 3, "test.counter.Doubled", "1");
            copy(node, 4, "test.counter.Doubled", "1");
            copy(node, 5, "test.counter.Increased", null);
        }
        int before = output.getOut().length();

        Throwable refused = catchThrowable(this::start);

        assertThat(refused).isInstanceOf(NewerDataException.class).hasMessage(
                "The event store holds events that this version of the node does not know: "
                        + "test.counter.Doubled revision 1 (2 events, the first is number 4), "
                        + "test.counter.Increased revision none (1 event, number 6), "
                        + "test.counter.Increased revision 4 (1 event, number 3)"
                        + ". Another version wrote them, a newer one most likely: start that one, or one newer still, on this data. Nothing was changed.");
        assertThat(output.getOut().substring(before)).contains("start that one").doesNotContain("\tat ");
    }

    /** A newer version has mostly changed tables too, and that is found first. */
    @Test
    void areNotLookedForWhereTheTablesAreOfANewerVersion(CapturedOutput output) {
        try (ConfigurableApplicationContext node = start()) {
            node.getBean(JdbcClient.class).sql("INSERT INTO flyway_schema_history SELECT 9999, '102.5', 'more sagas', type,"
                    + " 'V102_5__more_sagas.sql', 1, installed_by, installed_on, execution_time, success FROM flyway_schema_history"
                    + " WHERE version = '102'").update();
        }
        int before = output.getOut().length();

        assertThatThrownBy(this::start).rootCause().isInstanceOf(NewerDataException.class).hasMessage(
                "The tables have changes that this version of the node does not know: 102.5 (more sagas). Another version wrote them,"
                        + " a newer one most likely: start that one, or one newer still, on this data. Nothing was changed.");
        assertThat(output.getOut().substring(before)).doesNotContain("repair").doesNotContain("\tat ");
    }

    @Test
    void areNoneWhereAnUpcasterBringsThemForward() {
        try (ConfigurableApplicationContext node = start()) {
            node.getBean(CommandGateway.class).sendAndWait(new Create("sale"));
            node.getBean(CommandGateway.class).sendAndWait(new Increase("sale", 1));
            copy(node, 2, "test.counter.Increased", "2");
        }

        assertThatThrownBy(this::start).hasMessageContaining("test.counter.Increased revision 2 (1 event, number 3)");
        try (ConfigurableApplicationContext node = start(Upcasting.class)) {
            Long value = node.getBean(CommandGateway.class).sendAndWait(new Increase("sale", 1));
            assertThat(value).isEqualTo(3);
        }
    }

    @Test
    void thatCameWhileAnOlderNodeRanAreHandledInOrderAfterTheUpgrade() {
        try (ConfigurableApplicationContext node = start()) {
            node.getBean(CommandGateway.class).sendAndWait(new Create("sale"));
            node.getBean(CommandGateway.class).sendAndWait(new Increase("sale", 1));
            node.getBean(Processors.class).awaitCaughtUp();
            copy(node, 2, "test.counter.Increased", "2");
            copy(node, 3, "test.counter.Increased", "3");
            node.getBean(Processors.class).awaitCaughtUp();
            assertThat(value(node)).isEqualTo(1);
            node.getBean(JdbcClient.class).sql("UPDATE set_aside SET next_attempt = next_attempt + INTERVAL '1 hour'").update();
        }

        try (ConfigurableApplicationContext node = start(Upcasting.class)) {
            Awaitility.await().until(() -> value(node) == 3);
            assertThat(
                    node.getBean(JdbcClient.class).sql("SELECT count(*) FROM handled WHERE handler = 'event'").query(Long.class).single())
                    .as("each once").isEqualTo(3);
            assertThat(node.getBean(JdbcClient.class).sql("SELECT count(*) FROM set_aside").query(Long.class).single()).isZero();
        }
    }

    private static long value(ConfigurableApplicationContext node) {
        return node.getBean(JdbcClient.class).sql("SELECT value FROM counter_view WHERE id = 'sale'").query(Long.class).single();
    }

    /** As another version of the node would, past this one. */
    private static void copy(ConfigurableApplicationContext node, long sequence, String name, String revision) {
        node.getBean(JdbcClient.class).sql("INSERT INTO domainevententry (aggregateidentifier, sequencenumber, type, eventidentifier,"
                + " metadata, payload, payloadrevision, payloadtype, timestamp) SELECT aggregateidentifier, ?, type, ?, metadata, payload, ?,"
                + " ?, timestamp FROM domainevententry WHERE aggregateidentifier = 'sale' AND sequencenumber = 1")
                .params(sequence, UUID.randomUUID().toString(), revision, name).update();
    }

    private ConfigurableApplicationContext start(Class<?>... more) {
        return new SpringApplicationBuilder(Stream.concat(Stream.of(CounterNode.class), Stream.of(more)).toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE).properties("masumi.database.url=" + database).run();
    }
}
