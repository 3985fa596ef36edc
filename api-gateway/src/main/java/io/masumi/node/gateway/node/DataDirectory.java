package io.masumi.node.gateway.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
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
            if (path.toAbsolutePath().getParent() != null) {
                Files.createDirectories(path.toAbsolutePath().getParent());
            }
            if (!Files.isDirectory(path)) {
                Files.createDirectory(path, ownerOnly(path, "rwx------"));
            }
            return new DataDirectory(path, locked(path));
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
            Path partial = path.resolve(name + ".partial");
            Files.deleteIfExists(partial);
            Files.createFile(partial, ownerOnly(path, "rw-------"));
            try (FileChannel channel = FileChannel.open(partial, Set.of(StandardOpenOption.WRITE))) {
                channel.write(ByteBuffer.wrap((value + "\n").getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
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

    /** The operating system gives the lock back when the process ends, however it ends. */
    private static FileChannel locked(Path path) throws IOException {
        Path file = path.resolve("lock");
        if (!Files.exists(file)) {
            Files.createFile(file, ownerOnly(path, "rw-------"));
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Another node of this very process: the same as below.
        }
        channel.close();
        throw new IllegalStateException("Another running node uses the data directory " + path);
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
