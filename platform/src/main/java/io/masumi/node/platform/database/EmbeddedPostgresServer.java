package io.masumi.node.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A real PostgreSQL server that lives and dies with the node, on a free loopback port and behind a password, with every
 * guarantee of durability on: what was committed survives a killed JVM, a killed server and a power cut.
 *
 * <p>Its home holds {@code data} (the cluster), {@code password}, {@code lock} and {@code server.log}, all for the owner only.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgresServer.class);

    private static final String USER = "postgres";
    private static final String DATABASE = "masumi";

    /** Long enough for the recovery after a crash in the middle of heavy writing. */
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final FileChannel lockFile;
    private final EmbeddedPostgres postgres;
    private final DatabaseUrl url;

    private EmbeddedPostgresServer(FileChannel lockFile, EmbeddedPostgres postgres, DatabaseUrl url) {
        this.lockFile = lockFile;
        this.postgres = postgres;
        this.url = url;
    }

    /**
     * Starts the server on its home, which is made at the first time. A server that a killed node left behind there is
     * stopped first.
     *
     * @param home     the server's own directory
     * @param binaries where its programs are unpacked, made when absent; may be shared between homes
     * @throws IllegalStateException when another running node uses the home, or the server does not start
     */
    public static EmbeddedPostgresServer start(Path home, Path binaries) {
        var begun = System.nanoTime();
        try {
            OwnerOnly.directory(home);
            OwnerOnly.directory(binaries);
            var lock = lock(home);
            try {
                var cluster = home.toRealPath().resolve("data");
                AbandonedPostgres.in(cluster).ifPresent(AbandonedPostgres::stop);
                var password = password(home.resolve("password"));
                var postgres = start(home, cluster, binaries, password);
                var server = new EmbeddedPostgresServer(lock, postgres, url(postgres.getPort(), password));
                server.createDatabase();
                log.info("PostgreSQL on {} is up on loopback port {} after {} ms", cluster, postgres.getPort(),
                        Duration.ofNanos(System.nanoTime() - begun).toMillis());
                return server;
            } catch (IOException | SQLException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(
                    "The embedded PostgreSQL server in " + home + " did not start; see " + home.resolve("server.log"),
                    e);
        }
    }

    /** How to reach the node's database on it, credentials included. */
    public DatabaseUrl url() {
        return url;
    }

    /** Stops the server, ending open connections and finishing its checkpoint. */
    @Override
    public void close() {
        try {
            postgres.close();
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operating system gives the lock back when the process ends, however it ends. */
    private static FileChannel lock(Path home) throws IOException {
        var channel = FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel).isEmpty()) {
            channel.close();
            throw new IllegalStateException("Another running node uses the data in " + home);
        }
        return channel;
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            var bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            OwnerOnly.file(file, HexFormat.of().formatHex(bytes));
        }
        return Files.readString(file).strip();
    }

    private static EmbeddedPostgres start(Path home, Path cluster, Path binaries, String password) throws IOException {
        var output = Redirect.appendTo(home.resolve("server.log").toFile());
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(binaries.toFile())
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                // Spring closes this server after everything that uses it; a hook of its own would race with that.
                .setRegisterShutdownHook(false)
                .setPGStartupWait(LONGEST_START)
                .setOutputRedirector(output)
                .setErrorRedirector(output)
                .setConnectConfig("password", password)
                // These become options of initdb after the library's own, which would let in every local user without a password.
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", home.resolve("password").toAbsolutePath().toString())
                // Bytewise order: keyset paging and unique texts mean the same on every machine.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                // The library switches these off for the sake of quick tests.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100")
                .setServerConfig("log_checkpoints", "off")
                .start();
    }

    private static DatabaseUrl url(int port, String password) {
        return new DatabaseUrl("jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE, Optional.of(USER), Optional.of(password));
    }

    private void createDatabase() throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }
}
