package io.masumi.node.chain.outbox;

import io.masumi.node.chain.ChainSettings;
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
    /** As many lost transactions of an action are an operator's. */
    private final int mostLost;

    TransactionDropper(ActionStore actions, TransactionStore transactions, ReservationStore reservations, GivenUpStore givenUp,
            TransactionTemplate inTransaction,
            ChainSettings settings) {
        this.actions = actions;
        this.transactions = transactions;
        this.reservations = reservations;
        this.givenUp = givenUp;
        this.inTransaction = inTransaction;
        this.mostLost = settings.lostTransactions();
    }

    /** What nobody but us ever had is kept if it was sent after all, by a process that lost its lock. */
    void drop(StoredTransaction transaction, DropReason reason) {
        inTransaction.executeWithoutResult(_ -> {
            if (!(reason instanceof DropReason.Unsent) || transactions.neverSent(transaction.hash())) {
                dropWithChildren(transaction.hash(), reason);
            }
        });
    }

    private void dropWithChildren(String hash, DropReason reason) {
        List<String> children = reservations.children(hash);
        if (!transactions.dropped(hash, reason.words())) {
            return;
        }
        LOG.warn("transaction {} is given up: {}", hash, reason.words());
        transactions.rolledBackFrom(hash).ifPresent(block -> leaveToOperator(hash, block, reason));
        givenUp.add(hash, reason.words(), reason.counts(), mostLost);
        actions.released(hash, reason.words(), reason.counts(), reason.pause());
        for (String child : children) {
            if (reason.forCertain() || actions.ofTransaction(child).stream().allMatch(action -> action.action().spendsEscrow())) {
                dropWithChildren(child, new DropReason.ParentDropped("it builds on " + hash + ", which was given up", reason.forCertain()));
            }
        }
    }

    /**
     * It was on chain for good once, and others may have acted on that: what they saw must not be there twice. And when the
     * record does not want it any more, it counts on this having happened, unless a later intent can do without.
     */
    private void leaveToOperator(String hash, String block, DropReason reason) {
        actions.ofTransaction(hash).stream()
                .filter(action -> action.action().couldHappenTwice() || action.unwanted() && (reason.forCertain()
                        || reason instanceof DropReason.Refused && !actions.anythingElseWanted(action)))
                .forEach(action -> actions.notAgain(action.id(), action.action().kind() + ": transaction " + hash + " was confirmed in "
                        + block + " and then rolled back, and it has not come back in time. It is not built anew by itself: check that the"
                        + " transaction is not on chain, and what the other party did, before trying again"));
    }
}
