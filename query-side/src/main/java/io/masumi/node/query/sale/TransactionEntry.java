package io.masumi.node.query.sale;

import io.masumi.node.DerivedId;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.TransactionStatus;
import java.time.Instant;
import java.util.List;

/**
 * A transaction of an escrow, ours or the other party's.
 *
 * @param id follows from the record and the hash, so that a replay gives the same
 * @param hash hex
 * @param previousOnChainState what it found, null for a lock and until it is seen on chain
 * @param newOnChainState what it led to, null until it is seen on chain
 * @param seen where it is on chain and what it cost, null until it is seen there
 */
record TransactionEntry(String id, Instant createdAt, Instant updatedAt, String hash, TransactionStatus status,
        OnChainState previousOnChainState, OnChainState newOnChainState, EscrowTransaction seen) {

    static TransactionEntry pending(String recordId, String hash, Occurrence when) {
        return new TransactionEntry(DerivedId.of("transaction", recordId, hash), when.at(), when.at(), hash, TransactionStatus.Pending,
                null, null, null);
    }

    TransactionEntry confirmed(EscrowTransaction seen, OnChainState previous, OnChainState next, Occurrence when) {
        return new TransactionEntry(id, createdAt, when.at(), hash, TransactionStatus.Confirmed, previous, next, seen);
    }

    /** It did not get on chain, and no longer can. */
    TransactionEntry lost(Occurrence when) {
        return status == TransactionStatus.Pending ? with(TransactionStatus.FailedViaTimeout, when) : this;
    }

    TransactionEntry rolledBackIfIn(List<String> hashes, Occurrence when) {
        return hashes.contains(hash) ? with(TransactionStatus.RolledBack, when) : this;
    }

    TransactionEntry pendingAgain(Occurrence when) {
        return with(TransactionStatus.Pending, when);
    }

    private TransactionEntry with(TransactionStatus status, Occurrence when) {
        return new TransactionEntry(id, createdAt, when.at(), hash, status, null, null, null);
    }

    boolean isPending(String otherHash) {
        return has(otherHash) && status == TransactionStatus.Pending;
    }

    boolean has(String otherHash) {
        return hash.equals(otherHash);
    }
}
