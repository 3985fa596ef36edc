package io.masumi.node.escrow;

import io.masumi.node.cardano.OutputRef;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which facts a record has stored, so that being told twice is as being told once: the follower tells again after a restart.
 *
 * @param lock the output of the believed or invalid lock, null until there is one
 * @param ignoredLocks outputs of locks that were not believed
 * @param transitions hashes of the transactions that moved the escrow on, or should not have
 */
public record RecordedFacts(OutputRef lock, Set<OutputRef> ignoredLocks, Set<String> transitions) {

    /** Strangers' locks beyond this are not recorded: for little money they could make as many as they like. */
    private static final int MAX_IGNORED = 100;

    public static final RecordedFacts NONE = new RecordedFacts(null, Set.of(), Set.of());

    public RecordedFacts {
        ignoredLocks = Collections.unmodifiableSet(new LinkedHashSet<>(ignoredLocks));
        transitions = Collections.unmodifiableSet(new LinkedHashSet<>(transitions));
    }

    public boolean has(LockObservation seen) {
        return seen.output().equals(lock) || ignoredLocks.contains(seen.output());
    }

    public boolean has(TransitionObservation seen) {
        return transitions.contains(seen.transaction().hash());
    }

    /** Whether this transaction made the lock or moved the escrow on. @param hash hex */
    public boolean hasTransaction(String hash) {
        return transitions.contains(hash) || lock != null && lock.transactionHash().equals(hash);
    }

    /** Whether so many locks were not believed that no more of them are recorded. */
    public boolean ignoredEnough() {
        return ignoredLocks.size() >= MAX_IGNORED;
    }

    /** Whether this output is the record's lock, or was made by a transaction that moved it on. */
    boolean cameOfLock(OutputRef output) {
        return output.equals(lock) || transitions.contains(output.transactionHash());
    }

    RecordedFacts believed(OutputRef output) {
        return new RecordedFacts(output, ignoredLocks, transitions);
    }

    RecordedFacts ignored(OutputRef output) {
        return new RecordedFacts(lock, with(ignoredLocks, output), transitions);
    }

    RecordedFacts transition(EscrowTransaction transaction) {
        return new RecordedFacts(lock, ignoredLocks, with(transitions, transaction.hash()));
    }

    /** Without locks of this transaction that were not believed, and without its move. */
    RecordedFacts without(EscrowTransaction transaction) {
        Set<OutputRef> others = new LinkedHashSet<>(ignoredLocks);
        others.removeIf(output -> output.transactionHash().equals(transaction.hash()));
        Set<String> moves = new LinkedHashSet<>(transitions);
        moves.remove(transaction.hash());
        return new RecordedFacts(lock, others, moves);
    }

    private static <T> Set<T> with(Set<T> set, T element) {
        Set<T> larger = new LinkedHashSet<>(set);
        larger.add(element);
        return larger;
    }
}
