package io.masumi.node.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and directories that only their owner can read, from the first moment on; where the file system knows owners. */
final class OwnerOnly {

    private OwnerOnly() {}

    static void directory(Path path) throws IOException {
        if (path.toAbsolutePath().getParent() != null) {
            Files.createDirectories(path.toAbsolutePath().getParent());
        }
        if (!Files.isDirectory(path)) {
            Files.createDirectory(path, permissions(path, "rwx------"));
        }
    }

    static void file(Path path, String content) throws IOException {
        var partial = path.resolveSibling(path.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        Files.createFile(partial, permissions(path, "rw-------"));
        Files.writeString(partial, content, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
        Files.move(partial, path);
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
