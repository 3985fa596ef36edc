package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.masumi.node.platform.CounterNode.Created;
import io.masumi.node.platform.CounterNode.Increased;
import io.masumi.node.platform.axon.BusyGroup;
import io.masumi.node.platform.saga.FoldedSaga;
import io.masumi.node.platform.saga.FoldedSagaRepository;
import io.masumi.node.platform.serialization.SagaName;
import io.masumi.node.testing.TestPostgres;

/** Several processes on one database share the segments of a processing group, whoever of them comes, goes, or is cut off. */
@Tag("slow")
class MovingSegmentsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String LEDGER = "ledger";
    private static final String TALLY = "tally";

    /** Notes each event; a second time would be refused, and stand in {@code set_aside}. */
    @ProcessingGroup(LEDGER)
    static class Ledger {

        private final JdbcClient jdbc;

        Ledger(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @EventHandler
        void on(Increased event, @SequenceNumber long number) {
            jdbc.sql("INSERT INTO seen (handler, id, number) VALUES ('" + LEDGER + "', ?, ?)").params(event.id(), number).update();
        }
    }

    /** Adds up what its counter was increased by, and notes each event as the ledger does. */
    @SagaName("test.saga.Tally")
    @ProcessingGroup(TALLY)
    static final class Tally extends FoldedSaga {

        @JsonProperty
        private long sum;

        @StartSaga
        @SagaEventHandler(associationProperty = "id")
        void on(Created event) {
            sum = 0;
        }

        @SagaEventHandler(associationProperty = "id")
        void on(Increased event, @SequenceNumber long number, JdbcClient jdbc) {
            sum += event.by();
            jdbc.sql("INSERT INTO seen (handler, id, number, sum) VALUES ('" + TALLY + "', ?, ?, ?)").params(event.id(), number, sum)
                    .update();
        }
    }

    @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
    static class Node extends CounterNode {

        @Bean
        Ledger ledger(JdbcClient jdbc) {
            return new Ledger(jdbc);
        }

        @Bean
        BusyGroup busyLedger() {
            return new BusyGroup(LEDGER);
        }

        @Bean
        BusyGroup busyTally() {
            return new BusyGroup(TALLY);
        }

        @Bean
        ConfigurerModule tally(SagaStore<Object> store) {
            return configurer -> configurer.eventProcessing().registerSaga(Tally.class,
                    saga -> saga.configureSagaManager(axon -> manager(store, axon)));
        }

        private static AnnotatedSagaManager<Tally> manager(SagaStore<Object> store, Configuration axon) {
            return AnnotatedSagaManager.<Tally>builder().sagaType(Tally.class).sagaFactory(Tally::new)
                    .sagaRepository(new FoldedSagaRepository<>(Tally.class, store, axon))
                    .parameterResolverFactory(axon.parameterResolverFactory()).handlerDefinition(axon.handlerDefinition(Tally.class))
                    .listenerInvocationErrorHandler(PropagatingErrorHandler.instance()).build();
        }
    }

    private final String url = TestPostgres.newDatabase();
    private final JdbcClient database = JdbcClient.create(new DriverManagerDataSource(url));
    private final Map<String, ConfigurableApplicationContext> nodes = new TreeMap<>();
    private final Map<String, Long> appended = new TreeMap<>();

    @AfterEach
    void stopAll() {
        nodes.values().forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void eachProcessHasItsShareAndTheRestTakesOver() {
        start("one", 4);
        await().atMost(LONG).until(() -> segments("one", LEDGER) == 4);
        start("two", 4);
        await().atMost(LONG).until(() -> segments("one", LEDGER) == 2 && segments("two", LEDGER) == 2 && segments("one", TALLY) == 2
                && segments("two", TALLY) == 2);
        await("a group that is not busy").atMost(LONG).until(() -> segments("one", "counters") + segments("two", "counters") == 1);

        stop("one");
        assertThat(database.sql("SELECT count(*) FROM TokenEntry WHERE processorName <> '__config'"
                + " AND (owner LIKE '%' || (SELECT id FROM node_process) OR owner IS NULL)").query(Integer.class).single())
                .as("a process that stops gives its claims back at once").isEqualTo(9);
        await().atMost(LONG).until(() -> segments("two", LEDGER) == 4 && segments("two", TALLY) == 4 && segments("two", "counters") == 1);
    }

    @Test
    void anotherNumberOfSegmentsIsFollowedAndNothingIsHandledTwice() {
        start("one", 1);
        append(50, new Random(1));
        awaitHandled(2 * events());
        assertThat(segments("one", LEDGER)).isEqualTo(1);
        stop("one");

        start("two", 4);
        append(50, new Random(2));
        await().atMost(LONG).until(() -> segments("two", LEDGER) == 4 && segments("two", TALLY) == 4);
        append(50, new Random(3));
        start("three", 2);
        append(50, new Random(4));
        await().atMost(LONG).until(() -> segments("two", LEDGER) == 1 && segments("three", LEDGER) == 1 && segments("two", TALLY) == 1);

        append(50, new Random(5));
        seenOnceInOrder();
    }

    @Test
    void nothingIsHandledTwiceOrLostWhileProcessesComeAndGoAndAreCutOff() {
        Random random = new Random(20261128);
        for (String node : List.of("one", "two", "three")) {
            database.sql("CREATE ROLE " + node + " LOGIN SUPERUSER").update();
            start(node, 4);
        }
        for (int step = 0; step < 8; step++) {
            append(60, random);
            String node = List.of("one", "two", "three").get(random.nextInt(3));
            switch (step % 4) {
                case 0 -> cutOff(node);
                case 1, 3 -> List.of("one", "two", "three").forEach(this::letIn);
                default -> {
                    stop(node);
                    append(30, random);
                    start(node, 4);
                }
            }
            append(60, random);
            long soFar = 2L * events();
            awaitHandled(soFar);
        }
        seenOnceInOrder();
    }

    private void seenOnceInOrder() {
        awaitHandled(2 * events());
        for (String handler : List.of(LEDGER, TALLY)) {
            appended.forEach((id, last) -> assertThat(
                    database.sql("SELECT number FROM seen WHERE handler = ? AND id = ? ORDER BY at").params(handler, id).query(Long.class)
                            .list())
                    .as(handler + " " + id).isEqualTo(LongStream.rangeClosed(1, last).boxed().toList()));
        }
        appended.forEach(
                (id, last) -> assertThat(database.sql("SELECT max(sum) FROM seen WHERE handler = '" + TALLY + "' AND id = ?").param(id)
                        .query(Long.class).single()).isEqualTo(last * (last + 1) / 2));
        assertThat(database.sql("SELECT count(*) FROM set_aside").query(Integer.class).single()).isZero();
    }

    private void awaitHandled(long expected) {
        await().atMost(LONG).untilAsserted(() -> assertThat(handled()).as(() -> "of " + nodes.keySet() + ": "
                + database.sql("SELECT processorName || segment || ' ' || coalesce(owner, 'nobody') || ' ' || timestamp || ' '"
                        + " || convert_from(token, 'UTF8') FROM TokenEntry ORDER BY 1").query(String.class).list())
                .isEqualTo(expected));
    }

    private long events() {
        return appended.values().stream().mapToLong(Long::longValue).sum();
    }

    private Long handled() {
        return database.sql("SELECT count(*) FROM seen").query(Long.class).single();
    }

    private int segments(String node, String group) {
        return nodes.get(node).getBean(EventProcessingConfiguration.class).eventProcessor(group, StreamingEventProcessor.class)
                .orElseThrow()
                .processingStatus().size();
    }

    private void start(String node, int segments) {
        String own = database.sql("SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = ?)").param(node).query(Boolean.class).single()
                ? url.replaceFirst("user=[^&]*", "user=" + node)
                : url;
        nodes.put(node, new SpringApplicationBuilder(Node.class).web(WebApplicationType.NONE)
                .properties("masumi.database.url=" + own, "masumi.roles=query,chain", "masumi.processors.segments=" + segments,
                        "masumi.processors.batch-size=7", "spring.jmx.enabled=false")
                .run());
    }

    private void stop(String node) {
        nodes.remove(node).close();
    }

    /** As when it is killed in the middle of something, or its network is gone: nothing that it does is committed from now on. */
    private void cutOff(String node) {
        database.sql("ALTER ROLE " + node + " NOLOGIN").update();
        database.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?").param(node).query(Boolean.class).list();
    }

    private void letIn(String node) {
        database.sql("ALTER ROLE " + node + " LOGIN").update();
    }

    /** Without regard to who is there to handle them. */
    private void append(int number, Random random) {
        ConfigurableApplicationContext node = nodes.get(nodes.keySet().stream().filter(this::isIn).findFirst().orElseThrow());
        EventStore store = node.getBean(EventStore.class);
        for (int i = 0; i < number; i++) {
            String id = "counter " + random.nextInt(25);
            Long known = appended.get(id);
            List<GenericDomainEventMessage<?>> events = new ArrayList<>();
            if (known == null) {
                events.add(new GenericDomainEventMessage<>("Counter", id, 0, new Created(id, java.time.Instant.EPOCH,
                        java.util.Optional.empty(), List.of())));
            }
            long next = known == null ? 1 : known + 1;
            events.add(new GenericDomainEventMessage<>("Counter", id, next, new Increased(id, next)));
            node.getBean(TransactionManager.class).executeInTransaction(() -> store.publish(events));
            appended.put(id, next);
        }
    }

    private boolean isIn(String node) {
        return database.sql("SELECT coalesce(bool_and(rolcanlogin), TRUE) FROM pg_roles WHERE rolname = ?").param(node).query(Boolean.class)
                .single();
    }
}
