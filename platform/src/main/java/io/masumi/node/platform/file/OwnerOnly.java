package io.masumi.node.platform.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Files and directories that only their owner can read, from the first moment on; where the file system knows owners. */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Makes a directory, with those above it, when it is absent. */
    public static void directory(Path path) throws IOException {
        if (path.toAbsolutePath().getParent() != null) {
            Files.createDirectories(path.toAbsolutePath().getParent());
        }
        if (!Files.isDirectory(path)) {
            Files.createDirectory(path, permissions(path, "rwx------"));
        }
    }

    /** Writes a file that appears whole or not at all, whenever the process is killed. */
    public static void file(Path path, String content) throws IOException {
        Path partial = path.resolveSibling(path.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        Files.createFile(partial, permissions(path, "rw-------"));
        Files.writeString(partial, content, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
        Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Locks a file, which is made when absent. The operating system gives the lock back when the process ends, however it ends.
     *
     * @return holds the lock until it is closed; empty when another process, or another part of this one, has it
     */
    public static Optional<FileChannel> lock(Path path) throws IOException {
        if (!Files.exists(path)) {
            Files.createFile(path, permissions(path, "rw-------"));
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException e) {
            // Another part of this very process: the same as below.
        }
        channel.close();
        return Optional.empty();
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
