package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import io.axoniq.axonserver.connector.query.QueryDefinition;
import io.masumi.node.platform.failure.PartUnavailableException;
import io.masumi.node.platform.health.FindProcessHealth;
import io.masumi.node.platform.health.ProcessHealth;
import io.masumi.node.platform.CounterNode.Create;
import io.masumi.node.platform.CounterNode.Increase;
import io.masumi.node.platform.eventstore.CopyProgress;
import io.masumi.node.platform.eventstore.EventCopyException;
import io.masumi.node.platform.eventstore.EventMove;
import io.masumi.node.platform.eventstore.EventMoveConfiguration;
import io.masumi.node.platform.eventstore.WrongEventStoreException;
import io.masumi.node.testing.Processors;
import io.masumi.node.testing.TestPostgres;
import io.masumi.node.testing.axonserver.AxonServerStandIn;
import io.masumi.node.testing.axonserver.Rpc;

/** A node whose events are moved from its database to Axon Server, and back. */
@Tag("slow")
class MovedEventsTest {

    private final String database = TestPostgres.newDatabase();
    private final AxonServerStandIn axonServer = AxonServerStandIn.started();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();

    /** The counter's node, without what reads events in the database only. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({CounterNode.Counter.class, CounterNode.View.class})
    static class OverAxonServer {

        @Bean
        static FlywayConfigurationCustomizer testTables() {
            return flyway -> flyway.locations("classpath:db/migration", "classpath:db/test");
        }
    }

    /** The node's tables, and what moves its events. */
    @Configuration(proxyBeanMethods = false)
    @Import(EventMoveConfiguration.class)
    static class Moving {

        @Bean
        static FlywayConfigurationCustomizer testTables() {
            return flyway -> flyway.locations("classpath:db/migration", "classpath:db/test");
        }
    }

    @AfterEach
    void stop() {
        axonServer.close();
    }

    @Test
    void goOnWithAllRecordsThereAndWhenTheyAreBackAndNothingIsHandledTwice() {
        try (ConfigurableApplicationContext node = plain()) {
            send(node, new Create("sale"));
            send(node, new Increase("sale", 1));
            send(node, new Create("other"));
            send(node, new Increase("sale", 10));
            node.getBean(Processors.class).awaitCaughtUp();
        }

        EventMove.Moved there = toAxonServer();
        assertThat(there.events()).isEqualTo(4);
        assertThat(toAxonServerAgain()).as("repeated").isEmpty();
        try (ConfigurableApplicationContext node = overAxonServer()) {
            assertThat(send(node, new Increase("sale", 100))).isEqualTo(111);
            Awaitility.await().until(() -> value(node) == 111);
        }

        EventMove.Moved back = toDatabase();
        assertThat(back.copied()).isEqualTo(1);
        try (ConfigurableApplicationContext node = plain()) {
            assertThat(send(node, new Increase("sale", 1_000))).isEqualTo(1_111);
            node.getBean(Processors.class).awaitCaughtUp();
            assertThat(value(node)).isEqualTo(1_111);
        }

        assertThat(toAxonServer().copied()).as("moved again").isEqualTo(1);
        try (ConfigurableApplicationContext node = overAxonServer()) {
            assertThat(send(node, new Increase("sale", 10_000))).isEqualTo(11_111);
            Awaitility.await().until(() -> value(node) == 11_111);
            assertThat(jdbc(node).sql("SELECT count(*) FROM handled WHERE handler = 'event'").query(Long.class).single())
                    .as("each once").isEqualTo(5);
        }
    }

