package io.masumi.node.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that outlived the node which had started it. The caller holds the home's lock, so no living node
 * uses it.
 *
 * @param process its postmaster
 * @param cluster its data directory
 */
record AbandonedPostgres(ProcessHandle process, Path cluster) {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedPostgres.class);

    /** Lines of the file: process id, data directory, start in Unix seconds, port, … */
    private static final int PROCESS = 0;
    private static final int START = 2;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    /** The clocks of the kernel and of the server's log differ by less. */
    private static final Duration SAME_START = Duration.ofSeconds(5);

    /**
     * The server that runs on the data directory, by its {@code postmaster.pid}. A file whose number now belongs to another program
     * is removed: the server would refuse to start beside it. One whose process is gone is left, because by it a server
     * tells whether workers of the one before are still writing, and waits for them.
     */
    static Optional<AbandonedPostgres> in(Path cluster) throws IOException {
        Path pidFile = pidFile(cluster);
        Optional<ProcessHandle> process = postmaster(cluster);
        if (process.isEmpty()) {
            return Optional.empty();
        }
        if (!isPostgresOn(process.get(), cluster, number(Files.readAllLines(pidFile), START))) {
            LOG.info("Removing {}: no PostgreSQL server runs there", pidFile);
            Files.delete(pidFile);
            return Optional.empty();
        }
        return process.map(running -> new AbandonedPostgres(running, cluster));
    }

    /** The living process, whatever it is, whose number the {@code postmaster.pid} of the data directory has. */
    static Optional<ProcessHandle> postmaster(Path cluster) throws IOException {
        return Files.exists(pidFile(cluster))
                ? number(Files.readAllLines(pidFile(cluster)), PROCESS).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive)
                : Optional.empty();
    }

    private static Path pidFile(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    private static Optional<Long> number(List<String> lines, int index) {
        return lines.stream().skip(index).findFirst().map(String::strip).filter(line -> line.matches("\\d{1,18}")).map(Long::valueOf);
    }

    /**
     * Its arguments tell a server's directory; where the system hides them, or the directory was moved meanwhile, the
     * start time that the server wrote down must be the process's.
     */
    private static boolean isPostgresOn(ProcessHandle process, Path cluster, Optional<Long> startedSeconds) {
        ProcessHandle.Info info = process.info();
        // A process that has ended but was not yet waited for has no program any more.
        if (info.command().filter(command -> Path.of(command).getFileName().toString().startsWith("postgres")).isEmpty()) {
            return false;
        }
        return info.arguments().map(Arrays::asList).orElse(List.of()).contains(cluster.toString())
                || startedSeconds.map(Instant::ofEpochSecond).flatMap(written -> info.startInstant()
                        .map(started -> Duration.between(written, started).abs().compareTo(SAME_START) <= 0)).orElse(false);
    }

    /**
     * Stops it as {@code pg_ctl stop -m fast} does: transactions in flight roll back, what was committed is kept.
     *
     * @throws IllegalStateException when it does not stop; it is not killed, since that could leave its workers writing
     */
    void stop() {
        LOG.warn("Stopping the PostgreSQL server (process {}) that a killed node left behind on {}", process.pid(), cluster);
        try {
            interrupt();
            process.onExit().get(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The PostgreSQL server with process id " + process.pid() + " on " + cluster
                    + " does not stop; stop it by hand and start the node again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the PostgreSQL server on " + cluster + " was stopping", e);
        }
    }

    /** SIGINT asks for the fast stop; Java itself can send only SIGTERM, which waits for clients to leave. */
    private void interrupt() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (kill.waitFor() != 0 && process.isAlive()) {
            throw new IOException("kill -INT " + process.pid() + " failed");
        }
    }
}
