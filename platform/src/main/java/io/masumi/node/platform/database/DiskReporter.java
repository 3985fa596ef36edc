package io.masumi.node.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;

/** Whether the disk of the data directory has room and can be written. */
final class DiskReporter implements HealthReporter {

    private static final int PROBE = 8192;
    private static final long MEGABYTE = 1 << 20;

    private final Path directory;
    private final long leastFree;
    private final Clock clock;
    private Instant since;

    /** @param leastFree bytes; less is a concern */
    DiskReporter(Path directory, long leastFree, Clock clock) {
        this.directory = directory;
        this.leastFree = leastFree;
        this.clock = clock;
    }

    @Override
    public synchronized List<Concern> concerns() {
        String wrong = wrong();
        if (wrong == null) {
            since = null;
            return List.of();
        }
        since = since == null ? clock.instant() : since;
        return List.of(new Concern("disk", "data directory", wrong, since));
    }

    private String wrong() {
        try {
            Path probe = Files.createTempFile(directory, "writable-", ".tmp");
            try {
                Files.write(probe, new byte[PROBE], StandardOpenOption.SYNC);
            } finally {
                Files.deleteIfExists(probe);
            }
            long free = Files.getFileStore(directory).getUsableSpace();
            return free >= leastFree
                    ? null
                    : "only " + free / MEGABYTE
                            + " MB are left on the disk of the data directory; make room before what is written is refused";
        } catch (IOException e) {
            return "the data directory cannot be written (" + e.getClass().getSimpleName()
                    + "): the disk is full or broken, or the directory"
                    + " is gone. What is refused is answered with an error and loses nothing; make room, and the node goes on by itself";
        }
    }
}
