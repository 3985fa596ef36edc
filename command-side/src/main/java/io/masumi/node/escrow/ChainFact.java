package io.masumi.node.escrow;

import java.util.List;

/**
 * What a record has stored as seen on the chain of its escrow. Payment and purchase store it as events of their own, which
 * all hold one of these.
 */
public sealed interface ChainFact {

    /** The agreed money is locked. */
    record Locked(LockObservation lock) implements ChainFact {}

    /** Money is locked, but not as agreed. @param brokenRules every rule it breaks, in words */
    record Invalid(LockObservation lock, List<String> brokenRules) implements ChainFact {}

    /** A lock is none of this record's business. @param reason in words */
    record Ignored(LockObservation lock, String reason) implements ChainFact {}

    /** The escrow moved on as the state table says. */
    record Moved(OnChainState to, TransitionObservation transition) implements ChainFact {

        /** To where the chain shows it, which is where the table says: nothing else is recorded as a move. */
        public static Moved asShown(TransitionObservation seen) {
            return new Moved(seen.datum() == null ? EscrowTable.V1.ending(seen.action()) : seen.datum().state(), seen);
        }
    }

    /** The state table does not explain what became of the escrow; an operator must look. @param note why, in words */
    record Unexpected(EscrowAction action, EscrowTransaction by, String note) implements ChainFact {}

    /** What made it so. */
    default EscrowTransaction transaction() {
        return switch (this) {
            case Locked fact -> fact.lock.transaction();
            case Invalid fact -> fact.lock.transaction();
            case Ignored fact -> fact.lock.transaction();
            case Moved fact -> fact.transition.transaction();
            case Unexpected fact -> fact.by;
        };
    }

    /** The escrow with it. */
    default EscrowStatus change(EscrowStatus before) {
        return switch (this) {
            case Locked fact -> before.locked(OnChainState.FundsLocked, fact.lock);
            case Invalid fact -> before.locked(OnChainState.FundsOrDatumInvalid, fact.lock);
            case Ignored fact -> before.ignored(fact.lock);
            case Moved fact -> before.moved(fact.to, fact.transition);
            case Unexpected fact -> before.unexpected(fact.by);
        };
    }

    /** What the node is about to do after it. */
    default NextAction change(NextAction before) {
        return switch (this) {
            case Locked _ -> before.after(EscrowAction.Lock, OnChainState.FundsLocked);
            case Invalid fact -> NextAction.NONE.failed(ErrorType.Unknown, String.join("; ", fact.brokenRules));
            case Ignored _ -> before;
            case Moved fact -> before.after(fact.transition.action(), fact.to);
            case Unexpected fact -> before.failed(ErrorType.Unknown, fact.note);
        };
    }
}
