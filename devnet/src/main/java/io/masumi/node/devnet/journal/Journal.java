package io.masumi.node.devnet.journal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * An append-only file of records, each forced to the disk before the caller goes on. A record is its length, a CRC-32C
 * and its bytes. A record that was being written when the process died is recognised and cut off at the next start.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int HEADER = 2 * Integer.BYTES;
    /** Larger than any block can be; a longer length is a sign of damage, not of data. */
    private static final int LONGEST_RECORD = 16 * 1024 * 1024;

    private final FileChannel channel;
    private long end;
    private boolean broken;

    private Journal(FileChannel channel, long end) {
        this.channel = channel;
        this.end = end;
    }

    /**
     * Opens or creates the file for this process alone and hands over the records in it, oldest first.
     *
     * @throws IllegalStateException when another process has it open
     */
    public static Journal open(Path file, Consumer<byte[]> reader) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                lock(channel, file);
                long end = replay(channel, reader);
                if (end < channel.size()) {
                    LOG.warn("{} ends in {} bytes of an unfinished record, which are dropped", file, channel.size() - end);
                    channel.truncate(end);
                    channel.force(true);
                }
                channel.position(end);
                return new Journal(channel, end);
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the journal " + file + " cannot be opened", e);
        }
    }

    private static void lock(FileChannel channel, Path file) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            LOG.debug("locked within this process", heldByThisProcess);
        }
        throw new IllegalStateException("another development network uses " + file);
    }

    private static long replay(FileChannel channel, Consumer<byte[]> reader) throws IOException {
        long position = 0;
        while (true) {
            ByteBuffer header = read(channel, position, HEADER);
            if (header.remaining() < HEADER) {
                return position;
            }
            int length = header.getInt();
            int checksum = header.getInt();
            if (length <= 0 || length > LONGEST_RECORD) {
                return position;
            }
            ByteBuffer record = read(channel, position + HEADER, length);
            if (record.remaining() < length || checksum(record.array()) != checksum) {
                return position;
            }
            reader.accept(record.array());
            position += HEADER + length;
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        long at = position;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                break;
            }
            at += count;
        }
        return buffer.flip();
    }

    /**
     * Returns when the record is on the disk. A record that could not be written whole leaves no trace: what came after its
     * remains would be lost at the next start.
     */
    public void append(byte[] record) {
        if (broken) {
            throw new IllegalStateException("the journal cannot be written since an earlier failure; start again");
        }
        ByteBuffer buffer = ByteBuffer.allocate(HEADER + record.length).putInt(record.length).putInt(checksum(record)).put(record).flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(false);
            end = channel.position();
        } catch (IOException e) {
            forgetUnfinished();
            throw new UncheckedIOException("the journal cannot be written", e);
        }
    }

    private void forgetUnfinished() {
        try {
            channel.truncate(end);
            channel.position(end);
        } catch (IOException e) {
            LOG.error("the journal cannot be repaired; nothing more is accepted", e);
            broken = true;
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be closed", e);
        }
    }
}
