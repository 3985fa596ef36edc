package io.masumi.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;

import io.masumi.node.testing.TestPostgres;

/** Two processes on one database, played by two sets of locks. */
@Tag("slow")
@Timeout(60)
class ProcessLocksTest {

    private final String url = TestPostgres.newDatabase();
    private final ProcessLocks one = new ProcessLocks(DatabaseUrl.parse(url));
    private final ProcessLocks other = new ProcessLocks(DatabaseUrl.parse(url));

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void allLocksOfAProcessHangOnOneConnection() throws SQLException {
        List<ProcessLock> many = IntStream.range(0, 100).mapToObj(number -> one.take("lock " + number).orElseThrow()).toList();
        assertThat(sessions()).hasSize(1);
        assertThat(many).allMatch(ProcessLock::isHeld);
        assertThat(other.take("lock 50")).isEmpty();
        many.forEach(ProcessLock::close);
        assertThat(other.take("lock 50")).isPresent();
    }

    @Test
    void whatOneThreadHasNoOtherGetsInEitherProcessUntilItIsGivenBack() {
        ProcessLock lock = one.take("work").orElseThrow();
        assertThat(one.take("work")).as("in the same process").isEmpty();
        assertThat(other.take("work")).as("in the other process").isEmpty();
        assertThat(one.take("other work")).isPresent();
        lock.close();
        lock.close();
        ProcessLock taken = other.take("work").orElseThrow();
        assertThat(one.take("work")).isEmpty();
        taken.close();
        assertThat(one.take("work")).isPresent();
    }

    @Test
    void whoWaitsComesBeforeWhoOnlyLooksAndHoldsUpNothingElse() {
        for (ProcessLocks holding : List.of(one, other)) {
            ProcessLock held = holding.take("work").orElseThrow();
            CompletableFuture<ProcessLock> waiting = waitFor(one, "work");
            CompletableFuture<ProcessLock> second = waitFor(one, "work");
            if (holding == other) {
                Awaitility.await().until(this::locksHeld, count -> count == 2);
            } else {
                Awaitility.await().until(() -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("waiting") && thread.getState() == Thread.State.WAITING).count() == 2);
            }
            one.take("other work").orElseThrow().close();
            held.close();
            for (ProcessLocks looking : List.of(one, other)) {
                assertThat(looking.take("work")).as("while somebody waits").isEmpty();
            }
            Awaitility.await().until(() -> waiting.isDone() || second.isDone());
            assertThat(waiting.isDone() && second.isDone()).as("both at once").isFalse();
            CompletableFuture.anyOf(waiting, second).thenAccept(lock -> ((ProcessLock) lock).close()).join();
            waiting.join().close();
            second.join().close();
        }
    }

    @Test
    void aBrokenConnectionIsNoticedAndTheLocksAreTakenAgainForWhatIsStillDoneUnderThem() throws SQLException {
        ProcessLock lost = one.take("work").orElseThrow();
        endSessions();
        Awaitility.await().atMost(ProcessLocks.CERTAIN).until(() -> !lost.isHeld());
        Awaitility.await().until(this::locksHeld, count -> count == 1);
        assertThat(other.take("work")).as("still done").isEmpty();
        assertThat(lost.isHeld()).as("another process may have had it meanwhile").isFalse();
        lost.close();
        ProcessLock again = one.take("work").orElseThrow();
        assertThat(again.isHeld()).isTrue();
    }

    @Test
    void aLockThatIsLostIsWhoeverTakesItNext() throws SQLException {
        ProcessLock lost = one.take("work").orElseThrow();
        endSessions();
        ProcessLock taken = other.take("work").orElseThrow();
        Awaitility.await().until(() -> !lost.isHeld());
        lost.close();
        assertThat(one.take("work")).isEmpty();
        assertThat(taken.isHeld()).isTrue();
    }

    @Test
    void aLockIsNotCertainWhileTheNetworkIsSilent() throws Exception {
        try (SilentNetwork network = new SilentNetwork(DatabaseUrl.parse(url)); ProcessLocks far = new ProcessLocks(network.url())) {
            ProcessLock lock = far.take("work").orElseThrow();
            network.silence();
            Awaitility.await().atMost(ProcessLocks.CERTAIN.plus(Duration.ofSeconds(1))).until(() -> !lock.isHeld());
            assertThatThrownBy(() -> far.take("other work")).isInstanceOf(DataAccessException.class);
            assertThat(other.take("work")).as("the server does not know yet").isEmpty();
            network.speak();
            Awaitility.await().until(() -> {
                try {
                    return far.take("other work").isPresent();
                } catch (DataAccessException _) {
                    return false;
                }
            });
            assertThat(sessions()).as("the silent session was ended").hasSize(2);
        }
    }

    @Test
    void aSessionThatWasGivenUpIsEndedThoughTheNextIsLostBeforeItCan() throws Exception {
        execute("CREATE SEQUENCE ends", """
                CREATE FUNCTION pg_terminate_backend(pid int) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
                    IF nextval('ends') = 1 THEN RAISE 'lost in the middle'; END IF;
                    RETURN pg_catalog.pg_terminate_backend(pid, 0);
                END $$""",
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = public, pg_catalog', current_database()); END $$");
        try (SilentNetwork network = new SilentNetwork(DatabaseUrl.parse(url));
                ProcessLocks far = new ProcessLocks(network.url(), Duration.ofMinutes(10))) {
            far.take("work").orElseThrow().close();
            network.silence();
            assertThatThrownBy(() -> far.take("work")).isInstanceOf(DataAccessException.class);
            network.speak();
            Awaitility.await().ignoreExceptionsInstanceOf(DataAccessException.class).until(() -> far.take("other work").isPresent());
            Awaitility.await().untilAsserted(() -> assertThat(sessions()).hasSize(1));
        }
        assertThat(query("SELECT last_value::int FROM ends").getFirst()).as("tried again").isGreaterThan(1);
    }

    @Test
    void theServerEndsASessionWhoseClientIsGone() throws Exception {
        try (SilentNetwork network = new SilentNetwork(DatabaseUrl.parse(url));
                ProcessLocks far = new ProcessLocks(network.url(), Duration.ofMillis(1_500))) {
            far.take("work").orElseThrow();
            network.silence();
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> other.take("work").isPresent());
        }
    }

    private static CompletableFuture<ProcessLock> waitFor(ProcessLocks locks, String name) {
        CompletableFuture<ProcessLock> lock = new CompletableFuture<>();
        Thread.ofPlatform().name("waiting").start(() -> {
            try {
                lock.complete(locks.await(name));
            } catch (InterruptedException | RuntimeException e) {
                lock.completeExceptionally(e);
            }
        });
        return lock;
    }

    private int locksHeld() throws SQLException {
        return query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())").getFirst();
    }

    private List<Integer> sessions() throws SQLException {
        return query("SELECT pid FROM pg_stat_activity WHERE application_name = 'masumi-locks' AND datname = current_database()");
    }

    private void endSessions() throws SQLException {
        query("SELECT pg_terminate_backend(pid, 5000)::int FROM pg_stat_activity WHERE application_name = 'masumi-locks'"
                + " AND datname = current_database()");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private List<Integer> query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Integer> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getInt(1));
            }
            return found;
        }
    }
}
