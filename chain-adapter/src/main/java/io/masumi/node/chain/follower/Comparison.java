package io.masumi.node.chain.follower;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.loop.Isolated;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.follower.reading.AwaitedTransactions;
import io.masumi.node.chain.follower.reading.Rereadings;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.chain.source.Source;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.cardano.LedgerConstants;

/**
 * Compares now and then what stands at a contract with what is recorded. It costs as much as there are escrows at the contract,
 * however many there have been: a page of a hundred at a time, and a look at each of ours that is not among them.
 */
final class Comparison {

    private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);

    /** Escrows of ours that are gone, looked for in one comparison; the others' turn comes with the next. */
    private static final int MAX_LOOKED_FOR = 50;

    private final FollowerStore store;
    private final KnownSales sales;
    private final AwaitedTransactions awaited;
    private final Rereadings rereadings;
    private final ChainSettings settings;
    private final Clock clock;
    private final Map<PaymentSourceId, Instant> due = new ConcurrentHashMap<>();
    /** Outputs of ours that are gone, and of which nothing more is to be found out. */
    private final Map<PaymentSourceId, Set<OutputRef>> lookedFor = new ConcurrentHashMap<>();

    Comparison(FollowerStore store, KnownSales sales, AwaitedTransactions awaited, Rereadings rereadings, ChainSettings settings,
            Clock clock) {
        this.store = store;
        this.sales = sales;
        this.awaited = awaited;
        this.rereadings = rereadings;
        this.settings = settings;
        this.clock = clock;
    }

    /** Compares if its time has come: at the start, and then again and again, whether or not it succeeds. */
    void whenDue(Source source, ChainProvider provider) {
        Instant now = clock.instant();
        Optional<Cursor> followed = store.cursor(source.id());
        if (followed.isEmpty() || now.isBefore(due.getOrDefault(source.id(), now))) {
            return;
        }
        now(source, followed.get(), provider);
    }

    /**
     * Compares now. Whatever goes wrong is no reason to stop what else is done.
     *
     * @param followed how far the contract was followed
     * @return whether it succeeded
     */
    boolean now(Source source, Cursor followed, ChainProvider provider) {
        due.put(source.id(), clock.instant().plus(settings.compareInterval()));
        return Isolated.runWhateverProvider(() -> compare(source, followed, provider), e -> LOG.warn(
                "payment source {}: what stands at the contract cannot be compared with what is recorded now; next time in {}",
                source.id(), settings.compareInterval(), e));
    }

    private void compare(Source source, Cursor followed, ChainProvider provider) {
        Set<OutputRef> gone = sales.positions(source.id());
        Set<String> there = new HashSet<>();
        provider.unspent(source.smartContractAddress(), page -> {
            page.forEach(utxo -> gone.remove(utxo.ref()));
            unseen(source, page).forEach(hash -> {
                LOG.warn("payment source {}: an escrow of ours stands in transaction {}, which nobody has seen", source.id(), hash);
                awaited.await(source.id(), hash, "an escrow of ours stands there");
                there.add(hash);
            });
        });
        if (lookFor(source, gone, there, followed, provider)) {
            awaited.onlyThese(source.id(), there);
        }
    }

    /** Transactions in which escrows of ours stand that are not recorded. */
    private List<String> unseen(Source source, List<Utxo> page) {
        Set<String> observed = store.observed(source.id(), page.stream().map(utxo -> utxo.ref().transactionHash()).distinct().toList());
        return page.stream().filter(utxo -> !observed.contains(utxo.ref().transactionHash())).filter(utxo -> isOurs(source, utxo))
                .map(utxo -> utxo.ref().transactionHash()).distinct().toList();
    }

    private boolean isOurs(Source source, Utxo utxo) {
        return ObservationDecoder.identifier(utxo.inlineDatum(), source)
                .filter(identifier -> !sales.standsAt(identifier, utxo.ref()) && sales.isOurs(identifier)).isPresent();
    }

    /**
     * Looks for escrows of ours that are not where they are believed to be: mostly they have just moved, and will be heard of.
     *
     * @param there gets the transactions that spent them and are awaited
     * @return whether all were looked for
     */
    private boolean lookFor(Source source, Set<OutputRef> gone, Set<String> there, Cursor followed, ChainProvider provider) {
        Set<OutputRef> known = lookedFor.computeIfAbsent(source.id(), _ -> new HashSet<>());
        known.retainAll(gone);
        List<OutputRef> toLookFor = gone.stream().filter(output -> !known.contains(output)).toList();
        toLookFor.stream().limit(MAX_LOOKED_FOR).forEach(output -> {
            if (isLookedFor(source, output, there, followed, provider)) {
                known.add(output);
            }
        });
        return toLookFor.size() <= MAX_LOOKED_FOR;
    }

    /** @return whether looking for it again would find no more */
    private boolean isLookedFor(Source source, OutputRef output, Set<String> there, Cursor followed, ChainProvider provider) {
        Optional<String> spender = provider.spender(output);
        if (spender.isPresent()) {
            there.add(spender.get());
            Optional<Long> observed = store.observedHeight(source.id(), spender.get());
            observed.ifPresentOrElse(
                    height -> awaited.again(source.id(), spender.get(), height, "an escrow of ours was spent by it"),
                    () -> awaited.await(source.id(), spender.get(), "an escrow of ours was spent by it"));
            return observed.isPresent();
        }
        if (provider.unspentOutput(output).isPresent()) {
            return false;
        }
        // The provider does not say what spent it: that stands in the list.
        long from = store.observedHeight(source.id(), output.transactionHash())
                .orElse(followed.block().blockHeight() - LedgerConstants.LONGEST_ROLLBACK);
        rereadings.order(source.id(), Math.max(0, from), "the escrow at " + output + " is gone");
        return true;
    }
}
