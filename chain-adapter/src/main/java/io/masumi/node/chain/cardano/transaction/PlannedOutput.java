package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.api.MinAdaCalculator;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import com.bloxbean.cardano.client.plutus.spec.PlutusV3Script;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import java.math.BigInteger;
import java.util.Optional;

/**
 * An output of a transaction to be.
 *
 * @param address bech32
 * @param datum inline datum, if any
 * @param script that it carries for others to refer to, if any
 */
record PlannedOutput(String address, Assets assets, Optional<PlutusData> datum, Optional<PlutusV3Script> script) {

    static PlannedOutput of(String address, Assets assets) {
        return new PlannedOutput(address, assets, Optional.empty(), Optional.empty());
    }

    static PlannedOutput of(String address, Assets assets, PlutusData datum) {
        return new PlannedOutput(address, assets, Optional.of(datum), Optional.empty());
    }

    static PlannedOutput carrying(String address, PlutusV3Script script) {
        return new PlannedOutput(address, Assets.NONE, Optional.empty(), Optional.of(script));
    }

    TransactionOutput toOutput() {
        TransactionOutput output = TransactionOutput.builder().address(address).value(assets.toValue()).inlineDatum(datum.orElse(null))
                .build();
        script.ifPresent(output::setScriptRef);
        return output;
    }

    /** Fewest lovelace that the ledger allows in this output. */
    BigInteger minimumLovelace(MinAdaCalculator minimum) {
        BigInteger least = minimum.calculateMinAda(toOutput());
        if (assets.lovelace().compareTo(least) >= 0) {
            return least;
        }
        // Raising the lovelace may make the output longer, and so raise the minimum.
        return minimum.calculateMinAda(new PlannedOutput(address, assets.withLovelace(least), datum, script).toOutput());
    }

    /** This output, with the minimum of lovelace when it holds less. */
    PlannedOutput atLeastMinimum(MinAdaCalculator minimum) {
        BigInteger least = minimumLovelace(minimum);
        return assets.lovelace().compareTo(least) >= 0 ? this : new PlannedOutput(address, assets.withLovelace(least), datum, script);
    }
}
