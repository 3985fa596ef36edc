package io.masumi.node.gateway.devnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * A port that is any free one at first, and the same ever after: the payment source names the network by its URL. It lies
 * below the ports that systems give to outgoing connections, so that none of those takes it between two starts.
 */
final class StablePort {

    private static final int LOWEST = 20_000;
    private static final int BEYOND = 32_000;
    private static final int TRIES = 50;

    private final Path file;

    private StablePort(Path file) {
        this.file = file;
    }

    /** @param file keeps the number */
    static StablePort in(Path file) {
        return new StablePort(file);
    }

    /**
     * Opens something on the port.
     *
     * @param opener throws {@link UncheckedIOException} when it cannot have the port
     * @throws IllegalStateException when the port is taken
     */
    <T> T open(IntFunction<T> opener) {
        try {
            return Files.exists(file) ? openKnown(opener, Integer.parseInt(Files.readString(file).strip())) : openAny(opener);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be used", e);
        }
    }

    private <T> T openKnown(IntFunction<T> opener, int port) {
        try {
            return opener.apply(port);
        } catch (UncheckedIOException e) {
            throw new IllegalStateException("The development network of this data directory needs port " + port
                    + " on the loopback interface, which cannot be had: " + e.getMessage(), e);
        }
    }

    private <T> T openAny(IntFunction<T> opener) throws IOException {
        Random random = new Random();
        for (int tries = 1;; tries++) {
            int port = random.nextInt(LOWEST, BEYOND);
            try {
                T opened = opener.apply(port);
                remember(port);
                return opened;
            } catch (UncheckedIOException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void remember(int port) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.writeString(partial, Integer.toString(port));
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
