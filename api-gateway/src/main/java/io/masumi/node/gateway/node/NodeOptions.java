package io.masumi.node.gateway.node;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator says at the start.
 *
 * @param port where to serve HTTP, empty for the setting's
 * @param data where to keep everything
 * @param join URL of another node's development network to work on, empty for the one of the data directory
 * @param environment environment variables
 */
public record NodeOptions(Optional<Integer> port, Path data, Optional<String> join, Map<String, String> environment) {

    public static final String USAGE = """
            Usage: masumi-node [--port N] [--data DIR] [--join URL]
                                       run a node (default: port 3001, ./data, a development network of its own);
                                       with --join on the development network of another node
                   masumi-node demo    run one sale on a network of its own, and stop
                   masumi-node copy-events [--data DIR] [--back]
                                       move the events of a node that does not run from its database to Axon Server,
                                       with the node's settings; with --back into its database again
                   masumi-node --version
            """;

    /** A node on a network of its own, or on the one that its data directory joined before. */
    public NodeOptions(Optional<Integer> port, Path data, Map<String, String> environment) {
        this(port, data, Optional.empty(), environment);
    }

    /** @throws IllegalArgumentException saying what cannot be understood */
    public static NodeOptions parse(String[] arguments, Map<String, String> environment) {
        Optional<Integer> port = Optional.empty();
        Path data = Path.of(environment.getOrDefault("MASUMI_DATA_DIR", "data"));
        boolean development = !"false".equalsIgnoreCase(environment.get("MASUMI_DEVNET_ENABLED"));
        Optional<String> join = Optional.ofNullable(environment.get("MASUMI_DEVNET_JOIN")).filter(url -> development && !url.isBlank());
        Iterator<String> rest = Arrays.stream(arguments).flatMap(each -> Arrays.stream(each.split("=", 2))).iterator();
        while (rest.hasNext()) {
            String name = rest.next();
            switch (name) {
                case "--port" -> port = Optional.of(port(value(name, rest)));
                case "--data" -> data = Path.of(value(name, rest));
                case "--join" -> join = Optional.of(value(name, rest));
                default -> throw new IllegalArgumentException("Unknown argument: " + name);
            }
        }
        if (join.isPresent() && !development) {
            throw new IllegalArgumentException("--join is for development networks, which MASUMI_DEVNET_ENABLED=false turns off");
        }
        return new NodeOptions(port, data.toAbsolutePath().normalize(), join, Map.copyOf(environment));
    }

    /** A variable that is set to something. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static String value(String name, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        return rest.next();
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 0xffff) {
            throw new IllegalArgumentException("--port must be from 0 to 65535, not " + text);
        }
        return Integer.parseInt(text);
    }
}
