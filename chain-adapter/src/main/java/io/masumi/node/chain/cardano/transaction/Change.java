package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.api.MinAdaCalculator;
import io.masumi.node.chain.wallet.Utxo;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What goes back to a wallet, and in how many outputs. */
final class Change {

    /** Lovelace that pay for an action and leave change. */
    private static final BigInteger MIN_USEFUL_CHANGE = BigInteger.valueOf(2_000_000);

    private final String address;
    private final WalletFunds funds;
    private final Bundles bundles;
    private final MinAdaCalculator minimum;

    /** @param address of the wallet, bech32 */
    Change(String address, WalletFunds funds, Bundles bundles, MinAdaCalculator minimum) {
        this.address = address;
        this.funds = funds;
        this.bundles = bundles;
        this.minimum = minimum;
    }

    /**
     * All change in one output, but for a collateral when the wallet has none left for its next transactions, for some outputs to
     * work from beside each other when it has too few of them, and for tokens that do not fit in. At least half of the change stays
     * together, for those who need much at once.
     */
    List<PlannedOutput> outputs(Assets all, Draft draft, List<Utxo> spent) {
        List<Assets> tokens = bundles.split(all);
        List<PlannedOutput> full = tokens.subList(1, tokens.size()).stream()
                .map(bundle -> PlannedOutput.of(address, bundle).atLeastMinimum(minimum)).toList();
        BigInteger left = full.stream().map(output -> output.assets().lovelace()).reduce(all.lovelace(), BigInteger::subtract);
        boolean hasCollateral = funds.keptAsCollateral().filter(kept -> !spent.contains(kept)).isPresent()
                || draft.outputs().contains(collateral());
        List<PlannedOutput> outputs = new ArrayList<>(singleChange(tokens.getFirst().withLovelace(left), hasCollateral, draft.merges()));
        outputs.addAll(full);
        return outputs;
    }

    private PlannedOutput collateral() {
        return PlannedOutput.of(address, Assets.lovelace(WalletFunds.COLLATERAL));
    }

    /** Fewest lovelace that the ledger allows with this change. */
    BigInteger least(Assets change) {
        List<Assets> tokens = bundles.split(change);
        BigInteger least = PlannedOutput.of(address, tokens.getFirst().withLovelace(change.lovelace())).minimumLovelace(minimum);
        return tokens.subList(1, tokens.size()).stream()
                .map(bundle -> PlannedOutput.of(address, bundle).minimumLovelace(minimum)).reduce(least, BigInteger::add);
    }

    private List<PlannedOutput> singleChange(Assets change, boolean hasCollateral, boolean merges) {
        List<PlannedOutput> besides = new ArrayList<>();
        Assets main = change;
        if (!hasCollateral && spare(main).compareTo(WalletFunds.COLLATERAL) >= 0) {
            besides.add(collateral());
            main = main.minus(collateral().assets());
        }
        int split = merges
                ? 0
                : main.lovelace().shiftRight(1).min(spare(main)).max(BigInteger.ZERO).divide(WalletFunds.WORKING)
                        .min(BigInteger.valueOf(funds.split())).intValue();
        PlannedOutput working = PlannedOutput.of(address, Assets.lovelace(WalletFunds.WORKING));
        besides.addAll(Collections.nCopies(split, working));
        main = main.minus(Assets.lovelace(WalletFunds.WORKING.multiply(BigInteger.valueOf(split))));
        List<PlannedOutput> outputs = new ArrayList<>();
        outputs.add(PlannedOutput.of(address, main));
        outputs.addAll(besides);
        return outputs;
    }

    /** Lovelace that can be set apart from change: its tokens keep what they need, and without tokens it stays of use. */
    private BigInteger spare(Assets change) {
        BigInteger stays = change.isOnlyLovelace()
                ? MIN_USEFUL_CHANGE
                : PlannedOutput.of(address, change).minimumLovelace(minimum);
        return change.lovelace().subtract(stays);
    }
}
