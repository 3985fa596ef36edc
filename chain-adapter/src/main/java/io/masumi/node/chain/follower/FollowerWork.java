package io.masumi.node.chain.follower;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.outbox.Rollbacks;
import io.masumi.node.chain.loop.SourceWork;
import io.masumi.node.chain.cardano.provider.AddressTransaction;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ChainProviders;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.chain.source.Source;
import io.masumi.node.source.PaymentSourceId;

/**
 * Follows a contract from its cursor on: reads new transactions at its address in chain order, once they are deep enough,
 * and records what they did. The cursor moves on only after that, so a crash means that something is recorded twice, which
 * changes nothing.
 */
final class FollowerWork implements SourceWork {

    private static final Logger LOG = LoggerFactory.getLogger(FollowerWork.class);

    /**
     * Where nothing happens, the cursor stays this many blocks behind. A provider may answer from several machines of which
     * one has the newest block and another does not have its transactions yet: a cursor at that block would pass them by.
     */
    private static final int REREAD_BLOCKS = 10;

    private final ChainProviders providers;
    private final FollowerStore store;
    private final PendingRetries pendingRetries;
    private final TransactionRecorder recorder;
    private final AwaitedTransactionReader awaitedReader;
    private final RereadingWork rereading;
    private final Comparison comparison;
    private final SaleExpiries expiries;
    private final Trimming trimming;
    private final ChainWatch watch;
    private final UnavailableTransactions unavailable;
    private final Rollbacks rollbacks;
    private final ChainSettings settings;
    private final Map<PaymentSourceId, String> lastTips = new ConcurrentHashMap<>();

    FollowerWork(ChainProviders providers, FollowerStore store, PendingRetries pendingRetries, TransactionRecorder recorder,
            AwaitedTransactionReader awaitedReader, RereadingWork rereading, Comparison comparison, SaleExpiries expiries,
            Trimming trimming,
            ChainWatch watch, UnavailableTransactions unavailable, Rollbacks rollbacks, ChainSettings settings) {
        this.providers = providers;
        this.store = store;
        this.pendingRetries = pendingRetries;
        this.recorder = recorder;
        this.awaitedReader = awaitedReader;
        this.rereading = rereading;
        this.comparison = comparison;
        this.expiries = expiries;
        this.trimming = trimming;
        this.watch = watch;
        this.unavailable = unavailable;
        this.rollbacks = rollbacks;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "follower";
    }

    @Override
    public void pass(Source source) {
        ChainProvider provider = providers.of(source.id());
        pendingRetries.recordDue(source, provider);
        ChainPoint tip = provider.tip();
        if (tip.blockHash().equals(lastTips.get(source.id()))) {
            return;
        }
        // Should the same block be the newest again after another chain was shown, that is news.
        lastTips.remove(source.id());
        if (!watch.canBeFollowed(source, tip, provider)) {
            return;
        }
        // Before the first look there is no cursor: it begins some way back, so that nothing of this source's sales is missed.
        Cursor from = store.cursor(source.id()).orElseGet(() -> start(source, tip));
        store.remember(source.id(), tip);
        long upTo = tip.blockHeight() - settings.confirmations(source) + 1;
        if (follow(source, provider, from, tip, upTo)) {
            moveToLastBlock(source, upTo);
            boolean moreToRead = rereading.goOn(source, tip, provider);
            awaitedReader.recordDue(source, tip, provider);
            long settled = tip.blockHeight() - settings.rollbackHorizon();
            rollbacks.beyondReach(source.id(), settled);
            expiries.expireDue(source.id(), settled);
            trimming.whenDue(source.id());
            comparison.whenDue(source, provider);
            if (!moreToRead) {
                lastTips.put(source.id(), tip.blockHash());
            }
        }
    }

    private Cursor start(Source source, ChainPoint tip) {
        long height = Math.max(-1, tip.blockHeight() - settings.firstLookBack());
        store.begin(source.id(), height + 1);
        return Cursor.after(new ChainPoint(0, "", height, 0));
    }

    /** @return whether everything up to that height is recorded */
    private boolean follow(Source source, ChainProvider provider, Cursor from, ChainPoint tip, long upTo) {
        Cursor cursor = from;
        ContractList list = new ContractList(source.smartContractAddress(), provider);
        while (true) {
            ContractList.Page page = list.after(cursor);
            List<AddressTransaction> deep = page.fresh().stream().takeWhile(next -> next.blockHeight() <= upTo).toList();
            Map<String, ChainTransaction> read = new HashMap<>();
            deep.forEach(next -> unavailable.read(next.hash(), provider).ifPresent(found -> read.put(next.hash(), found)));
            boolean moreMayCome = deep.stream()
                    .anyMatch(next -> !read.containsKey(next.hash()) && !unavailable.isPatienceOver(next.hash()));
            // With the same tip at the end, what was read is of the chain that leads to it, and of no other branch.
            if (moreMayCome || !deep.isEmpty() && !provider.shows(tip)) {
                LOG.info("payment source {}: the chain changed while it was read; looking again", source.id());
                return false;
            }
            for (AddressTransaction next : deep) {
                ChainTransaction shown = read.get(next.hash());
                if (shown == null) {
                    awaitedReader.skip(source, next);
                } else {
                    recorder.inTurn(source, shown, provider);
                }
                cursor = new Cursor(new ChainPoint(0, "", next.blockHeight(), 0), next.index());
            }
            if (page.isLast() || deep.size() < page.fresh().size()) {
                return true;
            }
        }
    }

    /** So that little is read again even when nothing happens at the contract. */
    private void moveToLastBlock(Source source, long upTo) {
        Optional<Cursor> reached = store.cursor(source.id());
        store.newestSeen(source.id(), upTo - REREAD_BLOCKS)
                .filter(block -> reached.isEmpty() || block.blockHeight() > reached.get().block().blockHeight())
                .ifPresent(block -> store.advance(source.id(), Cursor.after(block)));
    }
}
