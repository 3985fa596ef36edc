package io.masumi.node.chain.follower;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.chain.source.Source;

/** Records what transactions at a contract did, each after what led to it. */
final class TransactionRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionRecorder.class);

    private final FollowerStore store;
    private final PendingRetries pendingRetries;
    private final SaleRecorder recorder;
    private final MissedTransactions missed;
    private final KnownSales sales;
    private final SourceStandings standings;
    private final ChainSettings settings;

    TransactionRecorder(FollowerStore store, PendingRetries pendingRetries, SaleRecorder recorder, MissedTransactions missed,
            KnownSales sales,
            SourceStandings standings, ChainSettings settings) {
        this.store = store;
        this.pendingRetries = pendingRetries;
        this.recorder = recorder;
        this.missed = missed;
        this.sales = sales;
        this.standings = standings;
        this.settings = settings;
    }

    /** Records the next one in the order of the chain: with it, everything up to it is recorded. */
    void inTurn(Source source, ChainTransaction transaction, ChainProvider provider) {
        for (ChainTransaction earlier : missed.before(source, transaction, provider)) {
            late(source, earlier, transaction.at().blockHeight());
        }
        Observations seen = ObservationDecoder.readable(transaction, source);
        List<Observation> ours = seen.ofRegistry(source.policyId());
        store.recording(source.id(), transaction, SaleRecords.of(ours));
        store.recorded(source.id(), transaction, tell(source, transaction, seen, ours));
    }

    /**
     * Records one that the follower has passed by. What else is recorded of the same escrows since, and meant nothing to records that
     * had not heard of this one, is to be recorded once more.
     *
     * @param height how far the follower has come
     */
    void late(Source source, ChainTransaction transaction, long height) {
        if (!store.isObserved(source.id(), transaction.hash()) && store.isKept(source.id(), transaction.at(), settings.keepBookkeeping())) {
            LOG.warn("payment source {}: transaction {} in block {} at height {} was not in the provider's list; it is recorded now",
                    source.id(), transaction.hash(), transaction.at().blockHash(), transaction.at().blockHeight());
            standings.foundIncomplete(source.id(), "transaction " + transaction.hash() + " in block " + transaction.at().blockHash()
                    + " at height " + transaction.at().blockHeight() + " was not in it");
        }
        Observations seen = ObservationDecoder.readable(transaction, source);
        List<Observation> ours = seen.ofRegistry(source.policyId());
        SaleRecords known = SaleRecords.of(ours.stream().filter(each -> sales.isOurs(each.identifier())).toList());
        store.recordingLate(source.id(), transaction, SaleRecords.of(ours), known, height);
        store.recordedLate(source.id(), transaction, tell(source, transaction, seen, ours));
    }

    /** Whether a record that it concerns must hear of something else first. */
    boolean mustWait(Source source, ChainTransaction transaction) {
        SaleRecords concerned = SaleRecords.of(ObservationDecoder.readable(transaction, source).ofRegistry(source.policyId()));
        Set<String> waiting = pendingRetries.waiting(source.id());
        return concerned.payments().stream().anyMatch(waiting::contains) || concerned.purchases().stream().anyMatch(waiting::contains);
    }

    /** @return what is odd about it, null if nothing is */
    private String tell(Source source, ChainTransaction transaction, Observations seen, List<Observation> ours) {
        List<String> notes = new ArrayList<>(seen.oddities());
        Set<String> waiting = pendingRetries.waiting(source.id());
        for (Observation observation : ours) {
            recorder.record(observation, waiting).forEach((id, why) -> {
                pendingRetries.add(source.id(), id, transaction.hash(), why);
                notes.add("not recorded on " + id + " yet: " + why);
                waiting.add(id);
            });
        }
        if (notes.isEmpty()) {
            return null;
        }
        LOG.info("transaction {} at payment source {} is odd: {}", transaction.hash(), source.id(), notes);
        return String.join("; ", notes);
    }
}
