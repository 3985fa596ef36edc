package io.masumi.node.escrow;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which transactions a record has lately noted as given up, so that being told twice is as being told once. Only the newest are kept,
 * whatever a record goes through: a report is repeated until it is recorded, and until then no later one is made.
 *
 * @param hashes hex, newest first
 */
public record RecentlyGivenUp(List<String> hashes) {

    private static final int MAX = 10;

    public static final RecentlyGivenUp NONE = new RecentlyGivenUp(List.of());

    public RecentlyGivenUp {
        hashes = List.copyOf(hashes);
    }

    public boolean has(GivenUpTransaction transaction) {
        return hashes.contains(transaction.hash());
    }

    public RecentlyGivenUp and(GivenUpTransaction transaction) {
        return new RecentlyGivenUp(Stream.concat(Stream.of(transaction.hash()), hashes.stream()).limit(MAX).toList());
    }
}
