package io.masumi.node.chain.transaction;

import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.OutputRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses which outputs of a wallet to spend. One pure-ada output is kept back as collateral as long as there are others;
 * otherwise few and small ones are taken, so that large ones stay free for other transactions, and confirmed ones before
 * those that a failing parent would take away.
 */
final class WalletFunds {

    /** What a wallet keeps ready as collateral, lovelace: enough for any transaction at today's limits. */
    static final BigInteger COLLATERAL = BigInteger.valueOf(5_000_000);

    /** Lovelace in an output to work from: fees of more than ten actions, and too little for a price to need it. */
    static final BigInteger WORKING = BigInteger.valueOf(5_000_000);

    private static final Comparator<Utxo> BY_LOVELACE = Comparator.comparing((Utxo utxo) -> utxo.value().lovelace())
            .thenComparing(utxo -> utxo.ref().toString());

    private final List<Utxo> spendable;
    private final Map<OutputRef, Integer> depths;
    private final Set<OutputRef> putUp;
    private final int split;

    WalletFunds(Collection<Utxo> spendable) {
        this(Spendable.of(List.copyOf(spendable)));
    }

    /**
     * Outputs with a reference script cost a fee for it when spent, and may be somebody's: they are left alone. So are those
     * whose datum we cannot show to a script: anybody can send us one, and it would make impossible whatever spends it.
     */
    WalletFunds(Spendable spendable) {
        this.spendable = spendable.outputs().stream().filter(utxo -> utxo.referenceScriptHash() == null)
                .filter(ScriptEvaluator::canShow).distinct().toList();
        this.depths = spendable.depths();
        this.putUp = spendable.collateral();
        this.split = spendable.split();
    }

    /** How many outputs more the wallet wants to work from. */
    int split() {
        return split;
    }

    List<Utxo> all() {
        return spendable;
    }

    /**
     * The pure-ada output that transactions put up: the one that they do put up already, or else the smallest that will do,
     * rather on chain than not.
     */
    Optional<Utxo> keptAsCollateral() {
        return spendable.stream().filter(utxo -> isOnlyAda(utxo) && utxo.value().lovelace().compareTo(COLLATERAL) >= 0)
                .min(Comparator.comparing((Utxo utxo) -> !isPutUp(utxo)).thenComparing(this::isUnconfirmed).thenComparing(BY_LOVELACE));
    }

    /** An output that a transaction can spend just to have one: the largest pure-ada one, not the collateral if avoidable. */
    Optional<Utxo> seed() {
        Optional<Utxo> kept = keptAsCollateral();
        List<Utxo> free = spendable.stream().filter(utxo -> !isPutUp(utxo)).toList();
        return free.stream().filter(utxo -> isOnlyAda(utxo) && !kept.filter(utxo::equals).isPresent()).max(BY_LOVELACE)
                .or(() -> free.stream().max(BY_LOVELACE));
    }

    /**
     * Takes outputs that together cover what is missing.
     *
     * @param missing what is needed beyond what is there already; surplus is negative
     * @param taken outputs that are taken already
     * @throws InsufficientFundsException if all together do not suffice
     */
    List<Utxo> cover(Assets missing, Collection<Utxo> taken) {
        Optional<Utxo> kept = keptAsCollateral();
        List<Utxo> free = spendable.stream().filter(utxo -> !isPutUp(utxo) && !taken.contains(utxo)).toList();
        List<Utxo> withoutCollateral = free.stream().filter(utxo -> !kept.filter(utxo::equals).isPresent()).toList();
        return choose(missing, withoutCollateral).or(() -> choose(missing, free))
                .orElseThrow(() -> new InsufficientFundsException("the wallet's spendable outputs do not suffice: "
                        + describe(missing.minus(free.stream().map(utxo -> Assets.of(utxo.value())).reduce(Assets.NONE, Assets::plus)))
                        + " is missing"));
    }

