package io.masumi.node.gateway.node;

import io.masumi.node.devnet.DevelopmentNetworkClient;
import java.util.Optional;

/**
 * Which development network a data directory belongs to. It belongs to one for good, since the sales in it are on that one:
 * its own, or that of the node that it joined at its first start.
 */
final class NetworkChoice {

    /** Keeps the URL of the network that was joined. */
    private static final String JOINED_FILE = "devnet.joined";

    private NetworkChoice() {}

    /**
     * The network to join.
     *
     * @param data empty for a process that keeps nothing, and is told each time
     * @return empty for the directory's own
     * @throws IllegalArgumentException when what is asked for is no network's URL
     * @throws IllegalStateException when the directory belongs to another network than is asked for
     */
    static Optional<String> of(NodeOptions options, Optional<DataDirectory> data) {
        Optional<String> asked = options.join().map(url -> new DevelopmentNetworkClient(url).url());
        return data.map(own -> of(asked, own)).orElse(asked);
    }

    private static Optional<String> of(Optional<String> asked, DataDirectory data) {
        if (asked.isPresent() && data.has("devnet")) {
            throw new IllegalStateException("The data directory " + data.path() + " has a development network of its own: to join "
                    + asked.get() + ", give another directory with --data");
        }
        Optional<String> joined = data.kept(JOINED_FILE);
        if (asked.isPresent() && joined.isPresent() && !asked.equals(joined)) {
            throw new IllegalStateException("The data directory " + data.path() + " joined the development network at " + joined.get()
                    + ": to join " + asked.get() + ", give another directory with --data");
        }
        return joined.or(() -> asked);
    }

    /** To be told when a node is up on the network that it joined. */
    static void remember(String joined, DataDirectory data) {
        data.keep(JOINED_FILE, joined);
    }
}
