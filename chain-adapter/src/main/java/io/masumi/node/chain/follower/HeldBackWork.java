package io.masumi.node.chain.follower;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import io.masumi.node.chain.loop.Backoff;
import io.masumi.node.chain.loop.LoopEnd;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.query.source.PaymentSourceView;
import io.masumi.node.source.PaymentSourceId;

/**
 * Keeps what a record could not take note of, because the node failed at it, and tries it again for ever with growing waits.
 * So one record that is broken holds up no other, and no fact about its money is lost.
 */
final class HeldBackWork {

    private static final Logger LOG = LoggerFactory.getLogger(HeldBackWork.class);
    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private final HeldBackStore store;
    private final SaleRecorder recorder;
    private final UnshownTransactions unshown;

    HeldBackWork(HeldBackStore store, SaleRecorder recorder, UnshownTransactions unshown) {
        this.store = store;
        this.recorder = recorder;
        this.unshown = unshown;
    }

    /** Aggregates that must not hear of anything new before they have heard of what is held back. */
    Set<String> waiting(PaymentSourceId sourceId) {
        return new HashSet<>(store.aggregates(sourceId));
    }

    void holdBack(PaymentSourceId sourceId, String aggregateId, String transactionHash, String why) {
        store.add(sourceId, aggregateId, transactionHash, why);
    }

    /** That blocks are gone comes before whatever comes in their place. */
    void holdBack(PaymentSourceId sourceId, Undoing undoing, String why) {
        store.add(sourceId, undoing, why);
    }

    /** These transactions were rolled back. */
    void forget(PaymentSourceId sourceId, Collection<String> transactionHashes) {
        store.forget(sourceId, transactionHashes);
    }

    /** Tries what is due, for each aggregate in the order of the chain. */
    void recordDue(PaymentSourceView source, ChainProvider provider) {
        List<HeldBack> due = store.due(source.id());
        while (!due.isEmpty()) {
            due.forEach(each -> tryAgain(source, each, provider));
            due = store.due(source.id());
        }
    }

    private void tryAgain(PaymentSourceView source, HeldBack held, ChainProvider provider) {
        // Not there: the provider is behind, or it was rolled back, and then the follower will say so.
        Optional<ChainTransaction> transaction = held.undoing() == null ? unshown.read(held.transactionHash(), provider) : Optional.empty();
        try (var _ = MDC.putCloseable("sale", held.aggregateId())) {
            if (held.undoing() != null) {
                recorder.undo(held.undoing());
            } else if (transaction.isPresent()) {
                ObservationDecoder.decode(transaction.get(), source).escrows()
                        .forEach(observation -> recorder.recordHeldBack(observation, held.aggregateId()));
            } else {
                store.failed(held, wait(held), "it is not on the chain now");
                return;
            }
            store.recorded(held);
            LOG.info("{} could be recorded after all", held.transactionHash());
        } catch (RuntimeException e) {
            if (LoopEnd.isBehind(e)) {
                throw e;
            }
            Duration wait = wait(held);
            LOG.error("{} still cannot be recorded, next try in {}", held.transactionHash(), wait, e);
            store.failed(held, wait, "the node failed at it: " + e);
        }
    }

    private static Duration wait(HeldBack held) {
        return AFTER_FAILURE.after(held.failures(), RandomGenerator.getDefault());
    }
}
