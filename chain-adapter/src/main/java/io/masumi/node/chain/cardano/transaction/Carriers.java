package io.masumi.node.chain.cardano.transaction;

import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.cardano.OutputRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Outputs that carry scripts, as they were on chain a few seconds ago at most: not to look for each transaction of a burst. One that
 * was spent or rolled back in between makes a transaction that the ledger refuses; it is then built anew without it.
 */
final class Carriers {

    private static final Duration KEPT = Duration.ofSeconds(5);

    private final Clock clock;
    private final Map<OutputRef, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(Optional<Utxo> output, Instant at) {}

    Carriers(Clock clock) {
        this.clock = clock;
    }

    /** The output, if it is unspent and carries the script. */
    Optional<Utxo> of(String scriptHash, OutputRef ref, ChainProvider chain) {
        Instant now = clock.instant();
        return seen.compute(ref, (_, known) -> known != null && now.isBefore(known.at().plus(KEPT))
                ? known
                : new Seen(chain.unspentOutput(ref), now)).output().filter(utxo -> scriptHash.equals(utxo.referenceScriptHash()))
                .filter(ScriptEvaluator::canShow);
    }
}
