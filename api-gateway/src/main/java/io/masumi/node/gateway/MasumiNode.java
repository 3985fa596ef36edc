package io.masumi.node.gateway;

import io.masumi.node.gateway.demo.Demo;
import io.masumi.node.gateway.node.CopyEvents;
import io.masumi.node.gateway.node.NodeOptions;
import io.masumi.node.gateway.node.NodeVersion;
import io.masumi.node.gateway.node.PortTakenException;
import io.masumi.node.gateway.node.RunningNode;
import io.masumi.node.gateway.node.StartFailure;
import io.masumi.node.platform.eventstore.EventCopyException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** The command line: a node that runs until it is stopped, the demo, or moving a node's events. */
public final class MasumiNode {

    private static final int BAD_ARGUMENTS = 2;
    private static final int PORT_TAKEN = 3;
    private static final int BROKEN = 4;

    private MasumiNode() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("demo")) {
            System.exit(Demo.run(Arrays.copyOfRange(arguments, 1, arguments.length), System.getenv(), System.out));
        }
        if (Arrays.asList(arguments).contains("--version")) {
            System.out.println(NodeVersion.text());
            return;
        }
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(NodeOptions.USAGE);
            return;
        }
        if (arguments.length > 0 && arguments[0].equals("copy-events")) {
            copyEvents(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        NodeOptions options;
        try {
            options = NodeOptions.parse(arguments, System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.print(e.getMessage() + "\n" + NodeOptions.USAGE);
            System.exit(BAD_ARGUMENTS);
            return;
        }
        run(options);
    }

    private static void copyEvents(String[] arguments) {
        CopyEvents command;
        try {
            command = CopyEvents.parse(arguments, System.getenv(), System.out);
        } catch (IllegalArgumentException e) {
            System.err.print(e.getMessage() + "\n" + NodeOptions.USAGE);
            System.exit(BAD_ARGUMENTS);
            return;
        }
        try {
            command.run();
            System.exit(0);
        } catch (RuntimeException | Error e) {
            // Its own words say what to do; those of what caused it do not.
            System.err.println("The events were not moved: " + (e instanceof EventCopyException
                    ? e.getMessage()
                    : StartFailure.of(e, System.getenv()).reason()));
            System.exit(1);
        }
    }

    private static void run(NodeOptions options) {
        long begun = System.nanoTime();
        try {
            RunningNode node = RunningNode.start(options, Map.of(), MasumiNode::end);
            greet(node, Duration.ofNanos(System.nanoTime() - begun), System.out);
        } catch (PortTakenException e) {
            System.err.println("The node did not start: " + e.getMessage());
            System.exit(PORT_TAKEN);
        } catch (RuntimeException | Error e) {
            // Errors too: other threads would keep a process alive in which nothing is.
            StartFailure failure = StartFailure.of(e, options.environment());
            if (!failure.isExpected()) {
                e.printStackTrace();
            }
            System.err.println("The node did not start: " + failure.reason());
            System.exit(1);
        }
    }

    /**
     * Ends the process at once, so that whoever supervises it starts it again. Nothing is closed in order: that would wait for what is
     * gone, and the next start goes on as after any kill.
     */
    public static void end(String why) {
        System.err.println("The node ended: " + why);
        Runtime.getRuntime().halt(BROKEN);
    }

    private static void greet(RunningNode node, Duration took, PrintStream out) {
        String base = "http://localhost:" + node.port();
        out.printf("%nMasumi node is up after %.1f s; Ctrl-C stops it.%n", took.toMillis() / 1000.0);
        if (node.port() > 0) {
            out.printf("  API    %s/api/v1%n  Docs   %s/docs%n  Admin  %s/admin%n", base, base, base);
        }
        node.data().ifPresent(data -> out.printf("  Data   %s%n", data));
        node.developmentNetwork().ifPresent(network -> out.printf(network.isOwn()
                ? "  *** On a DEVELOPMENT NETWORK inside this process: its money is worth nothing. ***%n"
                        + "  Another node joins it with --join %s%n"
                : "  *** On the DEVELOPMENT NETWORK of another node, at %s: its money is worth nothing. ***%n", network.url()));
        node.newAdminKey().ifPresent(key -> out.printf("  First start. The admin key, kept in %s:%n    %s%n",
                node.data().orElseThrow().resolve(RunningNode.ADMIN_KEY_FILE), key));
        out.println();
    }
}
