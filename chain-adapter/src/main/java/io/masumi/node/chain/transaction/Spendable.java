package io.masumi.node.chain.transaction;

import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.OutputRef;
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
 */
public record Spendable(List<Utxo> outputs, Map<OutputRef, Integer> depths, Set<OutputRef> collateral, int split) {

    /** Outputs of which nothing else is known. */
    public static Spendable of(List<Utxo> outputs) {
        return new Spendable(outputs, Map.of(), Set.of(), 0);
    }

    /** Whether an output can stand as collateral for any transaction, whatever else the wallet holds. */
    public static boolean standsAsCollateral(Utxo output) {
        return output.value().nativeAssets().isEmpty() && output.value().lovelace().compareTo(WalletFunds.COLLATERAL) >= 0
                && output.referenceScriptHash() == null;
    }
}