    private Optional<List<Utxo>> choose(Assets missing, List<Utxo> from) {
        List<Utxo> chosen = new ArrayList<>();
        Assets left = missing;
        List<String> units = missing.byUnit().entrySet().stream().filter(each -> !each.getKey().isEmpty() && each.getValue().signum() > 0)
                .map(java.util.Map.Entry::getKey).toList();
        for (String unit : units) {
            List<Utxo> holders = from.stream().filter(utxo -> !chosen.contains(utxo) && utxo.value().of(unit).signum() > 0)
                    .sorted(Comparator.comparing((Utxo utxo) -> utxo.value().of(unit)).reversed()).toList();
            for (Utxo holder : holders) {
                if (left.of(unit).signum() <= 0) {
                    break;
                }
                chosen.add(holder);
                left = left.minus(Assets.of(holder.value()));
            }
            if (left.of(unit).signum() > 0) {
                return Optional.empty();
            }
        }
        // Pure ada first, so that no tokens are moved about for nothing.
        List<Utxo> byPreference = from.stream().filter(utxo -> !chosen.contains(utxo))
                .sorted(Comparator.comparing((Utxo utxo) -> !isOnlyAda(utxo)).thenComparing(this::depth).thenComparing(BY_LOVELACE))
                .toList();
        BigInteger lovelace = left.lovelace();
        Optional<Utxo> single = byPreference.stream().filter(utxo -> utxo.value().lovelace().compareTo(lovelace) >= 0).findFirst();
        if (lovelace.signum() > 0 && single.isPresent()) {
            chosen.add(single.get());
            return Optional.of(chosen);
        }
        List<Utxo> largestFirst = byPreference.stream()
                .sorted(Comparator.comparing((Utxo utxo) -> !isOnlyAda(utxo)).thenComparing(BY_LOVELACE.reversed())).toList();
        for (Utxo utxo : largestFirst) {
            if (left.lovelace().signum() <= 0) {
                break;
            }
            chosen.add(utxo);
            left = left.minus(Assets.of(utxo.value()));
        }
        return left.lovelace().signum() <= 0 ? Optional.of(chosen) : Optional.empty();
    }

    /**
     * Outputs that can stand as collateral.
     *
     * @param required lovelace
     * @param spent outputs that the transaction spends, taken only when nothing else will do
     * @param most how many the ledger allows
     * @throws InsufficientFundsException if there are none
     */
    List<Utxo> collateral(BigInteger required, Collection<Utxo> spent, int most) {
        List<Utxo> unspent = spendable.stream().filter(utxo -> !spent.contains(utxo)).toList();
        // With this much the rest comes back in an output of its own.
        BigInteger comfortable = required.add(BigInteger.valueOf(1_500_000));
        Optional<List<Utxo>> kept = keptAsCollateral().filter(unspent::contains)
                .filter(utxo -> utxo.value().lovelace().compareTo(comfortable) >= 0).map(List::of);
        return kept.or(() -> single(unspent, comfortable)).or(() -> single(spendable, comfortable))
                .or(() -> several(spendable, comfortable, most))
                .orElseThrow(() -> new InsufficientFundsException(
                        "the wallet has no spendable output that can stand as collateral of " + comfortable + " lovelace"));
    }

    private static Optional<List<Utxo>> single(List<Utxo> from, BigInteger lovelace) {
        return from.stream().filter(utxo -> utxo.value().lovelace().compareTo(lovelace) >= 0)
                .min(Comparator.comparing((Utxo utxo) -> !isOnlyAda(utxo)).thenComparing(BY_LOVELACE)).map(List::of);
    }

    private static Optional<List<Utxo>> several(List<Utxo> from, BigInteger lovelace, int most) {
        List<Utxo> largest = from.stream().filter(WalletFunds::isOnlyAda).sorted(BY_LOVELACE.reversed()).limit(most).toList();
        BigInteger sum = largest.stream().map(utxo -> utxo.value().lovelace()).reduce(BigInteger.ZERO, BigInteger::add);
        return sum.compareTo(lovelace) >= 0 ? Optional.of(largest) : Optional.empty();
    }

    private boolean isPutUp(Utxo utxo) {
        return putUp.contains(utxo.ref());
    }

    private int depth(Utxo utxo) {
        return depths.getOrDefault(utxo.ref(), 0);
    }

    private boolean isUnconfirmed(Utxo utxo) {
        return depth(utxo) > 0;
    }

    private static boolean isOnlyAda(Utxo utxo) {
        return utxo.value().nativeAssets().isEmpty();
    }

    private static String describe(Assets missing) {
        List<String> words = new ArrayList<>();
        missing.byUnit().forEach((unit, quantity) -> {
            if (quantity.signum() > 0) {
                words.add(quantity + " " + (unit.isEmpty() ? "lovelace" : unit));
            }
        });
        return words.isEmpty() ? "lovelace for fee and change" : String.join(", ", words);
    }
}
