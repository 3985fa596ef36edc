package io.masumi.node.chain.follower;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import io.masumi.node.platform.loop.Backoff;
import io.masumi.node.chain.loop.Isolated;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.source.Source;
import io.masumi.node.source.PaymentSourceId;

/**
 * Keeps what could not be recorded on a record, because the node failed at it, and tries it again for ever with growing waits.
 * So one record that is broken holds up no other, and no fact about its money is lost.
 */
final class PendingRetries {

    private static final Logger LOG = LoggerFactory.getLogger(PendingRetries.class);
    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private final PendingRetryStore store;
    private final SaleRecorder recorder;
    private final UnavailableTransactions unavailable;

    PendingRetries(PendingRetryStore store, SaleRecorder recorder, UnavailableTransactions unavailable) {
        this.store = store;
        this.recorder = recorder;
        this.unavailable = unavailable;
    }

    /** Aggregates that must not hear of anything new before they have heard of what is pending. */
    Set<String> waiting(PaymentSourceId sourceId) {
        return new HashSet<>(store.aggregates(sourceId));
    }

    void add(PaymentSourceId sourceId, String aggregateId, String transactionHash, String why) {
        store.add(sourceId, aggregateId, transactionHash, why);
    }

    /** That blocks are gone comes before whatever comes in their place. */
    void add(PaymentSourceId sourceId, RolledBackRecord rolledBack, String why) {
        store.add(sourceId, rolledBack, why);
    }

    /** These transactions were rolled back. */
    void forget(PaymentSourceId sourceId, Collection<String> transactionHashes) {
        store.forget(sourceId, transactionHashes);
    }

    /** Tries what is due, for each aggregate in the order of the chain. */
    void recordDue(Source source, ChainProvider provider) {
        List<PendingRetry> due = store.due(source.id());
        while (!due.isEmpty()) {
            due.forEach(each -> tryAgain(source, each, provider));
            due = store.due(source.id());
        }
    }

    private void tryAgain(Source source, PendingRetry retry, ChainProvider provider) {
        // Not there: the provider is behind, or it was rolled back, and then the follower will say so.
        Optional<ChainTransaction> transaction = retry.rolledBack() == null
                ? unavailable.read(retry.transactionHash(), provider)
                : Optional.empty();
        if (retry.rolledBack() == null && transaction.isEmpty()) {
            store.failed(retry, wait(retry), "it is not on the chain now");
            return;
        }
        try (MDC.MDCCloseable _ = MDC.putCloseable("sale", retry.aggregateId())) {
            Isolated.runWhateverProvider(() -> {
                transaction.ifPresentOrElse(
                        shown -> ObservationDecoder.decode(shown, source).escrows()
                                .forEach(observation -> recorder.retry(observation, retry.aggregateId())),
                        () -> recorder.undo(retry.rolledBack()));
                store.recorded(retry);
                LOG.info("{} could be recorded after all", retry.transactionHash());
            }, e -> {
                Duration wait = wait(retry);
                LOG.error("{} still cannot be recorded, next try in {}", retry.transactionHash(), wait, e);
                store.failed(retry, wait, "the node failed at it: " + e);
            });
        }
    }

    private static Duration wait(PendingRetry retry) {
        return AFTER_FAILURE.after(retry.failures());
    }
}
