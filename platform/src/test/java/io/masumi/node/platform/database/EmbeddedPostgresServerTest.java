package io.masumi.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(120)
class EmbeddedPostgresServerTest {

    /** Shared with the other tests' runs, as it is between the data directories of a user. */
    private static final Path BINARIES = Path.of("target", "postgres-binaries").toAbsolutePath();

    @TempDir
    private Path directory;

    @Test
    void whatIsCommittedIsOnDisk() throws SQLException {
        Map<String, String> settings = Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on", "data_checksums", "on",
                "listen_addresses", "127.0.0.1", "server_encoding", "UTF8", "password_encryption", "scram-sha-256");
        try (EmbeddedPostgresServer server = start(); Connection connection = connect(server.url())) {
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                assertThat(one(connection, "SHOW " + setting.getKey())).as(setting.getKey()).isEqualTo(setting.getValue());
            }
        }
    }

    @Test
    void nobodyGetsInWithoutThePassword() {
        try (EmbeddedPostgresServer server = start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.url().jdbcUrl(), "postgres", "wrong").close())
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> DriverManager.getConnection(server.url().jdbcUrl(), "postgres", null).close())
                    .hasMessageContaining("password");
        }
    }

    @Test
    void itsFilesAreTheOwnersOnly() throws IOException {
        try (EmbeddedPostgresServer server = start()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home()))).isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home().resolve("password")))).isEqualTo("rw-------");
            assertThat(server.url().toString()).doesNotContain(Files.readString(home().resolve("password")).strip());
        }
    }

    @Test
    void dataStaysOverACleanStopAndTheServerIsGone() throws SQLException, IOException {
        ProcessHandle postmaster;
        try (EmbeddedPostgresServer server = start(); Connection connection = connect(server.url())) {
            postmaster = ProcessHandle.of(postmaster()).orElseThrow();
            one(connection, "CREATE TABLE kept AS SELECT 42 AS value; SELECT 1");
        }
        Awaitility.await().until(() -> !postmaster.isAlive());
        try (EmbeddedPostgresServer server = start(); Connection connection = connect(server.url())) {
            assertThat(one(connection, "SELECT value FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void twoNodesCannotShareAHome() {
        try (EmbeddedPostgresServer server = start()) {
            assertThat(server).isNotNull();
            assertThatThrownBy(this::start).hasMessageContaining("Another running node");
        }
    }

    /** As after a crash of the machine, when the number was given to another program since. */
    @Test
    void aPidFileOfAnotherProgramDoesNotHinderTheStart() throws IOException, SQLException {
        start().close();
        Path pidFile = home().resolve("data").resolve("postmaster.pid");
        Files.write(pidFile,
                List.of(Long.toString(ProcessHandle.current().pid()), home().resolve("data").toString(), "1", "5432", "", "127.0.0.1",
                        "", "ready"));
        try (EmbeddedPostgresServer server = start(); Connection connection = connect(server.url())) {
            assertThat(one(connection, "SELECT 1")).isEqualTo("1");
        }
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void theServerOfAKilledNodeIsReplacedAndLosesNothing() throws Exception {
        Process node = nodeInAnotherJvm();
        assertThatThrownBy(this::start).as("while it lives").hasMessageContaining("Another running node");
        ProcessHandle orphan = ProcessHandle.of(postmaster()).orElseThrow();

        node.destroyForcibly();
        assertThat(node.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(orphan.isAlive()).as("PostgreSQL outlives its JVM").isTrue();

        try (EmbeddedPostgresServer server = start(); Connection connection = connect(server.url())) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(one(connection, "SELECT count(*) FROM committed")).isEqualTo("1");
        }
    }

    @Test
    void theServerOfAKilledNodeThatWasKilledTooLosesNothing() throws Exception {
        Process node = nodeInAnotherJvm();
        ProcessHandle orphan = ProcessHandle.of(postmaster()).orElseThrow();
        List<ProcessHandle> workers = orphan.descendants().toList();
        node.destroyForcibly().waitFor();
        orphan.destroyForcibly();
        for (ProcessHandle worker : workers) {
            worker.onExit().get(20, TimeUnit.SECONDS);
        }
        assertThat(home().resolve("data").resolve("postmaster.pid")).exists();

        try (EmbeddedPostgresServer server = start(); Connection connection = connect(server.url())) {
            assertThat(one(connection, "SELECT count(*) FROM committed")).isEqualTo("1");
        }
    }

    @Test
    void aKilledServerIsStartedAgainOnTheSamePort() throws Exception {
        AtomicReference<String> lost = new AtomicReference<>();
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(home(), BINARIES, lost::set)) {
            ProcessHandle killed = ProcessHandle.of(postmaster()).orElseThrow();
            try (Connection connection = connect(server.url())) {
                one(connection, "CREATE TABLE committed AS SELECT 1; SELECT 1");
                killed.destroyForcibly();
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                try (Connection connection = connect(server.url())) {
                    assertThat(one(connection, "SELECT count(*) FROM committed")).isEqualTo("1");
                }
            });
            assertThat(postmaster()).isNotEqualTo(killed.pid());
        }
        assertThat(lost.get()).isNull();
    }

    @Test
    void aServerWhoseDataIsGoneIsLostAndNotMadeAnew() throws Exception {
        AtomicReference<String> lost = new AtomicReference<>();
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(home(), BINARIES, lost::set)) {
            assertThat(server).isNotNull();
            ProcessHandle killed = ProcessHandle.of(postmaster()).orElseThrow();
            Files.move(home().resolve("data"), home().resolve("moved away"));
            killed.destroyForcibly();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> lost.get() != null);
            assertThat(lost.get()).contains("is gone");
            assertThat(home().resolve("data")).doesNotExist();
        }
    }

    /** It would be killed again and again: somebody must look, and a supervisor see that the process ended. */
    @Test
    void aServerThatEndsAgainAndAgainIsLost() throws Exception {
        AtomicReference<String> lost = new AtomicReference<>();
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(home(), BINARIES, lost::set)) {
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
                try (Connection up = connect(server.url())) {
                    assertThat(one(up, "SELECT 1")).isEqualTo("1");
                    ProcessHandle.of(postmaster()).ifPresent(ProcessHandle::destroyForcibly);
                } catch (SQLException e) {
                    assertThat(server.url()).isNotNull();
                }
                return lost.get() != null;
            });
            assertThat(lost.get()).contains("has ended 6 times within 5 minutes");
        }
    }

    /** As long as a killed server's worker writes, no other server may. */
    @Test
    void aKilledServersWorkersAreWaitedFor() throws Exception {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(home(), BINARIES);
                Connection connection = connect(server.url())) {
            Thread busy = Thread.ofVirtual().start(() -> {
                try {
                    one(connection, "SELECT count(*) FROM generate_series(1, 12000000) AS a WHERE a % 7 = 1");
                } catch (SQLException e) {
                    // It may end with the server.
                }
            });
            ProcessHandle killed = ProcessHandle.of(postmaster()).orElseThrow();
            Awaitility.await().until(() -> one(connect(server.url()),
                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT count(*) FROM generate_series%' AND state = 'active'")
                    .equals("1"));
            killed.destroyForcibly();
            Awaitility.await().atMost(Duration.ofSeconds(40)).ignoreExceptions().until(() -> {
                try (Connection again = connect(server.url())) {
                    return one(again, "SELECT 1").equals("1");
                }
            });
            busy.join();
        }
    }

    /** What a start that was killed in the middle leaves is no cluster. */
    @Test
    void aClusterThatWasNotFinishedIsMadeAnew() throws IOException, SQLException {
        Files.createDirectories(home().resolve("data.partial").resolve("base"));
        Files.writeString(home().resolve("data.partial").resolve("PG_VERSION"), "17");
        try (EmbeddedPostgresServer server = start(); Connection connection = connect(server.url())) {
            assertThat(one(connection, "SELECT 1")).isEqualTo("1");
        }
        assertThat(home().resolve("data.partial")).doesNotExist();
    }

    /** The other JVM's part: starts the server, commits a row, holds an open transaction and says so. */
    static final class Node {

        private Node() {}

        public static void main(String[] arguments) throws SQLException, InterruptedException {
            EmbeddedPostgresServer server = EmbeddedPostgresServer.start(Path.of(arguments[0]), Path.of(arguments[1]));
            Connection connection = connect(server.url());
            one(connection, "CREATE TABLE committed AS SELECT 1; SELECT 1");
            connection.setAutoCommit(false);
            one(connection, "INSERT INTO committed VALUES (2); SELECT 1");
            System.out.println("ready");
            Thread.sleep(Duration.ofMinutes(5));
        }
    }

    private Process nodeInAnotherJvm() throws IOException {
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx128m", "-cp",
                System.getProperty("java.class.path"), Node.class.getName(), home().toString(), BINARIES.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.lines().filter("ready"::equals).findFirst()).contains("ready");
        }
        return process;
    }

    private EmbeddedPostgresServer start() {
        return EmbeddedPostgresServer.start(home(), BINARIES);
    }

    private Path home() {
        return directory.resolve("postgres");
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(home().resolve("data").resolve("postmaster.pid")).getFirst().strip());
    }

    private static Connection connect(DatabaseUrl url) throws SQLException {
        return DriverManager.getConnection(url.jdbcUrl(), url.user().orElseThrow(), url.password().orElseThrow());
    }

    /** The first column of the first row of the last statement. */
    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            ResultSet result = statement.getResultSet();
            result.next();
            return result.getString(1);
        }
    }
}
