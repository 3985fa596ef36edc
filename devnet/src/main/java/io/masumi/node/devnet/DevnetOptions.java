package io.masumi.node.devnet;

import io.masumi.node.devnet.ledger.ProtocolParameters;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a development network is to run.
 *
 * @param directory where the network is kept; empty for one that is forgotten when it stops
 * @param address whose interface it is served on: whoever reaches it can take its money
 * @param port 0 for any free one
 * @param blockInterval time between blocks while transactions wait; whole seconds, since a slot is a second
 * @param emptyBlockInterval time after which a block is made although nothing waits; whole seconds
 * @param automaticBlocks whether blocks are made as time passes, or only on {@link DevelopmentNetwork#makeBlock()}
 * @param protocolMajor the protocol version whose rules and parameters hold, 10 or 11
 */
public record DevnetOptions(Optional<Path> directory, InetAddress address, int port, Duration blockInterval, Duration emptyBlockInterval,
        boolean automaticBlocks, int protocolMajor) {

    public DevnetOptions {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("the port must be from 0 to 65535, not " + port);
        }
        if (blockInterval.toSeconds() < 1 || emptyBlockInterval.toSeconds() < 1) {
            throw new IllegalArgumentException("blocks are at least a second apart, since a slot is a second");
        }
    }

    /** A network that lives only in memory, on any free port, with a block a second and an empty one every 5 seconds. */
    public static DevnetOptions inMemory() {
        return new DevnetOptions(Optional.empty(), InetAddress.getLoopbackAddress(), 0, Duration.ofSeconds(1), Duration.ofSeconds(5), true,
                ProtocolParameters.NEWEST_PROTOCOL);
    }

    /** The same, kept in the directory and continued from there. */
    public static DevnetOptions persistentIn(Path directory) {
        return inMemory().withDirectory(directory);
    }

    public DevnetOptions withDirectory(Path newDirectory) {
        return new DevnetOptions(Optional.of(newDirectory), address, port, blockInterval, emptyBlockInterval, automaticBlocks,
                protocolMajor);
    }

    public DevnetOptions withPort(int newPort) {
        return new DevnetOptions(directory, address, newPort, blockInterval, emptyBlockInterval, automaticBlocks, protocolMajor);
    }

    /** Served to others than programs of this machine. */
    public DevnetOptions withAddress(InetAddress newAddress) {
        return new DevnetOptions(directory, newAddress, port, blockInterval, emptyBlockInterval, automaticBlocks, protocolMajor);
    }

    public DevnetOptions withBlockInterval(Duration interval) {
        return new DevnetOptions(directory, address, port, interval, emptyBlockInterval, automaticBlocks, protocolMajor);
    }

    public DevnetOptions withEmptyBlockInterval(Duration interval) {
        return new DevnetOptions(directory, address, port, blockInterval, interval, automaticBlocks, protocolMajor);
    }

    /** Blocks only on demand: tests then wait for nothing. */
    public DevnetOptions withBlocksOnDemand() {
        return new DevnetOptions(directory, address, port, blockInterval, emptyBlockInterval, false, protocolMajor);
    }

    /** With the rules and parameters of another protocol version. @param major 10 or 11 */
    public DevnetOptions atProtocolVersion(int major) {
        return new DevnetOptions(directory, address, port, blockInterval, emptyBlockInterval, automaticBlocks, major);
    }
}
