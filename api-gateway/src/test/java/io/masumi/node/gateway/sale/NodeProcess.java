package io.masumi.node.gateway.sale;

import static org.awaitility.Awaitility.await;

import io.masumi.node.gateway.MasumiNode;
import io.masumi.node.gateway.node.NodeOptions;
import io.masumi.node.gateway.node.RunningNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node in a process of its own, which can be killed. */
final class NodeProcess implements AutoCloseable {

    private final Path log;
    private final Process process;
    private final int port;

    private NodeProcess(Path log, Process process, int port) {
        this.log = log;
        this.process = process;
        this.port = port;
    }

    /** The process's program: a node whose clock a test can move. Its arguments are the data directory and a file for its port. */
    static final class Program {

        public static void main(String[] arguments) throws IOException {
            RunningNode node = RunningNode.start(
                    new NodeOptions(Optional.of(Integer.parseInt(arguments[2])), Path.of(arguments[0]), System.getenv()), SETTINGS,
                    MasumiNode::end);
            Path partial = Path.of(arguments[1] + ".partial");
            Files.writeString(partial, Integer.toString(node.port()));
            Files.move(partial, Path.of(arguments[1]), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Settings of a node whose clock a test can move. */
    static final Map<String, Object> SETTINGS = Map.of("spring.main.sources", MovableClock.OfDataDirectory.class.getName());

    /** Starts a node and waits until it is up. */
    static NodeProcess start(Path data) {
        return start(data, Map.of());
    }

    /** @param environment variables of the process, besides this one's */
    static NodeProcess start(Path data, Map<String, String> environment) {
        return start(data, environment, 0, true);
    }

    /** Starts a node and does not wait until it is up. @param port to listen on */
    static NodeProcess begin(Path data, int port) {
        return start(data, Map.of(), port, false);
    }

    private static NodeProcess start(Path data, Map<String, String> environment, int port, boolean wait) {
        try {
            Path directory = Files.createTempDirectory(data.getParent(), "process-");
            Path log = directory.resolve("log");
            Path portFile = directory.resolve("port");
            ProcessBuilder program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:TieredStopAtLevel=1", "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Program.class.getName(),
                    data.toString(), portFile.toString(), Integer.toString(port))
                    .redirectErrorStream(true).redirectOutput(log.toFile());
            program.environment().putAll(environment);
            Process process = program.start();
            if (!wait) {
                return new NodeProcess(log, process, port);
            }
            try {
                await("node " + log).atMost(Duration.ofMinutes(3)).until(() -> Files.exists(portFile) || !process.isAlive());
                if (!process.isAlive()) {
                    throw new IllegalStateException("the node did not start: " + Files.readString(log));
                }
                return new NodeProcess(log, process, Integer.parseInt(Files.readString(portFile)));
            } catch (RuntimeException e) {
                process.destroyForcibly();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    List<String> logLines() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: no shutdown hook runs, its PostgreSQL lives on. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** The exit code, when it has ended by itself. */
    int end() {
        awaitEnd();
        return process.exitValue();
    }

    /** SIGTERM, as a person would stop it. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        await("end of the process").atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive());
    }
}
