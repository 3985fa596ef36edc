package io.masumi.node.chain.action;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.masumi.node.chain.provider.ChainProvider;
import io.masumi.node.chain.transaction.SignedTransaction;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.OutputRef;

/**
 * What of a wallet a new transaction may spend: its outputs on chain and the change of our own accepted transactions, less
 * what open transactions spend already.
 *
 * @param outputs the spendable outputs
 * @param depths of those that are not on chain yet, how many unconfirmed transactions they hang on
 * @param collateral those that open transactions put up: several may, but one that spends it could make the others invalid
 */
record SpendableOutputs(List<Utxo> outputs, Map<OutputRef, Integer> depths, Set<OutputRef> collateral) {

    static SpendableOutputs of(String walletId, String address, ChainProvider provider, TransactionStore transactions, int mostDepth) {
        // The tables are read after the chain: an output whose spending just got confirmed must be found in one of the two.
        Set<OutputRef> reservedBefore = transactions.reserved(TransactionStore.Reservation.Input);
        Map<OutputRef, Utxo> outputs = new LinkedHashMap<>();
        provider.unspent(address).forEach(utxo -> outputs.put(utxo.ref(), utxo));
        Map<OutputRef, Integer> depths = new LinkedHashMap<>();
        transactions.change(walletId, mostDepth - 1).forEach(change -> {
            if (outputs.putIfAbsent(change.utxo().ref(), change.utxo()) == null) {
                depths.put(change.utxo().ref(), change.depth());
            }
        });
        outputs.keySet().removeAll(reservedBefore);
        outputs.keySet().removeAll(transactions.reserved(TransactionStore.Reservation.Input));
        return new SpendableOutputs(List.copyOf(outputs.values()), Map.copyOf(depths),
                transactions.reserved(TransactionStore.Reservation.Collateral));
    }

    /** Whether it spends what an open transaction has put up as collateral. */
    boolean endangers(SignedTransaction signed) {
        return signed.inputs().stream().anyMatch(collateral::contains);
    }

    /** The outputs that no open transaction has put up as collateral. */
    List<Utxo> withoutCollateral() {
        return outputs.stream().filter(utxo -> !collateral.contains(utxo.ref())).toList();
    }

    /** How many unconfirmed transactions the change of this one hangs on, itself included. */
    int depthAfter(SignedTransaction signed) {
        return 1 + signed.inputs().stream().map(input -> depths.getOrDefault(input, 0)).max(Comparator.naturalOrder()).orElse(0);
    }
}
