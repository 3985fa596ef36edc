package io.masumi.node.chain.follower;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.platform.loop.Backoff;
import io.masumi.node.chain.cardano.provider.AddressTransaction;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.chain.follower.reading.AwaitedTransaction;
import io.masumi.node.chain.follower.reading.AwaitedTransactions;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.chain.source.Source;

/** Reads by hash what is known to be on chain, and what the provider's list did not show when the follower passed by there. */
final class AwaitedTransactionReader {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitedTransactionReader.class);

    private static final int AT_ONCE = 100;
    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

    private final FollowerStore store;
    private final AwaitedTransactions awaited;
    private final TransactionRecorder recorder;
    private final MissedTransactions missed;
    private final UnavailableTransactions unavailable;
    private final SourceStandings standings;

    AwaitedTransactionReader(FollowerStore store, AwaitedTransactions awaited, TransactionRecorder recorder, MissedTransactions missed,
            UnavailableTransactions unavailable, SourceStandings standings) {
        this.store = store;
        this.awaited = awaited;
        this.recorder = recorder;
        this.missed = missed;
        this.unavailable = unavailable;
        this.standings = standings;
    }

    /** Records what is due. @param tip of the chain that was followed */
    void recordDue(Source source, ChainPoint tip, ChainProvider provider) {
        Optional<Cursor> cursor = store.cursor(source.id());
        if (cursor.isEmpty()) {
            return;
        }
        long passed = cursor.get().fromHeight() - 1;
        for (AwaitedTransaction next : awaited.due(source.id(), passed, AT_ONCE)) {
            try {
                if (!read(source, next, tip, passed, provider)) {
                    awaited.postpone(source.id(), next.hash(), AFTER_FAILURE.after(next.failures() + 1));
                }
            } catch (ProviderUnavailableException e) {
                // It may be only this one that the provider cannot show: those behind it come first next time.
                awaited.postpone(source.id(), next.hash(), AFTER_FAILURE.after(next.failures() + 1));
                throw e;
            }
        }
    }

    /** The follower goes on without this one, which the provider lists and does not show: it is tried again for as long as it takes. */
    void skip(Source source, AddressTransaction listed) {
        String why = "transaction " + listed.hash() + " at height " + listed.blockHeight() + " is in the provider's list, but the provider"
                + " does not show it so that it can be read";
        LOG.warn("payment source {}: {}; it is tried again later, and what comes after it goes on", source.id(), why);
        awaited.await(source.id(), listed.hash(), listed.blockHeight(), "the provider lists it and does not show it");
        standings.foundIncomplete(source.id(), why);
    }

    /** @return whether it is done with, or waits for its block; else it is to be tried again */
    private boolean read(Source source, AwaitedTransaction next, ChainPoint tip, long passed, ChainProvider provider) {
        if (!next.again() && store.isObserved(source.id(), next.hash())) {
            awaited.done(source.id(), next.hash());
            return true;
        }
        Optional<ChainTransaction> found = unavailable.read(next.hash(), provider);
        if (found.isEmpty()) {
            LOG.info("payment source {}: transaction {} is not on the chain that the provider shows now", source.id(), next.hash());
            return false;
        }
        ChainTransaction transaction = found.get();
        if (transaction.at().blockHeight() > passed) {
            awaited.notYet(source.id(), next.hash(), transaction.at());
            return true;
        }
        List<ChainTransaction> all = new ArrayList<>(missed.before(source, transaction, provider));
        all.add(transaction);
        // With the same tip at the end, what was read is of the chain that leads to it, and of no other branch.
        if (!provider.shows(tip) || all.stream().anyMatch(each -> recorder.mustWait(source, each))) {
            return false;
        }
        all.forEach(each -> recorder.late(source, each, passed));
        return true;
    }
}
