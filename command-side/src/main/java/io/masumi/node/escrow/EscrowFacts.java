package io.masumi.node.escrow;

import io.masumi.node.cardano.LedgerConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of the chain a record has recorded, oldest first, and how it stood before each: what a rollback takes it back to.
 *
 * @param facts in the order in which they were recorded, which is the chain's
 */
public record EscrowFacts(List<Fact> facts) {

    public static final EscrowFacts NONE = new EscrowFacts(List.of());

    public EscrowFacts {
        facts = List.copyOf(facts);
    }

    /**
     * @param before how the escrow stood before
     * @param nextBefore what the node was about to do before
     * @param nextAfter what it was about to do afterwards
     */
    public record Fact(EscrowTransaction transaction, EscrowStatus before, NextAction nextBefore, NextAction nextAfter) {}

    /**
     * What a record returns to.
     *
     * @param transactions hashes of the undone facts' transactions, oldest first
     */
    public record Undone(List<String> transactions, EscrowStatus escrow, NextAction next) {}

    /** With one more fact; what no rollback can reach any more is left out. */
    public EscrowFacts and(Fact fact) {
        long reachable = fact.transaction().at().blockHeight() - LedgerConstants.LONGEST_ROLLBACK;
        List<Fact> more = new ArrayList<>(facts.stream().filter(known -> known.transaction().at().blockHeight() >= reachable).toList());
        more.add(fact);
        return new EscrowFacts(more);
    }

    /** Without what was recorded from blocks above {@code height}, and what was recorded after that. */
    public EscrowFacts upTo(long height) {
        return new EscrowFacts(facts.stream().takeWhile(fact -> fact.transaction().at().blockHeight() <= height).toList());
    }

    /**
     * What the record returns to when the blocks above {@code height} are gone. An action that the lost facts had brought
     * about is under way again, with the same transaction: its bytes are sent again. What was decided since is kept.
     *
     * @param next what the node is about to do now
     * @return empty when no fact is from those blocks
     */
    public Optional<Undone> undo(long height, NextAction next) {
        List<Fact> lost = facts.subList(upTo(height).facts.size(), facts.size());
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        NextAction restored = next;
        for (Fact fact : lost.reversed()) {
            if (restored.equals(fact.nextAfter())) {
                restored = fact.nextBefore();
            }
        }
        return Optional.of(new Undone(lost.stream().map(fact -> fact.transaction().hash()).toList(), lost.getFirst().before(), restored));
    }
}