    @Test
    void areAskedForBeforeAProcessStartsWhereTheyAreNot() {
        try (ConfigurableApplicationContext node = plain()) {
            send(node, new Create("sale"));
            send(node, new Increase("sale", 1));
            node.getBean(Processors.class).awaitCaughtUp();
        }
        assertThatThrownBy(this::overAxonServer).as("not moved").rootCause().isInstanceOf(WrongEventStoreException.class)
                .hasMessageStartingWith("The database holds 2 events of this node that were not moved to Axon Server")
                .hasMessageEndingWith("masumi-node copy-events");
        toAxonServer();
        assertThatThrownBy(this::plain).as("moved").rootCause().isInstanceOf(WrongEventStoreException.class)
                .hasMessageStartingWith("The events of this node are in Axon Server since ")
                .hasMessageEndingWith("masumi-node copy-events --back");
        try (ConfigurableApplicationContext node = overAxonServer()) {
            send(node, new Increase("sale", 1));
            Awaitility.await().until(() -> value(node) == 2);
        }

        try (AxonServerStandIn empty = AxonServerStandIn.started()) {
            assertThatThrownBy(() -> overAxonServer(empty)).as("empty").rootCause().isInstanceOf(WrongEventStoreException.class)
                    .hasMessageContaining(" holds no events, though this node has known at least 3");
        }
        axonServer.events().keepFirst(2);
        assertThatThrownBy(this::overAxonServer).as("restored from before, by what the view has read").rootCause()
                .isInstanceOf(WrongEventStoreException.class)
                .hasMessageContaining(" holds only 2 events, though this node has known at least 3");
        assertThatThrownBy(this::toDatabase).as("moving back what is not all").isInstanceOf(WrongEventStoreException.class);
    }

    @Test
    void areAnothersWhereTheNewestKnownIsNotTheSame() {
        try (ConfigurableApplicationContext node = overAxonServer()) {
            send(node, new Create("sale"));
            Awaitility.await().until(() -> tokens(node).contains("\"globalIndex\":0"));
        }
        try (ConfigurableApplicationContext node = overAxonServer()) {
            assertThat(jdbc(node).sql("SELECT known_position FROM events_in_axon_server").query(Long.class).single()).isZero();
        }
        axonServer.events().change(0, event -> event.toBuilder().setMessageIdentifier("another").build());

        assertThatThrownBy(this::overAxonServer).rootCause().isInstanceOf(WrongEventStoreException.class)
                .hasMessageContaining(" holds the events of another node: at position 0");
    }

    /** It is killed, or Axon Server is: once before the end of a batch, once after it was stored and nobody heard of it. */
    @Test
    void areNotDoubledWhenMovingThemBreaksOff() {
        insertEvents(2_500);

        axonServer.faults().loseReply(Rpc.APPEND_EVENTS, 1);
        assertThatThrownBy(this::toAxonServer).isInstanceOf(EventCopyException.class).hasMessageContaining("repeat this, and it goes on");
        assertThat(axonServer.events().all()).hasSize(1_000);
        axonServer.faults().refuse(Rpc.APPEND_EVENTS, 1);
        assertThatThrownBy(this::toAxonServer).isInstanceOf(EventCopyException.class);
        try (ConfigurableApplicationContext node = plain()) {
            send(node, new Create("in between"));
        }

        EventMove.Moved moved = toAxonServer();

        assertThat(moved.copied()).isEqualTo(1_501);
        assertThat(moved.events()).isEqualTo(2_501);
        assertThat(axonServer.events().all().stream().map(each -> each.getEvent().getMessageIdentifier()).distinct()).hasSize(2_501);
    }

    @Test
    void areReadBackAndWhatWasChangedIsFound() {
        insertEvents(10);
        toAxonServer();
        axonServer.events().change(7, event -> event.toBuilder().setTimestamp(event.getTimestamp() + 1).build());

        assertThatThrownBy(this::toDatabase).isInstanceOf(EventCopyException.class)
                .hasMessageContaining("The event at position 7 is ").hasMessageContaining(" with other content");
        assertThatThrownBy(this::plain).as("still there").rootCause().isInstanceOf(WrongEventStoreException.class);
    }

    @Test
    void areNotMovedWhileAProcessIsConnected() throws SQLException {
        insertEvents(1);
        try (Connection _ = DriverManager.getConnection(database + "&ApplicationName=masumi-node")) {
            assertThatThrownBy(this::toAxonServer).isInstanceOf(EventCopyException.class)
                    .hasMessageStartingWith("A process of this node is connected to its database");
        }
        assertThat(axonServer.events().all()).isEmpty();
    }

