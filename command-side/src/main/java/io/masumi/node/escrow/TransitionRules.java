package io.masumi.node.escrow;

import java.util.Optional;

/** How a transition seen on chain is judged by the state table of README.md ({@link EscrowTable}). */
public final class TransitionRules {

    private TransitionRules() {}

    /**
     * What the transition means for a record that stands as {@code escrow} says.
     *
     * @return empty when it is recorded already, or moved another lock than the record's
     */
    public static Optional<ChainFact> judge(EscrowStatus escrow, TransitionObservation seen) {
        if (escrow.recorded().has(seen) || concernsAnotherLock(escrow, seen)) {
            return Optional.empty();
        }
        if (!seen.spent().equals(escrow.output())) {
            return unexpected(seen, seen.action() + " spent " + seen.spent() + ", but the escrow's output is " + escrow.output());
        }
        OnChainState to = EscrowTable.V1.next(escrow.state(), seen.action()).orElse(null);
        if (to == null) {
            return unexpected(seen, seen.action() + " is not possible in " + escrow.state());
        }
        OnChainState shown = seen.datum() == null ? null : seen.datum().state();
        OnChainState expected = to.isTerminal() ? null : to;
        return shown == expected
                ? Optional.of(new ChainFact.Moved(to, seen))
                : unexpected(seen, seen.action() + " leads from " + escrow.state() + " to " + to + ", but the chain shows "
                        + (shown == null ? "no continuing output" : shown));
    }

    private static Optional<ChainFact> unexpected(TransitionObservation seen, String note) {
        return Optional.of(new ChainFact.Unexpected(seen.action(), seen.transaction(), note));
    }

    /**
     * Anybody can lock something under a known identifier and move that lock on, even before the record was made: a seller
     * knows the identifier first. What becomes of such a lock must not disturb the record's own escrow, so only what spends
     * an output that came of the record's lock concerns it.
     */
    private static boolean concernsAnotherLock(EscrowStatus escrow, TransitionObservation seen) {
        return escrow.output() == null || !escrow.recorded().cameOfLock(seen.spent());
    }
}
