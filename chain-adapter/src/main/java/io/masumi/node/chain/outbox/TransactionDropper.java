package io.masumi.node.chain.outbox;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives up transactions that cannot land any more, with those that build on them, and frees what they reserved. Their records hear of it. */
final class TransactionDropper {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionDropper.class);

    private final ActionStore actions;
    private final TransactionStore transactions;
    private final ReservationStore reservations;
    private final GivenUpStore givenUp;
    private final TransactionTemplate inTransaction;
    private final int mostLost;

    /** @param mostLost as many lost transactions of an action are an operator's */
    TransactionDropper(ActionStore actions, TransactionStore transactions, ReservationStore reservations, GivenUpStore givenUp,
            TransactionTemplate inTransaction,
            int mostLost) {
        this.actions = actions;
        this.transactions = transactions;
        this.reservations = reservations;
        this.givenUp = givenUp;
        this.inTransaction = inTransaction;
        this.mostLost = mostLost;
    }

    /** Nobody but us ever had it; if it was sent after all, by a process that lost its lock, it is kept. */
    void dropUnsent(StoredTransaction transaction, String why) {
        inTransaction.executeWithoutResult(_ -> {
            if (transactions.neverSent(transaction.hash())) {
                dropWithChildren(transaction.hash(), why, false, false, true, Duration.ZERO);
            }
        });
    }

    /**
     * Its time is over beyond the reach of rollbacks and it is not on chain: it, and what builds on it, can never land.
     *
     * @param counts whether against what it was for
     */
    void dropExpired(StoredTransaction transaction, String why, boolean counts) {
        drop(transaction.hash(), why, true, counts, true, Duration.ZERO);
    }

    /**
     * A rival spent the escrow's output. What builds on it cannot land either, unless a rollback takes the rival away:
     * so what could happen twice, a lock or a mint, is kept until its own time is over.
     */
    void dropOvertaken(StoredTransaction transaction, String why) {
        drop(transaction.hash(), why, false, false, false, Duration.ZERO);
    }

    /**
     * The ledger refused it for good, and it spends an escrow's output. Should some node have it after all, it and its successor
     * cannot both land. What builds on it could, as long as some node may have it.
     *
     * @param counts whether against what it was for
     * @param wait how long before another is built
     */
    void dropRefused(StoredTransaction transaction, String why, boolean counts, Duration wait) {
        drop(transaction.hash(), why, true, counts, false, wait);
    }

    /**
     * These bytes are no transaction, so that nobody can have taken them.
     *
     * @param wait how long before another is built
     */
    void dropUndecodable(StoredTransaction transaction, String why, Duration wait) {
        drop(transaction.hash(), why, true, true, true, wait);
    }

    private void drop(String hash, String why, boolean lost, boolean counts, boolean forCertain, Duration wait) {
        inTransaction.executeWithoutResult(_ -> dropWithChildren(hash, why, lost, counts, forCertain, wait));
    }

    /**
     * It was on chain for good once, and others may have acted on that: what they saw must not be there twice. And when the
     * record does not want it any more, it counts on this having happened, unless a later intent can do without.
     */
    private void leaveToOperator(String hash, String block, boolean lost, boolean forCertain) {
        actions.ofTransaction(hash).stream()
                .filter(action -> action.action().couldHappenTwice()
                        || action.unwanted() && (forCertain || lost && !actions.anythingElseWanted(action)))
                .forEach(action -> actions.notAgain(action.id(), action.action().kind() + ": transaction " + hash + " was confirmed in "
                        + block + " and then rolled back, and it has not come back in time. It is not built anew by itself: check that the"
                        + " transaction is not on chain, and what the other party did, before trying again"));
    }

    private void dropWithChildren(String hash, String why, boolean lost, boolean counts, boolean forCertain, Duration wait) {
        List<String> children = reservations.children(hash);
        if (!transactions.dropped(hash, why)) {
            return;
        }
        LOG.warn("transaction {} is given up: {}", hash, why);
        transactions.rolledBackFrom(hash).ifPresent(block -> leaveToOperator(hash, block, lost, forCertain));
        givenUp.add(hash, why, counts, mostLost);
        actions.released(hash, why, counts, wait);
        for (String child : children) {
            if (forCertain || actions.ofTransaction(child).stream().allMatch(action -> action.action().spendsEscrow())) {
                dropWithChildren(child, "it builds on " + hash + ", which was given up", false, false, forCertain, Duration.ZERO);
            }
        }
    }
}
