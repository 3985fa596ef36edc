package io.masumi.node.escrow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.masumi.node.cardano.LedgerConstants;
import java.util.List;
import java.util.stream.Stream;

/**
 * The facts of a record that a rollback can still reach, and how the record stood before each: what it goes back to.
 *
 * @param facts in the order in which they were recorded, which is the chain's
 */
public record RecentFacts(@JsonValue List<Fact> facts) {

    public static final RecentFacts NONE = new RecentFacts(List.of());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RecentFacts {
        facts = List.copyOf(facts);
    }

    /**
     * @param before how the escrow stood before; null if the fact changed nothing of it but that it is recorded
     * @param nextBefore what the node was about to do before, null if that did not change
     * @param nextAfter what it was about to do afterwards, null if that did not change
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Fact(EscrowTransaction transaction, EscrowStatus before, NextAction nextBefore, NextAction nextAfter) {

        private String hash() {
            return transaction.hash();
        }

        private boolean isAbove(long height) {
            return transaction.at().blockHeight() > height;
        }

        EscrowStatus undo(EscrowStatus after) {
            return before == null ? after.without(transaction) : before;
        }

        /** What was decided since is kept. */
        NextAction undo(NextAction next) {
            return nextAfter != null && nextAfter.equals(next) ? nextBefore : next;
        }
    }

    /** With one more fact; what no rollback can reach any more is left out. */
    RecentFacts and(Fact fact) {
        long unreachable = fact.transaction().at().blockHeight() - LedgerConstants.LONGEST_ROLLBACK - 1;
        return new RecentFacts(Stream.concat(facts.stream().filter(known -> known.isAbove(unreachable)), Stream.of(fact)).toList());
    }

    /** Hashes of the transactions whose facts are from blocks above {@code height}, or were recorded after such, oldest first. */
    List<String> lostAbove(long height) {
        return facts.stream().dropWhile(fact -> !fact.isAbove(height)).map(Fact::hash).toList();
    }

    /** Without what these transactions showed, and what was recorded after that. */
    RecentFacts without(List<String> lost) {
        return new RecentFacts(facts.stream().takeWhile(fact -> !lost.contains(fact.hash())).toList());
    }

    /** What {@link #without} leaves out, newest first. */
    List<Fact> newestFirst(List<String> lost) {
        return facts.stream().dropWhile(fact -> !lost.contains(fact.hash())).toList().reversed();
    }
}
