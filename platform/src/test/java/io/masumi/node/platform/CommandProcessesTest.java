package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import io.masumi.node.platform.CounterNode.Create;
import io.masumi.node.platform.CounterNode.Increase;
import io.masumi.node.platform.CounterNode.Increased;
import io.masumi.node.platform.CounterNode.Look;
import io.masumi.node.platform.CounterNode.Note;
import io.masumi.node.platform.CounterNode.Ponder;
import io.masumi.node.platform.command.AnotherCommandProcessException;
import io.masumi.node.platform.database.DatabaseUrl;
import io.masumi.node.platform.database.ProcessLocks;
import io.masumi.node.platform.database.SilentNetwork;
import io.masumi.node.platform.health.HealthWatch;
import io.masumi.node.testing.TestPostgres;

/** One process of a database handles commands, however connections break, and decides on the newest state only. */
@Tag("slow")
@Timeout(120)
class CommandProcessesTest {

    private static final String ID = "counter";

    private final String database = TestPostgres.newDatabase();
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private SilentNetwork network;
    private ConfigurableApplicationContext first;

    @BeforeEach
    void start() throws IOException {
        network = new SilentNetwork(DatabaseUrl.parse(database));
        first = start(network.url().jdbcUrl());
        send(first, new Create(ID));
        assertThat(send(first, new Increase(ID, 1))).isEqualTo(1L);
    }

    @AfterEach
    void stop() throws IOException {
        first.close();
        network.close();
    }

    @Test
    void aSecondIsRefusedInWordsAndOneOfAnotherRoleIsNot() {
        assertThatThrownBy(() -> start(database, "masumi.commands.patience=1s")).rootCause()
                .isInstanceOf(AnotherCommandProcessException.class)
                .hasMessageContaining(Long.toString(ProcessHandle.current().pid())).hasMessageContaining("session")
                .hasMessageContaining("MASUMI_ROLES=query,gateway").hasMessageContaining("Axon Server");
        start(database, "masumi.roles=query").close();
        assertThat(send(first, new Increase(ID, 1))).isEqualTo(2L);
    }

    @Test
    void theNextOneIsTakenAtOnceWhenItsPredecessorStoppedInOrder() {
        first.close();
        assertThat(first.isActive()).isFalse();
        long begun = System.nanoTime();
        try (ConfigurableApplicationContext second = start(database)) {
            assertThat(jdbc(second).sql("SELECT released FROM command_holder").query(Boolean.class).single()).isFalse();
            assertThat(send(second, new Look(ID))).isEqualTo(1L);
        }
        // Only says that it can be: a busy machine may be slower.
        System.out.println("successor was up after " + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
    }

    @Test
    void aLostConnectionIsNoticedAndWhatWasInMemoryIsForgotten() throws Exception {
        send(first, new Create("other"));
        send(first, new Increase("other", 1));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        CompletableFuture<Object> slow = CompletableFuture.supplyAsync(() -> send(first, new Ponder(ID, begun, letGo)));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        network.cut();
        await().until(() -> concerns(first).stream().anyMatch(reason -> reason.contains("commands are refused with 503")));
        assertThatThrownBy(() -> send(first, new Look("none"))).as("without waiting for a connection").isInstanceOf(NotNowException.class);
        letGo.countDown();
        assertThatThrownBy(slow::get).as("a refusal that may be old").hasCauseInstanceOf(NotNowException.class);
        try (ConfigurableApplicationContext reader = start(database, "masumi.roles=query")) {
            reader.getBean(EventStore.class)
                    .publish(new GenericDomainEventMessage<>("Counter", "other", 2, new Increased("other", 10), Map.of()));
        }
        network.mend();
        await().until(() -> failure(first, new Look(ID)) == null);
        assertThat(send(first, new Look("other"))).isEqualTo(11L);
        await().until(() -> concerns(first).isEmpty());
        assertThat(broken).isEmpty();
    }

    @Test
    void whoeverTakesOverWaitsUntilTheOtherMustHaveNoticedAndTheOtherEnds() throws IOException {
        network.cut();
        long begun = System.nanoTime();
        try (ConfigurableApplicationContext second = start(database)) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(ProcessLocks.CERTAIN);
            network.mend();
            assertThat(send(second, new Increase(ID, 100))).isEqualTo(101L);
            assertThatThrownBy(() -> send(first, new Look(ID))).isInstanceOf(NotNowException.class);
            await().until(() -> !broken.isEmpty());
            assertThat(broken).singleElement().asString().contains("has taken over").contains("MASUMI_ROLES=query,gateway");
            assertThatThrownBy(() -> send(first, new Increase(ID, 1))).isInstanceOf(NotNowException.class);
            assertThat(concerns(first)).anyMatch(reason -> reason.contains("another process handles the commands"));
            assertThat(send(second, new Look(ID))).isEqualTo(101L);
        }
    }

    @Test
    void aLockThatNoOtherProcessHasIsWaitedFor() throws Exception {
        network.cut();
        try (Connection former = DriverManager.getConnection(database)) {
            JdbcClient session = JdbcClient.create(new SingleConnectionDataSource(former, true));
            await().until(() -> session.sql("SELECT pg_try_advisory_lock(hashtextextended('commands', 0))").query(Boolean.class).single());
            network.mend();
            await().during(Duration.ofSeconds(3)).until(broken::isEmpty);
            assertThatThrownBy(() -> send(first, new Look(ID))).isInstanceOf(NotNowException.class);
        }
        await().until(() -> failure(first, new Look(ID)) == null);
        assertThat(broken).isEmpty();
    }

    @Test
    void aCommandThatLostARaceIsDecidedAgainOnTheNewestState() {
        first.getBean(EventStore.class).publish(new GenericDomainEventMessage<>("Counter", ID, 2, new Increased(ID, 10), Map.of()));
        assertThat(send(first, new Increase(ID, 100))).isEqualTo(111L);
    }

    @Test
    void anAnswerThatIsOlderThanItsSenderKnowsIsTakenBack() {
        first.getBean(EventStore.class).publish(new GenericDomainEventMessage<>("Counter", ID, 2, new Increased(ID, 10), Map.of()));
        assertThat(send(first, new Note(ID))).as("from memory").isEqualTo(1L);
        CommandMessage<Object> asOfEventTwo = GenericCommandMessage.asCommandMessage(new Note(ID))
                .andMetaData(Map.of(MessageMetadata.KNOWN_EVENT, 2L));
        assertThatThrownBy(() -> send(first, asOfEventTwo)).isInstanceOf(OutdatedAggregateException.class);
        assertThat(send(first, asOfEventTwo)).as("what was taken back is forgotten").isEqualTo(2L);
    }

    private static Object send(ConfigurableApplicationContext node, Object command) {
        return node.getBean(CommandGateway.class).sendAndWait(command);
    }

    private static Throwable failure(ConfigurableApplicationContext node, Object command) {
        try {
            send(node, command);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static List<String> concerns(ConfigurableApplicationContext node) {
        return node.getBean(HealthWatch.class).now().concerns().stream().filter(concern -> concern.part().equals("command"))
                .map(concern -> concern.reason()).toList();
    }

    private static JdbcClient jdbc(ConfigurableApplicationContext node) {
        return node.getBean(JdbcClient.class);
    }

    private ConfigurableApplicationContext start(String url, String... properties) {
        return new SpringApplicationBuilder(CounterNode.class).web(WebApplicationType.NONE)
                .listeners((ApplicationListener<CannotGoOn>) event -> broken.add(event.why()))
                .properties("masumi.database.url=" + url).properties(properties).run();
    }
}
