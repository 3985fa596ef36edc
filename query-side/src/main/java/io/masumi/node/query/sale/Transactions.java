package io.masumi.node.query.sale;

import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.query.projection.Occurrence;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The transactions of an escrow.
 *
 * @param current the newest, null when there is none
 * @param former the others, newest first
 */
record Transactions(TransactionEntry current, List<TransactionEntry> former) {

    static final Transactions NONE = new Transactions(null, List.of());

    /** We signed one, or one that was rolled back is sent again. */
    Transactions pending(String recordId, String hash, Occurrence when) {
        if (current != null && current.isPending(hash)) {
            return this;
        }
        return followedBy(
                known(hash).map(entry -> entry.pendingAgain(when)).orElseGet(() -> TransactionEntry.pending(recordId, hash, when)),
                when);
    }

    /** Their blocks are not on the chain any more. */
    Transactions rolledBack(List<String> hashes, Occurrence when) {
        return new Transactions(current == null ? null : current.rolledBackIfIn(hashes, when),
                former.stream().map(entry -> entry.rolledBackIfIn(hashes, when)).toList());
    }

    /** One is on chain. Whatever else we had pending spent the same output, so it is lost. */
    Transactions seen(String recordId, EscrowTransaction seen, OnChainState previous, OnChainState next, Occurrence when) {
        TransactionEntry known = known(seen.hash()).orElseGet(() -> TransactionEntry.pending(recordId, seen.hash(), when));
        return followedBy(known.confirmed(seen, previous, next, when), when);
    }

    /** What we had pending is given up. */
    Transactions lost(Occurrence when) {
        return current == null ? this : new Transactions(current.lost(when), former);
    }

    /** One of ours is given up. What was thrown away unsent may not have been heard of before. */
    Transactions givenUp(String recordId, String hash, Occurrence when) {
        if (current != null && current.has(hash)) {
            return lost(when);
        }
        TransactionEntry lost = known(hash).orElseGet(() -> TransactionEntry.pending(recordId, hash, when)).lost(when);
        return new Transactions(current, former.stream().anyMatch(entry -> entry.has(hash))
                ? former.stream().map(entry -> entry.has(hash) ? lost : entry).toList()
                : Stream.concat(Stream.of(lost), former.stream()).toList());
    }

    private Optional<TransactionEntry> known(String hash) {
        return Stream.concat(Stream.ofNullable(current), former.stream()).filter(entry -> entry.has(hash)).findFirst();
    }

    private Transactions followedBy(TransactionEntry next, Occurrence when) {
        return new Transactions(next, Stream.concat(Stream.ofNullable(current).map(entry -> entry.lost(when)), former.stream())
                .filter(entry -> !entry.has(next.hash())).toList());
    }
}
