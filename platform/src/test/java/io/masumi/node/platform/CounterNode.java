package io.masumi.node.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.masumi.node.EventName;
import io.masumi.node.testing.NodeTestConfiguration;

/** The smallest node: a counter, a note of every handler's transaction, and a view. */
@Configuration(proxyBeanMethods = false)
@Import({NodeTestConfiguration.class, CounterNode.Counter.class, CounterNode.View.class})
class CounterNode {

    record Create(@TargetAggregateIdentifier String id) {}

    record Increase(@TargetAggregateIdentifier String id, long by, boolean failAfterwards) {

        Increase(String id, long by) {
            this(id, by, false);
        }
    }

    record Look(@TargetAggregateIdentifier String id) {}

    /** Answers with the aggregate's version, as those of the node do, and changes nothing. */
    record Note(@TargetAggregateIdentifier String id) {}

    /** Decides slowly: begins, and refuses when it is let. */
    record Ponder(@TargetAggregateIdentifier String id, CountDownLatch begun, CountDownLatch letGo) {}

    record RingLater(@TargetAggregateIdentifier String id, Instant at) {}

    @EventName("test.counter.Created")
    record Created(String id, Instant at, Optional<String> note, List<Duration> waits) {}

    @EventName(value = "test.counter.Increased", revision = "3")
    record Increased(String id, long by) {}

    @EventName("test.counter.Rung")
    record Rung(String id) {}

    record Unnamed(String id) {}

    record PublishUnnamed(@TargetAggregateIdentifier String id) {}

    @Aggregate(cache = "aggregateCache", snapshotTriggerDefinition = "aggregateSnapshots")
    static class Counter {

        @AggregateIdentifier
        private String id;
        private long value;

        Counter() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.ALWAYS)
        void handle(Create command, java.time.Clock clock) {
            AggregateLifecycle.apply(new Created(command.id(), clock.instant(), Optional.empty(), List.of(Duration.ofMillis(1))));
        }

        @CommandHandler
        long handle(Increase command, JdbcClient jdbc) {
            note(jdbc, "command", command.id());
            AggregateLifecycle.apply(new Increased(command.id(), command.by()));
            if (command.failAfterwards()) {
                throw new IllegalStateException("asked to fail");
            }
            return value;
        }

        @CommandHandler
        long handle(Look command) {
            return value;
        }

        @CommandHandler
        long handle(Note command) {
            return AggregateLifecycle.getVersion();
        }

        @CommandHandler
        void handle(Ponder command) throws InterruptedException {
            command.begun().countDown();
            command.letGo().await();
            throw new IllegalStateException("refused after long thought");
        }

        @CommandHandler
        void handle(RingLater command, DeadlineManager deadlines) {
            deadlines.schedule(command.at(), "ring");
        }

        @CommandHandler
        void handle(PublishUnnamed command) {
            AggregateLifecycle.apply(new Unnamed(command.id()));
        }

        @DeadlineHandler(deadlineName = "ring")
        void ring() {
            AggregateLifecycle.apply(new Rung(id));
        }

        @EventSourcingHandler
        void on(Created event) {
            id = event.id();
        }

        @EventSourcingHandler
        void on(Increased event) {
            value += event.by();
        }
    }

    @ProcessingGroup("counters")
    static class View {

        private final JdbcClient jdbc;

        View(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @EventHandler
        void on(Increased event) {
            note(jdbc, "event", event.id());
            jdbc.sql("INSERT INTO counter_view VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET value = counter_view.value + EXCLUDED.value")
                    .params(event.id(), event.by()).update();
        }

        @EventHandler
        void on(Rung event) {
            note(jdbc, "rung", event.id());
        }
    }

    /** What a handler sees of its transaction; two statements of one transaction have one number. */
    private static void note(JdbcClient jdbc, String handler, String id) {
        String first = jdbc.sql("SELECT pg_current_xact_id()::text").query(String.class).single();
        jdbc.sql("INSERT INTO handled (handler, id, active, first_xact, second_xact) VALUES (?, ?, ?, ?, pg_current_xact_id()::text)")
                .params(handler, id, TransactionSynchronizationManager.isActualTransactionActive(), first).update();
    }

    @Bean
    static org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer testTables() {
        return flyway -> flyway.locations("classpath:db/migration", "classpath:db/test");
    }
}
