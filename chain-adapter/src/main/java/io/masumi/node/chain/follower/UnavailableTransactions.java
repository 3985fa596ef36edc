package io.masumi.node.chain.follower;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;

/**
 * Transactions that a provider says are there and does not show, or not so that they can be read. Mostly that passes; but anybody
 * may have put a strange one at the contract, and one must not hold up all that come after it for ever.
 */
final class UnavailableTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(UnavailableTransactions.class);

    /** Longer than a provider's machines are apart, and far less than the times of a sale leave. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Clock clock;
    private final Map<String, Instant> since = new ConcurrentHashMap<>();

    UnavailableTransactions(Clock clock) {
        this.clock = clock;
    }

    /**
     * Reads a transaction.
     *
     * @return empty when the provider does not show it, and {@link #isPatienceOver} says whether it may come yet
     * @throws ProviderUnavailableException if it fails at it, and may not do so for long
     */
    Optional<ChainTransaction> read(String hash, ChainProvider provider) {
        try {
            Optional<ChainTransaction> found = provider.transaction(hash);
            if (found.isPresent()) {
                since.remove(hash);
            } else {
                since.putIfAbsent(hash, clock.instant());
            }
            return found;
        } catch (ProviderUnavailableException e) {
            since.putIfAbsent(hash, clock.instant());
            if (!isPatienceOver(hash)) {
                throw e;
            }
            LOG.warn("transaction {} cannot be read: {}", hash, e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether it has not been shown for so long that the others go on without it. */
    boolean isPatienceOver(String hash) {
        Instant first = since.get(hash);
        return first != null && !clock.instant().isBefore(first.plus(PATIENCE));
    }
}
