package io.masumi.node.chain.follower;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.platform.loop.Backoff;
import io.masumi.node.chain.loop.Isolated;
import io.masumi.node.chain.cardano.provider.AddressTransaction;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.chain.follower.reading.AwaitedTransactions;
import io.masumi.node.chain.follower.reading.Rereading;
import io.masumi.node.chain.follower.reading.Rereadings;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.chain.source.Source;
import io.masumi.node.cardano.LedgerConstants;

/**
 * Reads a contract's list once more, up to where it was followed, and has read what is not recorded. Of each page only the list
 * is asked for; a few pages are read between two passes, and where it got to is kept.
 */
final class RereadingWork {

    private static final Logger LOG = LoggerFactory.getLogger(RereadingWork.class);

    private static final int PAGES_AT_ONCE = 5;

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    private static final Backoff BETWEEN_TRIES = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

    private final FollowerStore store;
    private final Rereadings rereadings;
    private final AwaitedTransactions awaited;
    private final Comparison comparison;
    private final SourceStandings standings;

    RereadingWork(FollowerStore store, Rereadings rereadings, AwaitedTransactions awaited, Comparison comparison,
            SourceStandings standings) {
        this.store = store;
        this.rereadings = rereadings;
        this.awaited = awaited;
        this.comparison = comparison;
        this.standings = standings;
    }

    /**
     * Goes on with the order whose turn it is. One that cannot go on waits, and holds up nothing else.
     *
     * @param tip of the chain that was followed
     * @return whether there is more to do at once
     */
    boolean goOn(Source source, ChainPoint tip, ChainProvider provider) {
        Optional<Cursor> followed = store.cursor(source.id());
        Optional<Rereading> next = rereadings.next(source.id());
        if (next.isEmpty() || followed.isEmpty()) {
            return false;
        }
        AtomicBoolean more = new AtomicBoolean();
        Isolated.runWhateverProvider(() -> more.set(goOn(source, next.get(), followed.get(), tip, provider)), e -> {
            LOG.warn("payment source {}: the contract cannot be read again now, {}; next try in {}", source.id(), next.get().why(),
                    AFTER_FAILURE, e);
            rereadings.postpone(next.get(), AFTER_FAILURE);
        });
        return more.get();
    }

    private boolean goOn(Source source, Rereading order, Cursor followed, ChainPoint tip, ChainProvider provider) {
        if (order.fromHeight() == null) {
            rereadings.begin(order, heightBefore(source, order.fromTime(), tip, provider));
            return true;
        }
        ContractList list = new ContractList(source.smartContractAddress(), provider);
        Cursor cursor = order.doneHeight() == null
                ? Cursor.after(new ChainPoint(0, "", order.fromHeight() - 1, 0))
                : new Cursor(new ChainPoint(0, "", order.doneHeight(), 0), order.doneIndex());
        for (int pages = 0; pages < PAGES_AT_ONCE; pages++) {
            ContractList.Page page = list.after(cursor);
            List<AddressTransaction> passed = page.fresh().stream().filter(each -> !followed.isBefore(each)).toList();
            boolean last = page.isLast() || passed.size() < page.fresh().size();
            Cursor upTo = last ? followed : cursorAt(passed.getLast());
            if (!provider.shows(tip)) {
                return false;
            }
            if (!isComplete(source, cursor, upTo, passed) && mustWait(order)) {
                return true;
            }
            lookAt(source, order, passed);
            cursor = upTo;
            if (last) {
                if (!comparison.now(source, followed, provider) && mustWait(order)) {
                    return true;
                }
                rereadings.finish(order, followed.block());
                LOG.info("payment source {}: everything from block height {} to {} was read again, {}", source.id(), order.fromHeight(),
                        followed.block().blockHeight(), order.why());
                return true;
            }
        }
        return true;
    }

    /** An answer that lacks something may be whole a while later; but one that never is must not hold up for ever what waits for this. */
    private boolean mustWait(Rereading order) {
        if (order.failures() >= Rereadings.MANY_TRIES) {
            return false;
        }
        rereadings.tryLater(order, BETWEEN_TRIES.after(order.failures() + 1));
        return true;
    }

    private void lookAt(Source source, Rereading order, List<AddressTransaction> passed) {
        if (passed.isEmpty()) {
            return;
        }
        Set<String> observed = store.observed(source.id(), passed.stream().map(AddressTransaction::hash).toList());
        List<AddressTransaction> unknown = passed.stream().filter(each -> !observed.contains(each.hash())).toList();
        unknown.forEach(each -> awaited.await(source.id(), each.hash(), each.blockHeight(), "the list shows it now"));
        rereadings.lookedAt(order, passed.getLast().blockHeight(), passed.getLast().index(), unknown.size());
    }

    /** A list without what is known to be in it proves nothing. */
    private boolean isComplete(Source source, Cursor after, Cursor upTo, List<AddressTransaction> shown) {
        Optional<String> lacking = store.observedBetween(source.id(), after, upTo, shown.stream().map(AddressTransaction::hash).toList());
        lacking.ifPresent(hash -> {
            LOG.warn("payment source {}: the provider's list lacks transaction {}, which is recorded", source.id(), hash);
            standings.foundIncomplete(source.id(), "its list lacked transaction " + hash + ", which it had shown before");
        });
        return lacking.isEmpty();
    }

    /** Height of a block before that time. @param time Unix ms */
    private long heightBefore(Source source, long time, ChainPoint tip, ChainProvider provider) {
        Optional<ChainPoint> seen = store.seenBefore(source.id(), time);
        if (seen.isPresent()) {
            return seen.get().blockHeight();
        }
        long height = tip.blockHeight();
        for (long step = LedgerConstants.LONGEST_ROLLBACK;; step *= 2) {
            height = Math.max(0, height - step);
            long asked = height;
            ChainPoint block = provider.blockAt(height).orElseThrow(
                    () -> new ProviderUnavailableException("the chain provider shows no block at height " + asked, null));
            if (height == 0 || block.blockTime() <= time) {
                return height;
            }
        }
    }

    private static Cursor cursorAt(AddressTransaction transaction) {
        return new Cursor(new ChainPoint(0, "", transaction.blockHeight(), 0), transaction.index());
    }
}
