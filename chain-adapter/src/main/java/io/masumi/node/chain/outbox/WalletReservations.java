package io.masumi.node.chain.outbox;

import io.masumi.node.cardano.OutputRef;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.transaction.InsufficientFundsException;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.cardano.transaction.Spendable;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.query.wallet.HotWalletView;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a wallet has to spend during one pass: its outputs on chain and the change of our own accepted transactions, less
 * what open transactions spend already. Chain and tables are read once, and what the pass does is kept up with here; what
 * reserves an output for good is the table. Several transactions may be on their way to the network at a time: their change
 * can be spent once they are accepted, so that a parent is there before its children. Thread-safe.
 */
final class WalletReservations {

    /** What can pay for an action, its change included, lovelace. Smaller outputs are no help in doing more at a time. */
    private static final BigInteger MIN_WORKING = BigInteger.valueOf(2_000_000);

    /**
     * Small outputs that a transaction spends besides those it needs. They make it dearer by little, which is charged to whoever pays
     * its fee: 3 times 38 bytes cost 5 016 lovelace at today's 44 for a byte, and a script looks at them too.
     */
    private static final int MAX_TAKEN_ALONG = 3;

    /** A collateral, a fee, and the least that an output can hold, lovelace. */
    private static final BigInteger ENOUGH_FOR_COLLATERAL = BigInteger.valueOf(6_200_000);

    private final HotWalletView wallet;
    private final ChainProvider provider;
    private final ReservationStore reservations;
    private final int mostDepth;
    private final int workingOutputs;

    private final Map<OutputRef, Utxo> outputs = new LinkedHashMap<>();
    private final Map<OutputRef, Integer> depths = new HashMap<>();
    private final Set<OutputRef> collateral = new HashSet<>();
    /** Change that cannot be spent yet: of transactions on their way, or of too many in a row. */
    private final Map<OutputRef, Utxo> notYet = new HashMap<>();
    private boolean loaded;
    private int onTheirWay;
    private int answers;

    /**
     * @param mostDepth most unconfirmed transactions of our own that build on each other
     * @param workingOutputs how many outputs the wallet is to have to work from beside each other
     */
    WalletReservations(HotWalletView wallet, ChainProvider provider, ReservationStore reservations, int mostDepth, int workingOutputs) {
        this.wallet = wallet;
        this.provider = provider;
        this.reservations = reservations;
        this.mostDepth = mostDepth;
        this.workingOutputs = workingOutputs;
    }

    /** @throws InsufficientFundsException if nothing of it can be spent */
    synchronized Spendable spendable() {
        load();
        if (!outputs.isEmpty() && collateral.containsAll(outputs.keySet())) {
            throw new InsufficientFundsException("all that it has stands as collateral for other transactions");
        }
        long working = Stream.concat(outputs.values().stream(), notYet.values().stream())
                .filter(utxo -> !collateral.contains(utxo.ref())).filter(WalletReservations::isWorking).count();
        return new Spendable(List.copyOf(outputs.values()), Map.copyOf(depths), Set.copyOf(collateral),
                (int) Math.max(0, workingOutputs - working), MAX_TAKEN_ALONG);
    }

    /**
     * How many unconfirmed transactions its change would hang on.
     *
     * @throws InsufficientFundsException if it must not spend what it does
     */
    synchronized int depth(SignedTransaction signed) {
        if (signed.inputs().stream().anyMatch(collateral::contains)) {
            throw new InsufficientFundsException("what it would spend stands as collateral for another transaction");
        }
        return 1 + signed.inputs().stream().map(input -> depths.getOrDefault(input, 0)).max(Comparator.naturalOrder()).orElse(0);
    }

    /** It is stored, and on its way until {@link #sent}. */
    synchronized void reserve(SignedTransaction signed, int depth) {
        signed.inputs().forEach(outputs::remove);
        collateral.addAll(signed.collateral());
        signed.change().forEach(utxo -> {
            depths.put(utxo.ref(), depth);
            notYet.put(utxo.ref(), utxo);
        });
        onTheirWay++;
    }

    /** How many transactions have come back from the network so far. */
    synchronized int answers() {
        return answers;
    }

    /** Waits for change to come back. @param seen answers that were counted. @return false if there were no others and none is to come */
    synchronized boolean awaitAnswer(int seen) {
        try {
            while (answers == seen && onTheirWay > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InsufficientFundsException("interrupted while waiting for change");
        }
        return answers != seen;
    }

    /** Whether something here can be put up for any transaction, whatever that does. */
    enum Collateral {
        THERE,
        TO_BE_MADE,
        OUT_OF_REACH
    }

    synchronized Collateral collateral() {
        load();
        if (Stream.concat(outputs.values().stream(), notYet.values().stream()).anyMatch(Spendable::standsAsCollateral)) {
            return Collateral.THERE;
        }
        BigInteger lovelace = outputs.values().stream().filter(utxo -> !collateral.contains(utxo.ref()))
                .map(utxo -> utxo.value().lovelace()).reduce(BigInteger.ZERO, BigInteger::add);
        return lovelace.compareTo(ENOUGH_FOR_COLLATERAL) >= 0 ? Collateral.TO_BE_MADE : Collateral.OUT_OF_REACH;
    }

    /** A transaction from here was handed in. @param accepted whether its change can be spent now */
    synchronized void sent(SignedTransaction signed, boolean accepted) {
        onTheirWay--;
        answers++;
        if (accepted) {
            signed.change().stream().filter(utxo -> depths.get(utxo.ref()) < mostDepth).forEach(utxo -> {
                notYet.remove(utxo.ref());
                outputs.put(utxo.ref(), utxo);
            });
        }
        notifyAll();
    }

    private static boolean isWorking(Utxo utxo) {
        return utxo.value().nativeAssets().isEmpty() && utxo.value().lovelace().compareTo(MIN_WORKING) >= 0;
    }

    private void load() {
        if (loaded) {
            return;
        }
        // The tables are read after the chain: an output whose spending just got confirmed must be found in one of the two.
        Set<OutputRef> reservedBefore = reservations.reserved(ReservationStore.Kind.Input);
        provider.unspent(wallet.address()).forEach(utxo -> outputs.put(utxo.ref(), utxo));
        for (ReservationStore.PendingChange change : reservations.change(wallet.id().value())) {
            OutputRef ref = change.utxo().ref();
            if (!outputs.containsKey(ref)) {
                depths.put(ref, change.depth());
                (change.accepted() && change.depth() < mostDepth ? outputs : notYet).put(ref, change.utxo());
            }
        }
        for (Set<OutputRef> reserved : List.of(reservedBefore, reservations.reserved(ReservationStore.Kind.Input))) {
            outputs.keySet().removeAll(reserved);
            notYet.keySet().removeAll(reserved);
        }
        collateral.addAll(reservations.reserved(ReservationStore.Kind.Collateral));
        loaded = true;
    }
}
