package io.masumi.node.gateway.node;

import io.masumi.node.platform.file.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a node keeps everything. Only its owner can read it, from the first moment on (where the file system knows owners),
 * and only one process uses it at a time.
 */
public final class DataDirectory implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens a directory, which is made when absent.
     *
     * @throws IllegalStateException when another running node uses it
     * @throws UncheckedIOException when it cannot be used
     */
    public static DataDirectory open(Path path) {
        try {
            OwnerOnly.directory(path);
            DataDirectory data = new DataDirectory(path, OwnerOnly.lock(path.resolve("lock"))
                    .orElseThrow(() -> new IllegalStateException("Another running node uses the data directory " + path)));
            // Whoever tries a node inside a clone of the project must not commit its keys.
            data.keep(".gitignore", "*");
            return data;
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** A secret of this directory. @param isNew whether it was made just now */
    public record Secret(String value, boolean isNew) {

        @Override
        public String toString() {
            return "Secret[isNew=" + isNew + "]";
        }
    }

    /**
     * Reads a secret, which is made when absent. The file appears whole or not at all, whenever the process is killed.
     *
     * @param fresh makes it
     */
    public Secret secret(String name, Supplier<String> fresh) {
        Path file = path.resolve(name);
        try {
            if (Files.exists(file)) {
                return new Secret(Files.readString(file).strip(), false);
            }
            String value = fresh.get();
            OwnerOnly.file(file, value + "\n");
            return new Secret(value, true);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** What {@link #keep} wrote, empty before. */
    public Optional<String> kept(String name) {
        try {
            return has(name) ? Optional.of(Files.readString(path.resolve(name)).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + path.resolve(name) + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Keeps a line of text in a file, unless there is one already. */
    public void keep(String name, String line) {
        secret(name, () -> line);
    }

    /** Whether there is a file or directory of that name. */
    public boolean has(String name) {
        return Files.exists(path.resolve(name));
    }

    /** Removes a file, if it is there. */
    void remove(String name) {
        try {
            Files.deleteIfExists(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + path.resolve(name) + " cannot be removed: " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    /** Lets another process use it. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
