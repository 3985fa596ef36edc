package io.masumi.node.platform.database;

import io.masumi.node.platform.loop.BackgroundLoop;
import io.masumi.node.platform.loop.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.masumi.node.platform.file.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL server that lives and dies with the node, on a free loopback port and behind a password, with every
 * guarantee of durability on: what was committed survives a killed JVM, a killed server and a power cut. A server that ends by itself,
 * because it was killed for example, is started again on the same data and port.
 *
 * <p>Its home holds {@code data} (the cluster), {@code password}, {@code lock} and {@code server.log}, all for the owner only.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresServer.class);

    private static final String USER = "postgres";
    private static final String DATABASE = "masumi";

    private static final List<String> OPTIONS = List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on",
            "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100", "log_checkpoints=off");

    /** Long enough for the recovery after a crash in the middle of heavy writing. */
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    /** As long as it takes the last workers of a killed server to notice; until then no other may start beside them. */
    private static final Duration LEFT_BY_OTHERS = Duration.ofSeconds(20);

    private static final Duration LOOK_EVERY = Duration.ofMillis(300);

    /** More ends than this within {@link #MANY} are no accidents. */
    private static final int MAX_RESTARTS = 5;
    private static final Duration MANY = Duration.ofMinutes(5);

    private final Path home;
    private final Path cluster;
    private final PostgresPrograms programs;
    private final int port;
    private final DatabaseUrl url;
    private final FileChannel lockFile;
    private final Consumer<String> lost;

    private ProcessHandle postmaster;
    private boolean closed;
    private int restarts;
    private long firstRestart;
    private final BackgroundLoop watch = BackgroundLoop.every(LOOK_EVERY, "postgres-watch", this::look);

    private EmbeddedPostgresServer(Path home, Path cluster, PostgresPrograms programs, int port, String password, FileChannel lockFile,
            Consumer<String> lost) {
        this.home = home;
        this.cluster = cluster;
        this.programs = programs;
        this.port = port;
        this.url = url(port, DATABASE, password);
        this.lockFile = lockFile;
        this.lost = lost;
    }

    /** The same for whoever can do nothing when the server is lost but read of it in the log. */
    public static EmbeddedPostgresServer start(Path home, Path binaries) {
        return start(home, binaries, _ -> {});
    }

    /**
     * Starts the server on its home, which is made at the first time. A server that a killed node left behind there is
     * stopped first.
     *
     * @param home     the server's own directory
     * @param binaries where its programs are unpacked, made when absent; may be shared between homes
     * @param lost     told why, when the server has ended and cannot be started again
     * @throws IllegalStateException when another running node uses the home, or the server does not start
     */
    public static EmbeddedPostgresServer start(Path home, Path binaries, Consumer<String> lost) {
        long begun = System.nanoTime();
        try {
            OwnerOnly.directory(home);
            OwnerOnly.directory(binaries);
            FileChannel lock = OwnerOnly.lock(home.resolve("lock"))
                    .orElseThrow(() -> new IllegalStateException("Another running node uses the data in " + home));
            try {
                Path real = home.toRealPath();
                Path cluster = real.resolve("data");
                AbandonedPostgres.in(cluster).ifPresent(AbandonedPostgres::stop);
                String password = password(real.resolve("password"));
                EmbeddedPostgresServer server = new EmbeddedPostgresServer(real, cluster, PostgresPrograms.unpackedIn(binaries), freePort(),
                        password, lock,
                        lost);
                server.makeCluster();
                server.launch(Files.exists(cluster.resolve("postmaster.pid")) ? LEFT_BY_OTHERS : Duration.ZERO);
                try {
                    server.createDatabase(password);
                } catch (SQLException e) {
                    server.programs.stop(cluster, server.log());
                    throw e;
                }
                server.watch.start();
                LOG.info("PostgreSQL on {} is up on loopback port {} after {} ms", cluster, server.port,
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
        watch.stop();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            try {
                if (isRunning()) {
                    programs.stop(cluster, log());
                }
                lockFile.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized void look() {
        if (closed || isRunning()) {
            return;
        }
        if (System.nanoTime() - firstRestart > MANY.toNanos()) {
            restarts = 0;
        }
        if (restarts++ == 0) {
            firstRestart = System.nanoTime();
        }
        if (restarts > MAX_RESTARTS) {
            lost.accept("the embedded PostgreSQL server has ended " + restarts + " times within " + MANY.toMinutes()
                    + " minutes, and " + log() + " says why");
            watch.leave();
        } else if (!restarted()) {
            watch.leave();
        }
    }

    private boolean restarted() {
        long begun = System.nanoTime();
        LOG.error(
                "The PostgreSQL server (process {}) on {} has ended, though nobody stopped it: it was killed, or {} says why. It is started"
                        + " again",
                postmaster.pid(), cluster, log());
        if (!isCluster()) {
            lost.accept("the data directory of the embedded PostgreSQL server, " + cluster + ", is gone");
            return false;
        }
        try {
            launch(LEFT_BY_OTHERS);
            LOG.warn("PostgreSQL on {} is up again after {} ms; nothing that was committed is lost", cluster,
                    Duration.ofNanos(System.nanoTime() - begun).toMillis());
            return true;
        } catch (IOException | RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                lost.accept("the embedded PostgreSQL server has ended and does not start again (" + e.getMessage() + ")");
            }
            return false;
        }
    }

    /** Starts it, and tries again for a while: the workers of a killed server may outlive it. */
    private void launch(Duration patience) throws IOException {
        try {
            Patience.of(patience, LOOK_EVERY, IOException.class).execute(() -> {
                programs.start(cluster, port, OPTIONS, log(), LONGEST_START);
                postmaster = AbandonedPostgres.postmaster(cluster)
                        .orElseThrow(() -> new IOException("the server ended as soon as it was up"));
                return postmaster;
            });
        } catch (RetryException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    /** A process that has ended but was not yet waited for has no program any more. */
    private boolean isRunning() {
        return postmaster.isAlive() && postmaster.info().command().isPresent();
    }

    private Path log() {
        return home.resolve("server.log");
    }

    private boolean isCluster() {
        return Files.exists(cluster.resolve("PG_VERSION"));
    }

    /** Whole or not at all: a start may be killed in the middle of it. */
    private void makeCluster() throws IOException {
        if (isCluster()) {
            return;
        }
        Path partial = home.resolve("data.partial");
        FileSystemUtils.deleteRecursively(partial);
        programs.initdb(partial, USER, home.resolve("password"), log());
        Files.move(partial, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The operating system gives the lock back when the process ends, however it ends. */
    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            OwnerOnly.file(file, HexFormat.of().formatHex(bytes));
        }
        return Files.readString(file).strip();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static DatabaseUrl url(int port, String database, String password) {
        return new DatabaseUrl("jdbc:postgresql://127.0.0.1:" + port + "/" + database, Optional.of(USER), Optional.of(password));
    }

    private void createDatabase(String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(port, "postgres", password).jdbcUrl(), USER, password);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }
}
