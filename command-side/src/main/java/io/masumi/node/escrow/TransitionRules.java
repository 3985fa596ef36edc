package io.masumi.node.escrow;

import java.util.Objects;

/** How a transition seen on chain is judged by the table of 01-domain ({@link EscrowStateMachine}). */
public final class TransitionRules {

    private TransitionRules() {}

    /** What the transition means for a record that stands as {@code escrow} says. */
    public static TransitionVerdict judge(EscrowStatus escrow, TransitionObservation seen) {
        if (escrow.sightings().has(seen) || concernsAnotherLock(escrow, seen)) {
            return new TransitionVerdict.Irrelevant();
        }
        if (!seen.spent().equals(escrow.output())) {
            return new TransitionVerdict.Unexpected(
                    seen.action() + " spent " + seen.spent() + ", but the escrow's output is " + escrow.output());
        }
        OnChainState to = EscrowStateMachine.next(escrow.state(), seen.action()).orElse(null);
        if (to == null) {
            return new TransitionVerdict.Unexpected(seen.action() + " is not possible in " + escrow.state());
        }
        OnChainState shown = seen.datum() == null ? null : seen.datum().state();
        OnChainState expected = to.isTerminal() ? null : to;
        if (shown != expected) {
            return new TransitionVerdict.Unexpected(seen.action() + " leads from " + escrow.state() + " to " + to + ", but the chain shows "
                    + (shown == null ? "no continuing output" : shown));
        }
        return new TransitionVerdict.Moved(to);
    }

    /**
     * Anybody can lock something under a known identifier and then move that lock on. Such a lock was either ignored, or
     * is older than the record; what becomes of it must not disturb the record's own escrow.
     */
    private static boolean concernsAnotherLock(EscrowStatus escrow, TransitionObservation seen) {
        if (seen.spent().equals(escrow.output())) {
            return false;
        }
        boolean anotherBuyer = seen.datum() != null && !Objects.equals(seen.datum().buyer(), escrow.buyer());
        return escrow.output() == null || !escrow.sightings().ignoredLocks().isEmpty() || anotherBuyer;
    }
}
