package io.masumi.node.chain.follower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.loop.SourceWork;
import io.masumi.node.chain.provider.AddressTransaction;
import io.masumi.node.chain.provider.ChainProvider;
import io.masumi.node.chain.provider.ChainProviders;
import io.masumi.node.chain.provider.ChainTransaction;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.query.source.PaymentSourceView;
import io.masumi.node.source.PaymentSourceId;

/**
 * Follows a contract from its cursor on: reads new transactions at its address in chain order, once they are deep enough,
 * and records what they did. The cursor moves on only after that, so a crash means that something is recorded twice, which
 * changes nothing.
 */
final class FollowerWork implements SourceWork {

    private static final Logger LOG = LoggerFactory.getLogger(FollowerWork.class);

    private static final int PAGE = 100;

    /**
     * Where nothing happens, the cursor stays this many blocks behind. A provider may answer from several machines of which
     * one has the newest block and another does not have its transactions yet: a cursor at that block would pass them by.
     */
    private static final int REREAD_BLOCKS = 10;

    private final ChainProviders providers;
    private final FollowerStore store;
    private final HeldBackWork heldBack;
    private final SaleRecorder recorder;
    private final ChainSettings settings;
    private final Map<PaymentSourceId, String> lastTips = new ConcurrentHashMap<>();

    FollowerWork(ChainProviders providers, FollowerStore store, HeldBackWork heldBack, SaleRecorder recorder,
            ChainSettings settings) {
        this.providers = providers;
        this.store = store;
        this.heldBack = heldBack;
        this.recorder = recorder;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "follower";
    }

    @Override
    public void pass(PaymentSourceView source) {
        ChainProvider provider = providers.of(source.id());
        heldBack.recordDue(source, provider);
        ChainPoint tip = provider.tip();
        if (tip.blockHash().equals(lastTips.get(source.id()))) {
            return;
        }
        Optional<Cursor> known = store.cursor(source.id());
        // Before the first look there is no cursor: it begins some way back, so that nothing of this source's sales is missed.
        Cursor from = known.isPresent() ? onChain(known.get(), source, provider) : start(tip);
        store.remember(source.id(), tip);
        long upTo = tip.blockHeight() - settings.confirmations() + 1;
        if (follow(source, provider, from, upTo)) {
            moveToLastBlock(source, provider, upTo);
            lastTips.put(source.id(), tip.blockHash());
        }
    }

    private Cursor start(ChainPoint tip) {
        long height = Math.max(-1, tip.blockHeight() - settings.firstLookBack());
        return Cursor.after(new ChainPoint(0, "", height, 0));
    }

    /** The cursor, or where to go on after its block was rolled back. */
    private Cursor onChain(Cursor cursor, PaymentSourceView source, ChainProvider provider) {
        if (provider.block(cursor.block().blockHash()).isPresent()) {
            return cursor;
        }
        List<ChainPoint> seen = store.seenBlocks(source.id());
        for (ChainPoint block : seen) {
            if (provider.block(block.blockHash()).isPresent()) {
                List<String> undone = store.goBack(source.id(), block);
                heldBack.forget(source.id(), undone);
                LOG.warn("rollback at payment source {}: block {} at height {} is gone, going on after block {} at height {};"
                        + " {} recorded transactions are looked for again: {}", source.id(), cursor.block().blockHash(),
                        cursor.block().blockHeight(), block.blockHash(), block.blockHeight(), undone.size(), undone);
                return Cursor.after(block);
            }
        }
        ChainPoint oldest = seen.isEmpty() ? cursor.block() : seen.getLast();
        LOG.error("rollback at payment source {}: none of the {} remembered blocks is on the chain; is it another chain?"
                + " Going on at height {}", source.id(), seen.size(), oldest.blockHeight());
        return new Cursor(oldest, -1);
    }

    /** @return whether everything up to that height is recorded */
    private boolean follow(PaymentSourceView source, ChainProvider provider, Cursor from, long upTo) {
        Cursor cursor = from;
        int limit = PAGE;
        while (true) {
            List<AddressTransaction> page = provider.transactionsAt(source.smartContractAddress(), Math.max(0, cursor.fromHeight()), limit);
            Cursor begin = cursor;
            List<AddressTransaction> fresh = page.stream().filter(begin::isBefore).toList();
            for (AddressTransaction next : fresh) {
                if (next.blockHeight() > upTo) {
                    return true;
                }
                Optional<ChainTransaction> transaction = provider.transaction(next.hash());
                if (transaction.isEmpty()) {
                    LOG.info("transaction {} vanished while it was read; looking again", next.hash());
                    return false;
                }
                record(source, transaction.get());
                cursor = new Cursor(transaction.get().at(), transaction.get().index());
            }
            if (page.size() < limit) {
                return true;
            }
            // A block with more transactions than a page would else show the same page for ever.
            limit = fresh.isEmpty() ? limit * 2 : PAGE;
        }
    }

    private void record(PaymentSourceView source, ChainTransaction transaction) {
        Observations seen = decoded(source, transaction);
        List<String> recordedOn = new ArrayList<>();
        List<String> notes = new ArrayList<>(seen.oddities());
        Set<String> waiting = heldBack.waiting(source.id());
        for (Observation observation : seen.escrows()) {
            Recording recording = recorder.record(observation, waiting);
            recordedOn.addAll(recording.recordedOn());
            recording.heldBack().forEach((id, why) -> {
                heldBack.holdBack(source.id(), id, transaction.hash(), why);
                notes.add("not recorded on " + id + " yet: " + why);
                waiting.add(id);
            });
        }
        if (!notes.isEmpty()) {
            LOG.info("transaction {} at payment source {} is odd: {}", transaction.hash(), source.id(), notes);
        }
        store.recorded(source.id(), transaction, recordedOn, notes.isEmpty() ? null : String.join("; ", notes));
    }

    /** Decoding asks nobody, so what fails here would fail for ever: it is noted, and must not stop what comes after. */
    private static Observations decoded(PaymentSourceView source, ChainTransaction transaction) {
        try {
            return ObservationDecoder.decode(transaction, source);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("transaction {} at payment source {} cannot be read and is left out", transaction.hash(), source.id(), e);
            return new Observations(List.of(), List.of("cannot be read: " + e));
        }
    }

    /** So that little is read again even when nothing happens at the contract. */
    private void moveToLastBlock(PaymentSourceView source, ChainProvider provider, long upTo) {
        Optional<Cursor> reached = store.cursor(source.id());
        store.seenBlocks(source.id()).stream()
                .filter(block -> block.blockHeight() <= upTo - REREAD_BLOCKS)
                .findFirst()
                .filter(block -> reached.isEmpty() || block.blockHeight() > reached.get().block().blockHeight())
                .filter(block -> provider.block(block.blockHash()).isPresent())
                .ifPresent(block -> store.advance(source.id(), Cursor.after(block)));
    }
}
