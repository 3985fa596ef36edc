package io.masumi.node.escrow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What payment and purchase have alike: how the escrow stands, what the node is about to do, and what a rollback takes both
 * back to.
 *
 * @param status what the chain shows
 * @param next what the node is about to do
 * @param facts what a rollback can undo; null when nothing is recorded, and in what was stored before this was kept
 */
public record EscrowRecord(@JsonProperty("escrow") EscrowStatus status, NextAction next,
        @JsonInclude(JsonInclude.Include.NON_NULL) RecentFacts facts) {

    public EscrowRecord {
        if (facts != null && facts.facts().isEmpty() && status.recorded().equals(RecordedFacts.NONE)) {
            facts = null;
        }
    }

    /** Nothing is locked. @param next what the node is about to do at first */
    public static EscrowRecord begun(NextAction next) {
        return new EscrowRecord(EscrowStatus.NOTHING_LOCKED, next, null);
    }

    public EscrowRecord next(NextAction next) {
        return new EscrowRecord(status, next, facts);
    }

    /** With what was seen on the chain. */
    public EscrowRecord with(ChainFact fact) {
        NextAction nextAfter = fact.change(next);
        boolean decided = !nextAfter.equals(next);
        return new EscrowRecord(fact.change(status), nextAfter, lacksFacts()
                ? null
                : recent().and(new RecentFacts.Fact(fact.transaction(), isOnlyRecorded(fact) ? null : status, decided ? next : null,
                        decided ? nextAfter : null)));
    }

    /** Hashes of the transactions whose facts are lost when the blocks above {@code height} are, oldest first. */
    public List<String> lostAbove(long height) {
        return recent().lostAbove(height);
    }

    /**
     * As it stood before these transactions were seen. An action that they had brought about is under way again, with the same
     * transaction: its bytes are sent again. What was decided since is kept.
     *
     * @param lost hashes, hex
     */
    public EscrowRecord undo(List<String> lost) {
        EscrowStatus restored = status;
        NextAction nextRestored = next;
        for (RecentFacts.Fact fact : recent().newestFirst(lost)) {
            restored = fact.undo(restored);
            nextRestored = fact.undo(nextRestored);
        }
        return new EscrowRecord(restored, nextRestored, recent().without(lost));
    }

    /** Whether it was stored before its facts were kept, so that only its events say what a rollback takes it back to. */
    public boolean lacksFacts() {
        return facts == null && !status.recorded().equals(RecordedFacts.NONE);
    }

    /** What there is to wait for when nothing goes wrong any more. @param untilLocked while nothing is locked */
    public EscrowRecord cleared(NextAction untilLocked) {
        return next(status.state() == null ? untilLocked : status.state().isTerminal() ? NextAction.NONE : NextAction.WAIT);
    }

    private static boolean isOnlyRecorded(ChainFact fact) {
        return fact instanceof ChainFact.Ignored || fact instanceof ChainFact.Unexpected;
    }

    private RecentFacts recent() {
        if (lacksFacts()) {
            throw new IllegalStateException("The record was stored without what a rollback takes it back to; have it made anew");
        }
        return facts == null ? RecentFacts.NONE : facts;
    }
}
