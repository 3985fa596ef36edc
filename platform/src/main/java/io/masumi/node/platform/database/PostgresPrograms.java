package io.masumi.node.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.util.FileSystemUtils;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;

/**
 * PostgreSQL's programs for this machine, unpacked. They are called here and not by the library that brings them: it knows no data
 * checksums, does not notice a start that fails, and cannot start a server again.
 *
 * @param directory that holds {@code bin}
 */
record PostgresPrograms(Path directory) {

    /** Besides what pg_ctl is told to wait for. */
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
    private static final Duration LONGEST_INITDB = Duration.ofMinutes(2);

    /** Unpacks them unless they are there. @param binaries may be shared by several nodes */
    static PostgresPrograms unpackedIn(Path binaries) throws IOException {
        MessageDigest archive = md5();
        // The library unpacks before it starts a server, and names the directory after the archive.
        Path noCluster = Files.createTempDirectory(binaries, "unpacking-");
        try {
            Files.createFile(noCluster.resolve("postgresql.conf"));
            EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setPgBinaryResolver((system, machine) -> read(system, machine, archive))
                    .setDataDirectory(noCluster)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setDataDirectoryCustomizer(_ -> {
                        throw new Unpacked();
                    })
                    .start();
            throw new IllegalStateException("A server was started that nobody asked for");
        } catch (Unpacked e) {
            return new PostgresPrograms(binaries.resolve("PG-" + HexFormat.of().formatHex(archive.digest())));
        } finally {
            FileSystemUtils.deleteRecursively(noCluster);
        }
    }

    /**
     * Makes a cluster with data checksums, behind a password, in UTF-8 and with bytewise order: keyset paging and unique texts mean
     * the same on every machine.
     *
     * @param cluster not there yet
     * @param passwordFile of its superuser
     */
    void initdb(Path cluster, String superuser, Path passwordFile, Path log) throws IOException {
        run(log, LONGEST_INITDB, "initdb", "-D", cluster.toString(), "-U", superuser, "--pwfile=" + passwordFile, "--auth=scram-sha-256",
                "--data-checksums", "-E", "UTF-8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param options settings as {@code name=value}, without blanks
     * @throws IOException when it is not; then none runs
     */
    void start(Path cluster, int port, List<String> options, Path log, Duration longest) throws IOException {
        StringBuilder arguments = new StringBuilder("-p ").append(port);
        options.forEach(option -> arguments.append(" -c ").append(option));
        try {
            run(log, longest.plus(GRACE), "pg_ctl", "start", "-w", "-t", Long.toString(longest.toSeconds()), "-D", cluster.toString(),
                    "-l", log.toString(), "-o", arguments.toString());
        } catch (IOException e) {
            stopWhateverRuns(cluster, log, e);
            throw e;
        }
    }

    private void stopWhateverRuns(Path cluster, Path log, IOException why) {
        try {
            run(log, LONGEST_STOP, "pg_ctl", "stop", "-m", "immediate", "-w", "-D", cluster.toString());
        } catch (IOException e) {
            // Mostly there is none.
            why.addSuppressed(e);
        }
    }

    /** Stops the server: transactions in flight roll back, and its checkpoint is finished. */
    void stop(Path cluster, Path log) throws IOException {
        run(log, LONGEST_STOP.plus(GRACE), "pg_ctl", "stop", "-m", "fast", "-w", "-t", Long.toString(LONGEST_STOP.toSeconds()), "-D",
                cluster.toString());
    }

    private void run(Path log, Duration longest, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses to run as root; so root runs it as nobody in a name space of its own.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(directory.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile())).start();
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " did not end within " + longest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IOException("interrupted while waiting for " + program, e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(program + " failed with exit code " + process.exitValue() + "; see " + log);
        }
    }

    private static InputStream read(String system, String machine, MessageDigest digest) throws IOException {
        return new DigestInputStream(DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine), digest);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows MD5", e);
        }
    }

    private static final class Unpacked extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
