package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.serialization.SerializationException;
import org.axonframework.spring.stereotype.Saga;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.EventName;
import io.masumi.node.platform.CounterNode.Create;
import io.masumi.node.platform.CounterNode.Created;
import io.masumi.node.platform.CounterNode.Increase;
import io.masumi.node.platform.CounterNode.Increased;
import io.masumi.node.platform.health.HealthReporter;
import io.masumi.node.platform.setaside.ListSetAside;
import io.masumi.node.platform.setaside.RetrySetAside;
import io.masumi.node.platform.setaside.SetAside;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.Processors;

/** One event that cannot be handled stands in the way of its own aggregate's, and of nobody else's. */
@Tag("slow")
@NodeTest(classes = {CounterNode.class, SetAsideTest.OneDigitView.class, SetAsideTest.Watcher.class, SetAsideTest.Stranger.class})
public class SetAsideTest {

    /** Its column has room for one digit, so that the database itself refuses more: a failed statement, not just an exception. */
    @ProcessingGroup("one-digit")
    static class OneDigitView {

        private final JdbcClient jdbc;
        private final AtomicInteger attempts = new AtomicInteger();
        private volatile Runnable meanwhile = () -> {};

        OneDigitView(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @EventHandler
        void on(Increased event, @SequenceNumber long sequence) {
            attempts.incrementAndGet();
            jdbc.sql("INSERT INTO handled (handler, id) VALUES ('tried', ?)").param(event.id()).update();
            jdbc.sql("INSERT INTO one_digit VALUES (?, ?, ?)").params(event.id(), sequence, Long.toString(event.by())).update();
            meanwhile.run();
        }
    }

    /** A saga that remembers what its counter was increased by, and cannot count to 7. */
    @Saga
    @ProcessingGroup("watchers")
    public static class Watcher {

        private long sum;

        @StartSaga
        @SagaEventHandler(associationProperty = "id")
        void on(Created event) {
            sum = 0;
        }

        @SagaEventHandler(associationProperty = "id")
        void on(Increased event) {
            sum += event.by();
            if (event.by() == 7) {
                throw new IllegalStateException("7 is too much");
            }
        }
    }

    /** A saga of another subject, which has nothing to do with counters. */
    @Saga
    @ProcessingGroup("strangers")
    public static class Stranger {

        @EventName("test.stranger.Arrived")
        record Arrived(String id) {}

        @StartSaga
        @SagaEventHandler(associationProperty = "id")
        void on(Arrived event) {}
    }

    @Autowired
    private OneDigitView view;
    @Autowired
    private CommandGateway commands;
    @Autowired
    private QueryGateway queries;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private Processors processors;
    @Autowired
    private EventProcessingConfiguration processing;
    @Autowired
    private PlatformTransactionManager transactions;
    @Autowired
    private MutableClock clock;
    @Autowired
    private List<HealthReporter> health;

    private final String bad = UUID.randomUUID().toString();
    private final String good = UUID.randomUUID().toString();

    @Test
    void anEventThatNobodyKnowsIsSetAsideByAllWhoMightHandleIt() {
        twoCounters();
        inOneTransaction(() -> {
            append(bad, 1, "test.counter.Doubled", "{}");
            append(good, 1, "test.counter.Increased", increased(good, 4));
            append(bad, 2, "test.counter.Increased", increased(bad, 1));
            append(good, 2, "test.counter.Increased", increased(good, 5));
        });
        processors.awaitCaughtUp();

        assertThat(digits(good)).containsExactly("4", "5");
        assertThat(value(good)).isEqualTo(9);
        assertThat(watched(good)).isEqualTo(9);
        assertThat(digits(bad)).isEmpty();
        assertThat(watched(bad)).isZero();
        assertThat(setAside(bad)).extracting(SetAside::group).containsExactlyInAnyOrder("counters", "one-digit", "watchers");
        assertThat(setAside(bad)).allSatisfy(it -> {
            assertThat(it.firstNumber()).isEqualTo(1);
            assertThat(it.lastNumber()).isEqualTo(2);
            assertThat(it.eventName()).isEqualTo("test.counter.Doubled");
            assertThat(it.reason()).contains("test.counter.Doubled");
            assertThat(it.since()).isEqualTo(clock.instant());
        });
        assertThat(health.stream().flatMap(part -> part.concerns().stream()).filter(concern -> concern.reason().contains(bad)))
                .hasSize(3).allSatisfy(concern -> {
                    assertThat(concern.part()).isEqualTo("processor");
                    assertThat(concern.reason()).contains("test.counter.Doubled");
                    assertThat(concern.since()).isEqualTo(clock.instant());
                });
        assertThat(processing.eventProcessors().values()).noneMatch(processor -> processor.isError());
        assertThatThrownBy(() -> commands.sendAndWait(new Increase(bad, 1))).hasStackTraceContaining(SerializationException.class.getName())
                .hasStackTraceContaining("test.counter.Doubled");
        assertThat(commands.<Long>sendAndWait(new Increase(good, 1))).isEqualTo(10);

        clock.advance(Duration.ofSeconds(1));
        Awaitility.await()
                .until(() -> setAside(bad).stream().allMatch(it -> it.attempts() == 1 && it.nextAttempt().isAfter(clock.instant())));
    }

