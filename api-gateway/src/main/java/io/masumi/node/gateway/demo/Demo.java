package io.masumi.node.gateway.demo;

import io.masumi.node.gateway.node.NodeOptions;
import io.masumi.node.gateway.node.RunningNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The demo: a node on a scratch directory, and one sale through its public API. Nothing of it is left afterwards, however
 * it ends.
 */
public final class Demo {

    private static final int LOG_LINES_SHOWN = 15;

    private final Path scratch;
    private final PrintStream out;
    private volatile RunningNode node;
    private volatile boolean swept;

    private Demo(Path scratch, PrintStream out) {
        this.scratch = scratch;
        this.out = out;
    }

    /** Runs the demo. @return the exit code: 0 when the money was withdrawn, 1 when a step failed, 2 for wrong arguments */
    public static int run(String[] arguments, Map<String, String> environment, PrintStream out) {
        if (arguments.length > 0) {
            out.print(NodeOptions.USAGE);
            return 2;
        }
        try {
            Demo demo = new Demo(Files.createTempDirectory("masumi-demo-"), out);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("sweep").unstarted(demo::sweep));
            return demo.sell(environment);
        } catch (IOException e) {
            out.println("FAILED at start: there is no place for a scratch directory: " + e.getMessage());
            return 1;
        }
    }

    private int sell(Map<String, String> environment) {
        Receipt receipt = new Receipt(out);
        Optional<DemoSale> sale = Optional.empty();
        try {
            receipt.line("starting", "a node in " + scratch);
            start(environment);
            receipt.line("node is up", "http://localhost:" + node.port() + "/api/v1, on a development network of its own");
            sale = Optional.of(new DemoSale(new ApiClient(HttpClient.newHttpClient(), "http://localhost:" + node.port() + "/api/v1",
                    node.newAdminKey().orElseThrow()), receipt));
            sale.get().run();
            return 0;
        } catch (RuntimeException e) {
            fail(sale.map(DemoSale::step).orElse("start of the node"), e);
            return 1;
        } finally {
            sweep();
        }
    }

    /** With the lock, so that sweeping waits for its end. On a database, a network and keys of its own, whatever the environment says about a real node's. */
    private synchronized void start(Map<String, String> environment) {
        NodeOptions options = new NodeOptions(Optional.of(0), scratch.resolve("data"), Map.of());
        node = RunningNode.start(options, Map.of(
                "masumi.database.url", "",
                "masumi.roles", "",
                "axon.axonserver.enabled", "false",
                "logging.file.name", log().toString(),
                "logging.threshold.console", environment.containsKey("MASUMI_DEMO_LOG") ? "info" : "off"));
    }

    private void fail(String step, RuntimeException failure) {
        if (swept) {
            return;
        }
        out.println("FAILED at: " + step);
        out.println("because:   " + (failure instanceof StepFailed ? failure.getMessage() : failure.toString()));
        try {
            if (Files.exists(log())) {
                List<String> lines = Files.readAllLines(log());
                out.println("The node's log ends:");
                lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()).forEach(line -> out.println("  " + line));
            }
        } catch (IOException e) {
            out.println("(its log cannot be read: " + e.getMessage() + ")");
        }
    }

    private Path log() {
        return scratch.resolve("node.log");
    }

    /** Whoever comes second waits for the first: a process that ends does not wait for its main thread. */
    private synchronized void sweep() {
        if (swept) {
            return;
        }
        swept = true;
        if (node != null) {
            node.close();
        }
        try (Stream<Path> found = Files.walk(scratch)) {
            for (Path each : found.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            out.println("The scratch directory " + scratch + " could not be removed: " + e.getMessage());
        }
    }
}
