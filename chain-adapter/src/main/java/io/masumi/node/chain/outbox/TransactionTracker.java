package io.masumi.node.chain.outbox;

import io.masumi.node.cardano.OutputRef;
import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.Inclusion;
import io.masumi.node.chain.cardano.transaction.NeededOutputs;
import io.masumi.node.chain.clock.ClockSkews;
import io.masumi.node.chain.follower.reading.AwaitedTransactions;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.escrow.ChainPoint;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks for our transactions on chain until they are there for good, or can never be. */
final class TransactionTracker {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionTracker.class);

    private final ActionStore actions;
    private final TransactionStore transactions;
    private final ReservationStore reservations;
    private final EscrowPositionStore positions;
    private final TransactionDropper dropper;
    private final GivenUpStore givenUp;
    private final AggregateReports reports;
    private final TransactionTemplate inTransaction;
    private final SourceStandings standings;
    private final AwaitedTransactions awaited;
    private final ChainSettings settings;
    private final ClockSkews skews;
    private final Clock clock;

    TransactionTracker(ActionStore actions, TransactionStore transactions, ReservationStore reservations,
            EscrowPositionStore positions, TransactionDropper dropper, GivenUpStore givenUp,
            AggregateReports reports,
            TransactionTemplate inTransaction, SourceStandings standings, AwaitedTransactions awaited, ChainSettings settings,
            ClockSkews skews, Clock clock) {
        this.actions = actions;
        this.transactions = transactions;
        this.reservations = reservations;
        this.positions = positions;
        this.dropper = dropper;
        this.givenUp = givenUp;
        this.reports = reports;
        this.inTransaction = inTransaction;
        this.standings = standings;
        this.awaited = awaited;
        this.settings = settings;
        this.skews = skews;
        this.clock = clock;
    }

    /** Looks once. */
    void track(StoredTransaction transaction, ChainLook look) {
        ChainPoint tip = look.tip();
        if (!transaction.maybeSent()) {
            if (tip.slot() > transaction.validUntilSlot()) {
                dropper.drop(transaction, new DropReason.Unsent("its validity ended before it was sent"));
            }
            return;
        }
        transactions.checked(transaction.hash());
        Optional<Inclusion> onChain = look.provider().inclusion(transaction.hash());
        if (onChain.isPresent()) {
            Inclusion found = onChain.get();
            transactions.accepted(transaction.hash(), clock.instant().plus(settings.resubmitInterval()));
            actions.submitted(transaction.hash());
            if (tip.blockHeight() - found.at().blockHeight() + 1 >= look.confirmations()) {
                settle(transaction, found, look);
            }
        } else if (isOvertaken(transaction, look.provider())) {
            dropper.drop(transaction, new DropReason.Overtaken("somebody else moved the escrow first"));
        } else if (hasLostItsScript(transaction, look.provider())) {
            dropper.drop(transaction, new DropReason.Overtaken("the output that carried its script is gone"));
        } else if (tip.slot() > transaction.validUntilSlot()) {
            long since = transaction.expiredAtHeight() == null ? tip.blockHeight() : transaction.expiredAtHeight();
            transactions.expired(transaction.hash(), since);
            if (tip.blockHeight() >= since + settings.rollbackHorizon()) {
                dropper.drop(transaction, new DropReason.Expired("it was not on chain when its validity ended"
                        + (transaction.lastReply() == null ? "" : "; " + transaction.lastReply()), skews.of(look.sourceId()).isEmpty()));
            }
        }
    }

    /** Whether the escrow that it spends has moved on by another transaction that is on chain: what we know may be rolled back. */
    private boolean isOvertaken(StoredTransaction transaction, ChainProvider provider) {
        List<PendingAction> all = actions.ofTransaction(transaction.hash());
        if (all.isEmpty() || !all.stream().allMatch(action -> action.action().spendsEscrow())) {
            return false;
        }
        if (reservations.followsAnother(transaction.hash())) {
            // Both were rolled back, and the first is on its way again: the escrow has not come to this one yet.
            return false;
        }
        Set<OutputRef> inputs = reservations.inputs(transaction.hash());
        return all.stream().anyMatch(action -> positions.of(action.role(), action.aggregateId())
                .filter(position -> !position.transactionHash().equals(transaction.hash()))
                .filter(position -> position.output().filter(inputs::contains).isEmpty())
                .filter(position -> provider.inclusion(position.transactionHash()).isPresent())
                .isPresent());
    }

    /**
     * Whether the ledger refused it, and an output that it refers to is not there (any more). It may come back with a rollback, and
     * then both this and what is built instead could land: only one will, because they spend the same escrow.
     */
    private boolean hasLostItsScript(StoredTransaction transaction, ChainProvider provider) {
        List<PendingAction> all = actions.ofTransaction(transaction.hash());
        return transaction.lastReply() != null && !all.isEmpty() && all.stream().allMatch(action -> action.action().spendsEscrow())
                && NeededOutputs.of(transaction.bytes()).references().stream().anyMatch(output -> provider.unspentOutput(output).isEmpty());
    }

    /** What was seen before a rollback settles nothing: whether it is on chain is asked again. */
    private void settle(StoredTransaction transaction, Inclusion found, ChainLook look) {
        if (!standings.unchanged(look.sourceId(), look.standing())) {
            return;
        }
        // Before anybody hears of it: whenever the node dies, a rollback finds what was told.
        transactions.inBlock(transaction.hash(), found.at());
        List<PendingAction> all = actions.ofTransaction(transaction.hash());
        if (!found.scriptsPassed()) {
            givenUp.addFailed(transaction.hash(), "a script refused it on chain, and it cost its collateral", found);
        }
        for (PendingAction action : all) {
            try (MDC.MDCCloseable _ = MDC.putCloseable("sale", action.aggregateId())) {
                tell(action, transaction, found);
            }
        }
        inTransaction.executeWithoutResult(_ -> {
            if (standings.unchanged(look.sourceId(), look.standing())) {
                transactions.confirmed(transaction.hash(), found.at(), found.scriptsPassed());
                actions.confirmed(transaction.hash());
                if (found.scriptsPassed() && all.stream().anyMatch(action -> action.action().escrowAction().isPresent())) {
                    awaited.await(look.sourceId(), transaction.hash(), found.at().blockHeight(), "it is ours");
                }
            }
        });
    }

    /** A transaction that a record could not be told of is not settled: it is looked at again, and told again, with each block. */
    private void tell(PendingAction action, StoredTransaction transaction, Inclusion found) {
        String hash = transaction.hash();
        String kind = action.action().kind();
        reports.settled(action, transaction, found);
        if (found.scriptsPassed()) {
            LOG.info("{}: transaction {} is in block {} at height {}", kind, hash, found.at().blockHash(), found.at().blockHeight());
        } else {
            LOG.error("{}: transaction {} failed on chain and cost its collateral", kind, hash);
            actions.failed(action.id(), "the contract refused transaction " + hash);
        }
    }
}
