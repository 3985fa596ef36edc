package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.CounterNode.Create;
import io.masumi.node.platform.CounterNode.Created;
import io.masumi.node.platform.CounterNode.Increase;
import io.masumi.node.platform.CounterNode.Increased;
import io.masumi.node.platform.serialization.SagaName;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.Processors;

@Tag("slow")
@NodeTest(classes = {CounterNode.class, SagasTest.Follower.class}, properties = "masumi.deadlines.polling-interval=50ms")
public class SagasTest {

    /** Follows a counter; answers its first increase with another, and its own deadline with a last one. */
    @Saga
    @SagaName("test.saga.Follower")
    @ProcessingGroup("followers")
    public static class Follower {

        private String id;
        private Optional<Long> first = Optional.empty();

        @Autowired
        private transient CommandGateway commands;
        @Autowired
        private transient DeadlineManager deadlines;
        @Autowired
        private transient MutableClock clock;

        @StartSaga
        @SagaEventHandler(associationProperty = "id")
        void on(Created event) {
            id = event.id();
        }

        @SagaEventHandler(associationProperty = "id")
        void on(Increased event) {
            if (first.isEmpty()) {
                first = Optional.of(event.by());
                deadlines.schedule(clock.instant().plus(Duration.ofHours(1)), "give-up");
                commands.sendAndWait(new Increase(id, event.by() * 10));
            }
        }

        @EndSaga
        @DeadlineHandler(deadlineName = "give-up")
        void giveUp() {
            commands.sendAndWait(new Increase(id, first.orElseThrow() * 100));
        }
    }

    @Autowired
    private CommandGateway commands;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private Processors processors;
    @Autowired
    private MutableClock clock;

    @Test
    void areStoredBetweenEventsAndWokenByDeadlines() {
        String id = UUID.randomUUID().toString();
        commands.sendAndWait(new Create(id));
        processors.awaitCaughtUp("followers");
        assertThat(saga()).isEqualTo("{\"id\":\"" + id + "\",\"first\":null}");
        assertThat(jdbc.sql("SELECT associationkey || '=' || associationvalue FROM associationvalueentry").query(String.class).list())
                .containsExactly("id=" + id);

        commands.sendAndWait(new Increase(id, 3));
        processors.awaitCaughtUp("followers");
        assertThat(saga()).isEqualTo("{\"id\":\"" + id + "\",\"first\":3}");

        clock.advance(Duration.ofHours(1));
        Awaitility.await().until(() -> value(id) == 333);
        Awaitility.await().until(() -> jdbc.sql("SELECT count(*) FROM sagaentry").query(Long.class).single() == 0);
    }

    private String saga() {
        return jdbc.sql("SELECT convert_from(serializedsaga, 'UTF8') FROM sagaentry").query(String.class).single();
    }

    private long value(String id) {
        return jdbc.sql("SELECT value FROM counter_view WHERE id = ?").param(id).query(Long.class).optional().orElse(0L);
    }
}
