package io.masumi.node.chain.cardano.transaction;

import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.cardano.OutputRef;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a wallet a new transaction may spend.
 *
 * @param outputs unreserved outputs on chain, and change of our own accepted transactions
 * @param depths of those that are not on chain yet, how many unconfirmed transactions in a row they hang on
 * @param collateral those that open transactions put up: several may share one, but nobody may spend it, which would make the
 *     others invalid
 * @param split how many outputs more the wallet wants to work from: change is divided when it is large enough, so that
 *     several transactions can be made beside each other
 * @param along how many small outputs at most a transaction spends besides those it needs, so that the wallet does not fall to pieces
 */
public record Spendable(List<Utxo> outputs, Map<OutputRef, Integer> depths, Set<OutputRef> collateral, int split, int along) {

    public Spendable(List<Utxo> outputs, Map<OutputRef, Integer> depths, Set<OutputRef> collateral, int split) {
        this(outputs, depths, collateral, split, 0);
    }

    /** Outputs of which nothing else is known. */
    public static Spendable of(List<Utxo> outputs) {
        return new Spendable(outputs, Map.of(), Set.of(), 0);
    }

    /** Whether an output can stand as collateral for any transaction, whatever else the wallet holds. */
    public static boolean standsAsCollateral(Utxo output) {
        return output.value().nativeAssets().isEmpty() && output.value().lovelace().compareTo(WalletFunds.COLLATERAL) >= 0
                && output.referenceScriptHash() == null;
    }

    /** Whether an output should rather be merged with others: it holds less than 5 ADA, or tokens. */
    public static boolean isOfLittleUseAlone(Utxo output) {
        return output.referenceScriptHash() == null
                && (!output.value().nativeAssets().isEmpty() || output.value().lovelace().compareTo(WalletFunds.WORKING) < 0);
    }
}
