package io.masumi.node.query.sale;

import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.query.projection.Occurrence;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How a payment or purchase came to be as it is: what the wire shows of the past.
 *
 * @param version sequence number of the newest event
 * @param lastObservedAt when the chain last showed something new of the escrow, null until it does
 * @param nextActionChangedAt when the next action last became another
 * @param onChainStateOrResultChangedAt when the on-chain state or the result on chain last became another
 * @param action what the node is about to do
 * @param formerActions what it was about to do before, newest first
 */
record EscrowTimeline(long version, Instant createdAt, Instant updatedAt, Instant lastObservedAt, Instant nextActionChangedAt,
        Instant onChainStateOrResultChangedAt, ActionEntry action, List<ActionEntry> formerActions, Transactions transactions) {

    /** At a record's first event. */
    static EscrowTimeline begun(String recordId, NextAction next, Occurrence when) {
        return new EscrowTimeline(when.version(), when.at(), when.at(), null, when.at(), when.at(),
                ActionEntry.begun(recordId, next, when), List.of(), Transactions.NONE);
    }

    /** After one more event, which made of {@code before} what {@code after} is, and of the next action {@code next}. */
    EscrowTimeline after(String recordId, EscrowStatus before, EscrowStatus after, NextAction next, Occurrence when) {
        boolean observed = after.transaction() != null && !after.equals(before);
        // A lock that is ignored, or a transition that cannot be, is noted but moves nothing.
        boolean moved = observed && !after.transaction().equals(before.transaction());
        boolean signed = next.phase() == NextAction.Phase.Initiated && !next.equals(action.action()) && !moved;
        Transactions known = moved ? transactions.seen(recordId, after.transaction(), before.state(), after.state(), when) : transactions;
        return with(signed ? known.pending(recordId, next.transactionHash(), when) : known, observed, recordId, before, after, next, when);
    }

    /** After these transactions' blocks were rolled back, which made of {@code before} what {@code after} is. */
    EscrowTimeline undone(List<String> hashes, String recordId, EscrowStatus before, EscrowStatus after, NextAction next,
            Occurrence when) {
        Transactions undone = transactions.rolledBack(hashes, when);
        return with(next.phase() == NextAction.Phase.Initiated ? undone.pending(recordId, next.transactionHash(), when) : undone, true,
                recordId, before, after, next, when);
    }

    private EscrowTimeline with(Transactions transactions, boolean observed, String recordId, EscrowStatus before, EscrowStatus after,
            NextAction next, Occurrence when) {
        boolean actionChanged = !next.equals(action.action());
        boolean stateOrResultChanged = before.state() != after.state() || !Objects.equals(before.resultHash(), after.resultHash());
        return new EscrowTimeline(when.version(), createdAt, when.at(), observed ? when.at() : lastObservedAt,
                actionChanged ? when.at() : nextActionChangedAt,
                stateOrResultChanged ? when.at() : onChainStateOrResultChangedAt,
                actionChanged ? ActionEntry.begun(recordId, next, when) : action,
                actionChanged ? Stream.concat(Stream.of(action.ended(when)), formerActions.stream()).toList() : formerActions,
                transactions);
    }

    /** After a transaction of ours was given up, which changes nothing else. */
    EscrowTimeline givenUp(String recordId, String hash, Occurrence when) {
        return new EscrowTimeline(when.version(), createdAt, when.at(), lastObservedAt, nextActionChangedAt, onChainStateOrResultChangedAt,
                action, formerActions, transactions.givenUp(recordId, hash, when));
    }

    /** The transaction that we had pending is given up. */
    EscrowTimeline withPendingLost(Occurrence when) {
        return new EscrowTimeline(version, createdAt, updatedAt, lastObservedAt, nextActionChangedAt, onChainStateOrResultChangedAt, action,
                formerActions, transactions.lost(when));
    }

    /** When the next action, the on-chain state or the result last became another. */
    Instant anythingChangedAt() {
        return nextActionChangedAt.isAfter(onChainStateOrResultChangedAt) ? nextActionChangedAt : onChainStateOrResultChangedAt;
    }
}