    @Test
    void anEventThatIsNoJsonIsSetAsideAndWhoDoesNotHandleItGoesOn() {
        twoCounters();
        append(bad, 1, "test.counter.Rung", "no JSON");
        append(bad, 2, "test.counter.Increased", increased(bad, 3));
        append(good, 1, "test.counter.Increased", increased(good, 4));
        processors.awaitCaughtUp();

        assertThat(setAside(bad)).extracting(SetAside::group).containsExactly("counters");
        assertThat(value(good)).isEqualTo(4);
        assertThat(digits(bad)).containsExactly("3");
    }

    @Test
    void whatTheDatabaseRefusesIsSetAsideWithItsSuccessorsAndHandledInOrderOnceItCanBe() {
        twoCounters();
        commands.sendAndWait(new Increase(bad, 10));
        commands.sendAndWait(new Increase(bad, 1));
        commands.sendAndWait(new Increase(good, 2));
        processors.awaitCaughtUp();

        assertThat(digits(good)).containsExactly("2");
        assertThat(value(bad)).as("by another group").isEqualTo(11);
        assertThat(jdbc.sql("SELECT count(*) FROM handled WHERE handler = 'tried' AND id = ?").param(bad).query(Long.class).single())
                .as("what the failed handler wrote before").isZero();
        assertThat(setAside(bad)).singleElement().satisfies(it -> assertThat(it.reason()).contains("value too long"));

        jdbc.sql("ALTER TABLE one_digit ALTER COLUMN digit TYPE TEXT").update();
        try {
            assertThat(commands.<Integer>sendAndWait(new RetrySetAside("counters", bad))).isZero();
            assertThat(commands.<Integer>sendAndWait(new RetrySetAside("one-digit", bad))).isEqualTo(1);
            Awaitility.await().until(() -> setAside(bad).isEmpty());
        } finally {
            jdbc.sql("ALTER TABLE one_digit ALTER COLUMN digit TYPE VARCHAR(1) USING left(digit, 1)").update();
        }
        commands.sendAndWait(new Increase(bad, 2));
        processors.awaitCaughtUp();

        assertThat(jdbc.sql("SELECT sequence FROM one_digit WHERE id = ? ORDER BY sequence").param(bad).query(Long.class).list())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void anEventThatComesDuringARetryWaitsForItsEndAndIsNeitherLostNorHandledTwice() {
        twoCounters();
        commands.sendAndWait(new Increase(bad, 10));
        processors.awaitCaughtUp("one-digit");
        jdbc.sql("ALTER TABLE one_digit ALTER COLUMN digit TYPE TEXT").update();
        CompletableFuture<Void> retrying = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        view.meanwhile = () -> {
            retrying.complete(null);
            goOn.join();
        };
        try {
            commands.sendAndWait(new RetrySetAside("one-digit", bad));
            retrying.join();
            commands.sendAndWait(new Increase(bad, 1));
            Awaitility.await().until(() -> waitsForALock() || setAside(bad).getFirst().lastNumber() > 1);
            goOn.complete(null);
            Awaitility.await().until(() -> setAside(bad).isEmpty());
            processors.awaitCaughtUp("one-digit");
        } finally {
            goOn.complete(null);
            view.meanwhile = () -> {};
            jdbc.sql("ALTER TABLE one_digit ALTER COLUMN digit TYPE VARCHAR(1) USING left(digit, 1)").update();
        }

        assertThat(jdbc.sql("SELECT sequence FROM one_digit WHERE id = ? ORDER BY ctid").param(bad).query(Long.class).list())
                .containsExactly(1L, 2L);
    }

    private boolean waitsForALock() {
        return jdbc.sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                .query(Long.class).single() > 0;
    }

    @Test
    void aSagaThatFailsAtAnEventIsAsItWasBeforeAndTheOthersGoOn() {
        twoCounters();
        commands.sendAndWait(new Increase(bad, 2));
        commands.sendAndWait(new Increase(bad, 7));
        commands.sendAndWait(new Increase(bad, 3));
        commands.sendAndWait(new Increase(good, 5));
        processors.awaitCaughtUp();

        assertThat(watched(good)).isEqualTo(5);
        assertThat(watched(bad)).isEqualTo(2);
        assertThat(setAside(bad)).singleElement().satisfies(it -> {
            assertThat(it.group()).isEqualTo("watchers");
            assertThat(it.firstNumber()).isEqualTo(2);
            assertThat(it.lastNumber()).isEqualTo(3);
            assertThat(it.reason()).isEqualTo("7 is too much");
        });
    }

    @Test
    void whatIsNoFaultOfTheEventHoldsTheGroupUpUntilItIsOver() {
        twoCounters();
        int before = view.attempts.get();
        jdbc.sql("ALTER TABLE one_digit RENAME TO lost").update();
        try {
            commands.sendAndWait(new Increase(bad, 1));
            commands.sendAndWait(new Increase(good, 2));
            Awaitility.await().until(() -> view.attempts.get() > before);
        } finally {
            jdbc.sql("ALTER TABLE lost RENAME TO one_digit").update();
        }
        processors.awaitCaughtUp();

        assertThat(digits(bad)).containsExactly("1");
        assertThat(digits(good)).containsExactly("2");
        assertThat(setAside(bad)).isEmpty();
    }

    private void twoCounters() {
        commands.sendAndWait(new Create(bad));
        commands.sendAndWait(new Create(good));
        processors.awaitCaughtUp();
    }

    /** As another process on this database would. */
    private void append(String id, long sequence, String name, String payload) {
        jdbc.sql("INSERT INTO domainevententry (aggregateidentifier, sequencenumber, type, eventidentifier, metadata, payload,"
                + " payloadrevision, payloadtype, timestamp) SELECT aggregateidentifier, ?, type, ?, metadata, ?, ?, ?, timestamp"
                + " FROM domainevententry WHERE aggregateidentifier = ? AND sequencenumber = 0")
                .params(sequence, UUID.randomUUID().toString(), payload.getBytes(StandardCharsets.UTF_8), name.endsWith("Increased")
                        ? "3"
                        : "1", name, id)
                .update();
    }

    private static String increased(String id, long by) {
        return "{\"id\":\"" + id + "\",\"by\":" + by + "}";
    }

    private void inOneTransaction(Runnable appending) {
        new TransactionTemplate(transactions).executeWithoutResult(_ -> appending.run());
    }

    private List<SetAside> setAside(String id) {
        return queries.query(new ListSetAside(1000), ResponseTypes.multipleInstancesOf(SetAside.class)).join().stream()
                .filter(it -> it.sequence().equals(id)).toList();
    }

    private List<String> digits(String id) {
        return jdbc.sql("SELECT digit FROM one_digit WHERE id = ? ORDER BY sequence").param(id).query(String.class).list();
    }

    private long value(String id) {
        return jdbc.sql("SELECT value FROM counter_view WHERE id = ?").param(id).query(Long.class).optional().orElse(0L);
    }

    private long watched(String id) {
        return jdbc.sql("SELECT (convert_from(serializedsaga, 'UTF8')::json->>'sum')::bigint FROM sagaentry JOIN associationvalueentry"
                + " USING (sagaid) WHERE associationvalue = ?").param(id).query(Long.class).single();
    }
}