    @Test
    void areNotMovedWhileAProcessWithoutADatabaseDecides() {
        insertEvents(1);
        AxonServerConnectionFactory connections = AxonServerConnectionFactory.forClient("node")
                .routingServers(new ServerAddress("localhost", axonServer.port()))
                .build();
        QueryDefinition decides = new QueryDefinition(new FindProcessHealth(Role.COMMAND).queryName(), ProcessHealth.class);
        try {
            connections.connect("default").queryChannel().registerQueryHandler((_, reply) -> reply.complete(), decides);
            Awaitility.await().until(axonServer::queries, known -> known.contains(decides.getQueryName()));
            assertThatThrownBy(this::toAxonServer).isInstanceOf(EventCopyException.class)
                    .hasMessageStartingWith("A process of this node with the role command is connected to Axon Server at ");
            assertThat(axonServer.events().all()).isEmpty();
        } finally {
            connections.shutdown();
        }
        assertThat(toAxonServer().copied()).as("it has ended").isEqualTo(1);
    }

    @Test
    void endAProcessThatNobodySawWhenTheyWereMoved() {
        try (ConfigurableApplicationContext node = plain()) {
            jdbc(node).sql("INSERT INTO events_in_axon_server (since, copied, known_position) VALUES (now(), 0, -1)").update();
            cutOff(node);
            Awaitility.await().until(broken::peek, why -> why != null && why.endsWith("AXON_AXONSERVER_ENABLED=true"));
        }
        broken.clear();
        try (ConfigurableApplicationContext node = overAxonServer()) {
            assertThat(broken).as("where they are").isEmpty();
            jdbc(node).sql("DELETE FROM events_in_axon_server").update();
            cutOff(node);
            Awaitility.await().until(broken::peek, why -> why != null && why.endsWith("AXON_AXONSERVER_ENABLED=false"));
        }
    }

    /** Positions are without gaps; what was read up to a gap that was filled since is read again from there. */
    @Test
    void areFoundAgainByWhoeverHasReadSome() {
        insertEvents(10);
        try (ConfigurableApplicationContext context = moving()) {
            JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
            Serializer serializer = context.getBean(Serializer.class);
            jdbc.sql("ALTER TABLE DomainEventEntry DISABLE TRIGGER USER").update();
            jdbc.sql("UPDATE DomainEventEntry SET aggregateIdentifier = eventIdentifier, sequenceNumber = 0").update();
            jdbc.sql("DELETE FROM DomainEventEntry WHERE globalIndex IN (3, 4, 6)").update();
            GapAwareTrackingToken inGap = GapAwareTrackingToken.newInstance(9, List.of(3L, 4L, 6L));
            token(jdbc, serializer, "gaps", inGap);
            token(jdbc, serializer, "filled", GapAwareTrackingToken.newInstance(9, List.of(4L, 7L)));
            token(jdbc, serializer, "none", GapAwareTrackingToken.newInstance(0, List.of()));
            token(jdbc, serializer, "replay", ReplayToken.createReplayToken(inGap, GapAwareTrackingToken.newInstance(2, List.of())));
            jdbc.sql("INSERT INTO TokenEntry (processorName, segment) VALUES ('new', 0)").update();
            jdbc.sql("INSERT INTO set_aside VALUES ('view', 'sale', 0, 0, 'test', 7, 'why', now(), 0, now())").update();

            context.getBean(EventMove.class).toAxonServer(CopyProgress.unseen());
            // 1, 2, 5, 7, 8, 9, 10 are at 0 to 6.
            assertThat(token(jdbc, "gaps")).contains("{\"globalIndex\":5}");
            assertThat(token(jdbc, "filled")).contains("{\"globalIndex\":2}");
            assertThat(token(jdbc, "none")).isEmpty();
            assertThat(token(jdbc, "new")).isEmpty();
            assertThat(token(jdbc, "replay")).get().asString().contains("\"globalIndex\":5", "\"globalIndex\":1");
            assertThat(jdbc.sql("SELECT event_index FROM set_aside").query(Long.class).single()).isEqualTo(3);
            assertThat(jdbc.sql("SELECT count(owner) FROM TokenEntry").query(Long.class).single()).isZero();

            context.getBean(EventMove.class).toDatabase(CopyProgress.unseen());
            assertThat(token(jdbc, "gaps")).contains("{\"index\":9,\"gaps\":[]}");
            assertThat(token(jdbc, "filled")).contains("{\"index\":5,\"gaps\":[]}");
            assertThat(token(jdbc, "replay")).get().asString().contains("\"index\":9", "\"index\":2");
            assertThat(jdbc.sql("SELECT event_index FROM set_aside").query(Long.class).single()).isEqualTo(7);
        }
    }

