package io.masumi.node.chain.follower;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.chain.source.Source;

/**
 * Finds what was passed by before a transaction: it spends an output of one of our escrows that nobody has seen, which
 * spends another, back to one that is known.
 */
final class MissedTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(MissedTransactions.class);

    private final FollowerStore store;
    private final KnownSales sales;
    private final UnavailableTransactions unavailable;

    MissedTransactions(FollowerStore store, KnownSales sales, UnavailableTransactions unavailable) {
        this.store = store;
        this.sales = sales;
        this.unavailable = unavailable;
    }

    /** What led to this transaction and is not recorded, in the order of the chain. Mostly nothing, and then no provider is asked. */
    List<ChainTransaction> before(Source source, ChainTransaction transaction, ChainProvider provider) {
        Map<String, ChainTransaction> found = new HashMap<>();
        Deque<ChainTransaction> toLookAt = new ArrayDeque<>(List.of(transaction));
        while (!toLookAt.isEmpty()) {
            for (String unseen : unseenParents(source, toLookAt.pop())) {
                if (found.containsKey(unseen)) {
                    continue;
                }
                Optional<ChainTransaction> parent = unavailable.read(unseen, provider);
                if (parent.isEmpty()) {
                    if (!unavailable.isPatienceOver(unseen)) {
                        throw new ProviderUnavailableException("transaction " + unseen + ", whose output is spent on chain, is not shown",
                                null);
                    }
                    LOG.warn("payment source {}: {} is spent on chain, but the provider does not show it", source.id(), unseen);
                    continue;
                }
                found.put(unseen, parent.get());
                toLookAt.add(parent.get());
            }
        }
        return found.values().stream()
                .sorted(Comparator.comparingLong((ChainTransaction each) -> each.at().blockHeight()).thenComparing(ChainTransaction::index))
                .toList();
    }

    private List<String> unseenParents(Source source, ChainTransaction transaction) {
        return ObservationDecoder.readable(transaction, source).ofRegistry(source.policyId()).stream()
                .filter(Observation.Moved.class::isInstance).map(Observation.Moved.class::cast)
                .filter(moved -> !store.isObserved(source.id(), moved.transition().spent().transactionHash()))
                .filter(moved -> !sales.standsAt(moved.identifier(), moved.transition().spent()))
                .filter(moved -> sales.isOurs(moved.identifier()))
                .map(moved -> moved.transition().spent().transactionHash()).distinct().toList();
    }
}
