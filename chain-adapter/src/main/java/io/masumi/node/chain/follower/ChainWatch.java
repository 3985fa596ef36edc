package io.masumi.node.chain.follower;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.chain.outbox.Rollbacks;
import io.masumi.node.chain.follower.KnownChain.Relation;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.chain.source.Source;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.cardano.LedgerConstants;

/**
 * Sees to it that a payment source's chain goes on from what was seen of it. After a rollback, what came of the lost blocks is
 * undone; on a chain that is not known at all nothing is done any more.
 */
final class ChainWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ChainWatch.class);

    /** A provider of several machines may answer from one that is behind: what looks lost is believed after this many looks in a row. */
    private static final int PATIENCE = 5;

    private final FollowerStore store;
    private final PendingRetries pendingRetries;
    private final SourceStandings standings;
    private final Rollbacks rollbacks;
    private final SaleRecorder recorder;
    private final Map<PaymentSourceId, Integer> doubts = new ConcurrentHashMap<>();
    private final Map<PaymentSourceId, String> strangeTips = new ConcurrentHashMap<>();

    ChainWatch(FollowerStore store, PendingRetries pendingRetries, SourceStandings standings, Rollbacks rollbacks, SaleRecorder recorder) {
        this.store = store;
        this.pendingRetries = pendingRetries;
        this.standings = standings;
        this.rollbacks = rollbacks;
        this.recorder = recorder;
    }

    /** @return whether the chain up to this tip can be followed now */
    boolean canBeFollowed(Source source, ChainPoint tip, ChainProvider provider) {
        Optional<ChainPoint> newest = standings.newestSeen(source.id());
        if (newest.isEmpty()) {
            begin(source, tip, provider);
            return true;
        }
        if (tip.blockHash().equals(strangeTips.get(source.id()))) {
            return false;
        }
        Relation relation = new KnownChain(tip, provider).to(newest.get(), () -> store.seenBlocks(source.id()));
        return switch (relation) {
            case Relation.Continued _ -> isKnownAgain(source);
            case Relation.Branched branched -> rolledBack(source, branched.common(), branched.lost());
            case Relation.Shorter shorter -> isPatienceOver(source.id()) && rolledBack(source, shorter.common(), shorter.lost());
            case Relation.Behind behind -> {
                stop(source, behind.why());
                strangeTips.put(source.id(), tip.blockHash());
                yield false;
            }
            case Relation.Unknown unknown -> {
                stop(source, unknown.why());
                if (isPatienceOver(source.id())) {
                    tellOpenSales(source, unknown.why());
                    strangeTips.put(source.id(), tip.blockHash());
                }
                yield false;
            }
        };
    }

    /** A block that no rollback can reach is remembered first: whatever happens, it tells this chain from another. */
    private void begin(Source source, ChainPoint tip, ChainProvider provider) {
        standings.begin(source.id());
        provider.blockAt(Math.max(0, tip.blockHeight() - LedgerConstants.LONGEST_ROLLBACK))
                .ifPresent(block -> store.remember(source.id(), block));
    }

    private boolean isKnownAgain(Source source) {
        doubts.remove(source.id());
        if (standings.resume(source.id())) {
            LOG.warn("payment source {}: its provider shows the known chain again, going on", source.id());
        }
        return true;
    }

    private boolean isPatienceOver(PaymentSourceId sourceId) {
        return doubts.merge(sourceId, 1, Integer::sum) >= PATIENCE;
    }

    /**
     * Undoes what came of the lost blocks. The cursor, with what was seen, goes back last: until then all is done again after
     * a crash, and doing it again changes nothing. Nobody acts on the chain meanwhile by what it showed before.
     */
    private boolean rolledBack(Source source, ChainPoint common, ChainPoint lost) {
        LOG.warn("rollback at payment source {}: block {} at height {} is gone, the chain goes on after block {} at height {}", source.id(),
                lost.blockHash(), lost.blockHeight(), common.blockHash(), common.blockHeight());
        rollbacks.undisturbed(source.id(), () -> {
            Rollbacks.Reopened reopened = rollbacks.reopen(source.id(), common);
            Map<String, SaleRecords> recorded = store.recordedAbove(source.id(), common.blockHeight());
            SaleRecords records = SaleRecords.union(recorded.values());
            recorder.undo(records, reopened.registrations(), common)
                    .forEach((rolledBack, why) -> pendingRetries.add(source.id(), rolledBack, why));
            pendingRetries.forget(source.id(), recorded.keySet());
            store.goBack(source.id(), common);
            LOG.warn(
                    "rollback at payment source {}: undone on {} payments, {} purchases and {} registrations what they had from transactions"
                            + " {}; sending again our transactions {}",
                    source.id(), records.payments().size(), records.purchases().size(),
                    reopened.registrations().size(), recorded.keySet(), reopened.transactions());
        });
        return isKnownAgain(source);
    }

    private void stop(Source source, String why) {
        if (standings.stop(source.id(), why)) {
            LOG.error(
                    "payment source {}: its provider at {} does not show the chain that was followed: {}. Nothing is read or sent for this"
                            + " source until it does again",
                    source.id(), source.providerUrl(), why);
        }
    }

    private void tellOpenSales(Source source, String why) {
        if (standings.of(source.id()).told()) {
            return;
        }
        Rollbacks.OpenRecords open = rollbacks.open(source.id());
        LOG.error("payment source {}: {} payments and {} purchases are left to an operator", source.id(), open.payments().size(),
                open.purchases().size());
        recorder.requireOperator(new SaleRecords(open.payments(), open.purchases()),
                "The chain provider of the payment source does not show the chain that was followed: " + why
                        + ". Nothing is sent until it does again; then check what the chain says of this sale before going on");
        standings.told(source.id());
    }
}