    private static void cutOff(ConfigurableApplicationContext node) {
        jdbc(node).sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'masumi-processes'"
                + " AND datname = current_database()").query(Boolean.class).list();
    }

    private static void token(JdbcClient jdbc, Serializer serializer, String name, Object token) {
        SerializedObject<byte[]> stored = serializer.serialize(token, byte[].class);
        jdbc.sql("INSERT INTO TokenEntry (processorName, segment, token, tokenType, owner) VALUES (?, 0, ?, ?, 'killed')")
                .params(name, stored.getData(), stored.getType().getName()).update();
    }

    private static Optional<String> token(JdbcClient jdbc, String name) {
        return jdbc.sql("SELECT convert_from(token, 'UTF8') FROM TokenEntry WHERE processorName = ?").param(name).query(String.class)
                .list().stream().filter(Objects::nonNull).findFirst();
    }

    /** As a node would have stored them. */
    private void insertEvents(int number) {
        try (ConfigurableApplicationContext context = moving()) {
            JdbcClient.create(context.getBean(DataSource.class)).sql("""
                    INSERT INTO DomainEventEntry (aggregateIdentifier, sequenceNumber, type, eventIdentifier, metaData, payload,
                        payloadRevision, payloadType, timeStamp)
                    SELECT 'sale-' || i / 10, i % 10, 'Counter', 'event-' || i, convert_to('{"requestedBy":"test"}', 'UTF8'),
                        convert_to('{"id":"sale-' || i / 10 || '","by":1}', 'UTF8'), '3', 'test.counter.Increased',
                        '2026-01-01T00:00:00.123Z'
                    FROM generate_series(0, ?) AS i""").param(number - 1).update();
        }
    }

    private EventMove.Moved toAxonServer() {
        return toAxonServerAgain().orElseThrow();
    }

    private Optional<EventMove.Moved> toAxonServerAgain() {
        try (ConfigurableApplicationContext context = moving()) {
            return context.getBean(EventMove.class).toAxonServer(CopyProgress.unseen());
        }
    }

    private EventMove.Moved toDatabase() {
        try (ConfigurableApplicationContext context = moving()) {
            return context.getBean(EventMove.class).toDatabase(CopyProgress.unseen()).orElseThrow();
        }
    }

    /** A process is up a moment before Axon Server knows what it handles; nothing was done until then. */
    private static long send(ConfigurableApplicationContext node, Object command) {
        return Awaitility.await().ignoreExceptionsMatching(failure -> failure.getClass() == PartUnavailableException.class).until(() -> {
            Object result = node.getBean(CommandGateway.class).sendAndWait(command);
            return result instanceof Long value ? value : 0L;
        }, _ -> true);
    }

    private static long value(ConfigurableApplicationContext node) {
        return jdbc(node).sql("SELECT value FROM counter_view WHERE id = 'sale'").query(Long.class).optional().orElse(0L);
    }

    private static String tokens(ConfigurableApplicationContext node) {
        return String.join(" ", jdbc(node).sql("SELECT COALESCE(convert_from(token, 'UTF8'), '') FROM TokenEntry").query(String.class)
                .list());
    }

    private static JdbcClient jdbc(ConfigurableApplicationContext node) {
        return node.getBean(JdbcClient.class);
    }

    private ConfigurableApplicationContext plain() {
        return start(CounterNode.class, "axon.axonserver.enabled=false", axonServer);
    }

    private ConfigurableApplicationContext overAxonServer() {
        return overAxonServer(axonServer);
    }

    private ConfigurableApplicationContext overAxonServer(AxonServerStandIn server) {
        return start(OverAxonServer.class, "axon.axonserver.enabled=true", server);
    }

    private ConfigurableApplicationContext moving() {
        return start(Moving.class, "axon.axonserver.enabled=false", axonServer);
    }

    private ConfigurableApplicationContext start(Class<?> what, String mode, AxonServerStandIn server) {
        return new SpringApplicationBuilder(what).web(WebApplicationType.NONE)
                .listeners((ApplicationListener<CannotGoOn>) event -> broken.add(event.why()))
                .properties("masumi.database.url=" + database, mode,
                        "axon.axonserver.servers=" + server.address(), "masumi.commands.patience=200ms", "masumi.database.pool-size=8")
                .run();
    }
}
