package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.awaitility.Awaitility;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.springframework.context.SmartLifecycle;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.platform.CounterNode.Create;
import io.masumi.node.platform.CounterNode.RingLater;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.TestPostgres;

@Tag("slow")
class DeadlinesTest {

    private static final Duration POLLED_OFTEN_ENOUGH = Duration.ofMillis(300);

    private final String database = TestPostgres.newDatabase();

    @Test
    void surviveARestartAndFireByTheNodesClock() {
        Instant due;
        try (ConfigurableApplicationContext node = start()) {
            due = node.getBean(Clock.class).instant().plus(Duration.ofHours(6));
            CommandGateway commands = node.getBean(CommandGateway.class);
            commands.sendAndWait(new Create("sale"));
            commands.sendAndWait(new RingLater("sale", due));
        }
        try (ConfigurableApplicationContext node = start()) {
            EventStore events = node.getBean(EventStore.class);
            MutableClock clock = node.getBean(MutableClock.class);
            clock.set(due.minusMillis(1));
            Awaitility.await().during(POLLED_OFTEN_ENOUGH).until(() -> types(node).size() == 1);

            clock.set(due);
            Awaitility.await().until(() -> types(node).size() == 2);

            assertThat(types(node)).containsExactly("test.counter.Created", "test.counter.Rung");
            assertThat(events.lastSequenceNumberFor("sale")).hasValue(1L);
            Awaitility.await().until(() -> node.getBean(JdbcClient.class).sql("SELECT count(*) FROM scheduled_tasks")
                    .query(Long.class).single() == 0);
        }
    }

    /** One that fires before its saga can be reached fails, and waits for its next try. */
    @Test
    void fireOnlyWhileAxonRuns() {
        try (ConfigurableApplicationContext node = start()) {
            assertThat(node.getBean("schedulerLifecycle", SmartLifecycle.class).getPhase())
                    .isGreaterThan(SpringAxonConfiguration.LIFECYCLE_PHASE);
        }
    }

    /** The command that sets a deadline and fails must not leave it behind. */
    @Test
    void areSetInTheCommandsTransaction() {
        try (ConfigurableApplicationContext node = start()) {
            CommandGateway commands = node.getBean(CommandGateway.class);
            commands.sendAndWait(new Create("sale"));
            Instant due = node.getBean(Clock.class).instant().plus(Duration.ofHours(6));
            TransactionTemplate transactions = node.getBean(org.springframework.transaction.support.TransactionTemplate.class);
            transactions.executeWithoutResult(status -> {
                commands.sendAndWait(new RingLater("sale", due));
                status.setRollbackOnly();
            });
            assertThat(node.getBean(JdbcClient.class).sql("SELECT count(*) FROM scheduled_tasks").query(Long.class).single()).isZero();
        }
    }

    @Test
    void waitForAProcessThatPlaysTheChain() {
        Instant due;
        try (ConfigurableApplicationContext node = start()) {
            due = node.getBean(Clock.class).instant().plus(Duration.ofHours(6));
            CommandGateway commands = node.getBean(CommandGateway.class);
            commands.sendAndWait(new Create("sale"));
            commands.sendAndWait(new RingLater("sale", due));
        }
        try (ConfigurableApplicationContext node = start("masumi.roles=command,query,gateway")) {
            node.getBean(MutableClock.class).set(due);
            Awaitility.await().during(POLLED_OFTEN_ENOUGH).until(() -> types(node).size() == 1 && failures(node) == 0);
        }
        try (ConfigurableApplicationContext node = start()) {
            node.getBean(MutableClock.class).set(due);
            Awaitility.await().until(() -> types(node).size() == 2);
        }
    }

    private static int failures(ConfigurableApplicationContext node) {
        return node.getBean(JdbcClient.class).sql("SELECT coalesce(sum(consecutive_failures), 0) FROM scheduled_tasks")
                .query(Integer.class).single();
    }

    private static List<String> types(ConfigurableApplicationContext node) {
        return node.getBean(JdbcClient.class).sql("SELECT payloadtype FROM domainevententry ORDER BY globalindex").query(String.class)
                .list();
    }

    private ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(CounterNode.class).web(WebApplicationType.NONE).properties("masumi.database.url=" + database,
                "masumi.deadlines.polling-interval=50ms").properties(properties).run();
    }
}
