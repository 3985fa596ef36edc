package io.masumi.node.platform.eventstore;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.masumi.node.Sha256;

/**
 * Brings all events of one store into another that has the first of them or none, and reads all of both back. It can be broken off at any
 * moment and done again: what the target has is the measure of how far it came, since a store takes a batch whole or not at all.
 */
final class EventCopy {

    private static final int MAX_EVENTS = 1_000;
    /** Far below what Axon Server takes in one transaction. */
    private static final int MAX_BYTES = 2_000_000;

    private final EventLog source;
    private final EventLog target;
    private final CopyProgress progress;
    private final MessageDigest ofSource = Sha256.digest();
    private final MessageDigest ofTarget = Sha256.digest();

    private EventCopy(EventLog source, EventLog target, CopyProgress progress) {
        this.source = source;
        this.target = target;
        this.progress = progress;
    }

    /**
     * What was seen of both stores in the end.
     *
     * @param events how many each has
     * @param appended how many of them were copied now
     * @param sha256 in hex, over all that is stored of each event, in order
     */
    record Copied(long events, long appended, String sha256) {}

    /**
     * Nothing else may write to either store meanwhile.
     *
     * @throws EventCopyException when the target has other events than the source, or a store fails. What was copied stays
     */
    static Copied all(EventLog source, EventLog target, CopyProgress progress) {
        return new EventCopy(source, target, progress).run();
    }

    private Copied run() {
        long there = target.size();
        long all = source.size();
        if (there > all) {
            throw new EventCopyException(target.name() + " holds " + there + " events, " + source.name() + " only " + all
                    + ": it is not the one that these events belong to, or has newer ones of them. Nothing was changed");
        }
        if (there > 0) {
            progress.begin("Comparing what is there", there);
            compare(0, there, "Nothing was changed");
        }
        if (all > there) {
            progress.begin("Copying", all - there);
            append(there, all);
            progress.begin("Reading back", all - there);
            compare(there, all, "Somebody else writes there, or what it gives back is not what it took");
        }
        if (source.size() != all || target.size() != all) {
            throw new EventCopyException("While " + all + " events were copied, others came: " + source.name() + " holds " + source.size()
                    + ", " + target.name() + " " + target.size() + ". Stop whatever writes there, and repeat this");
        }
        String sha256 = HexFormat.of().formatHex(ofSource.digest());
        if (!sha256.equals(HexFormat.of().formatHex(ofTarget.digest()))) {
            throw new IllegalStateException("Events that are the same one by one have different hashes");
        }
        return new Copied(all, all - there, sha256);
    }

    private void append(long from, long to) {
        try (EventLog.Reader events = source.from(from)) {
            long position = from;
            List<StoredEvent> batch = new ArrayList<>();
            long bytes = 0;
            while (position < to) {
                List<StoredEvent> read = events.next((int) Math.min(MAX_EVENTS, to - position));
                for (StoredEvent event : read) {
                    if (!batch.isEmpty() && bytes + event.payload().length > MAX_BYTES) {
                        target.append(batch);
                        batch.clear();
                        bytes = 0;
                    }
                    batch.add(event);
                    bytes += event.payload().length;
                }
                target.append(batch);
                batch.clear();
                bytes = 0;
                position += read.size();
                progress.done(position - from);
            }
        }
    }

    private void compare(long from, long to, String otherwise) {
        try (EventLog.Reader left = source.from(from); EventLog.Reader right = target.from(from)) {
            long position = from;
            while (position < to) {
                int number = (int) Math.min(MAX_EVENTS, to - position);
                List<StoredEvent> expected = left.next(number);
                List<StoredEvent> found = right.next(number);
                for (int i = 0; i < number; i++) {
                    ofSource.update(expected.get(i).bytes());
                    ofTarget.update(found.get(i).bytes());
                    if (!expected.get(i).isSameAs(found.get(i))) {
                        throw new EventCopyException("The event at position " + (position + i) + " is " + expected.get(i) + " in "
                                + source.name() + ", but in " + target.name() + " it is " + found.get(i)
                                + (expected.get(i).toString().equals(found.get(i).toString()) ? " with other content" : "")
                                + ". " + otherwise);
                    }
                }
                position += number;
                progress.done(position - from);
            }
        }
    }
}
