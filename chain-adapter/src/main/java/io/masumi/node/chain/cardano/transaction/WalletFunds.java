package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.api.model.ProtocolParams;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.cardano.OutputRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /** Lovelace; with less an output can hardly pay for an action, its change included. */
    private static final BigInteger SMALL = BigInteger.valueOf(2_000_000);

    /** Of so many outputs all choices are looked at. */
    private static final int COLLATERAL_CANDIDATES = 12;

    /** Bytes that the ledger counts for an output of a wallet besides its tokens. */
    private static final int OUTPUT_WITHOUT_TOKENS = 230;

    /** So much of a token beside as much again needs an output of its own. */
    private static final BigInteger HUGE = Bundles.MAX_OF_A_TOKEN.shiftRight(2);

    private static final Comparator<Utxo> BY_LOVELACE = Comparator.comparing((Utxo utxo) -> utxo.value().lovelace())
            .thenComparing(utxo -> utxo.ref().toString());

    private final List<Utxo> spendable;
    private final Map<OutputRef, Integer> depths;
    private final Set<OutputRef> putUp;
    private final int split;
    private final int along;
    private final BigInteger lovelacePerByte;
    private final int largestValue;

    /**
     * Outputs with a reference script cost a fee for it when spent, and may be somebody's: they are left alone. So are those
     * whose datum we cannot show to a script: anybody can send us one, and it would make impossible whatever spends it.
     */
    WalletFunds(Spendable spendable, ProtocolParams protocol) {
        this.spendable = spendable.outputs().stream().filter(utxo -> utxo.referenceScriptHash() == null)
                .filter(ScriptEvaluator::canShow).distinct().toList();
        this.depths = spendable.depths();
        this.putUp = spendable.collateral();
        this.split = spendable.split();
        this.along = spendable.along();
        this.lovelacePerByte = new BigInteger(protocol.getCoinsPerUtxoSize());
        this.largestValue = new Bundles(protocol).largestValue();
    }

    /** How many outputs more the wallet wants to work from. */
    int split() {
        return split;
    }

    /** Whether transactions are to spend small outputs along. */
    boolean takesAlong() {
        return along > 0;
    }

    /**
     * The smallest outputs, which are of little use alone; only such as are on chain and hold nothing but ada. Each makes a transaction
     * larger by 38 bytes at most.
     *
     * @param taken outputs that are taken already
     */
    List<Utxo> along(Collection<Utxo> taken) {
        Set<Utxo> takenAlready = Set.copyOf(taken);
        return spendable.stream()
                .filter(utxo -> !takenAlready.contains(utxo) && isPiece(utxo) && isOnlyAda(utxo) && utxo.inlineDatum() == null)
                .filter(utxo -> utxo.value().lovelace().compareTo(SMALL) < 0).sorted(BY_LOVELACE).limit(along).toList();
    }

    /**
     * Outputs to merge. What is not on chain yet is not among them: it is the change of other merges, or is about to be.
     *
     * @param toward what is to be paid with them, the most valuable ones first; null for all that are of little use alone
     * @param most how many at most
     */
    List<Utxo> pieces(Assets toward, int most) {
        Optional<Utxo> kept = keptAsCollateral();
        List<Utxo> free = spendable.stream().filter(this::isPiece).filter(utxo -> kept.filter(utxo::equals).isEmpty()).toList();
        if (toward != null) {
            return choose(toward, free).orElse(free).stream().limit(most).toList();
        }
        return free.stream().filter(Spendable::isOfLittleUseAlone).filter(utxo -> worth(utxo).signum() > 0)
                .sorted(Comparator.comparing((Utxo utxo) -> !isOnlyAda(utxo)).thenComparing(BY_LOVELACE)).limit(most).toList();
    }

    private boolean isPiece(Utxo utxo) {
        return !isPutUp(utxo) && !isUnconfirmed(utxo);
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

    /**
     * Lovelace that spending an output frees, about: what its tokens keep bound in whichever output holds them next is not to be had.
     * A stranger's output that is full of tokens, or holds a huge quantity of one, is worth next to nothing.
     */
    private BigInteger worth(Utxo utxo) {
        if (isOnlyAda(utxo)) {
            return utxo.value().lovelace();
        }
        int tokens = Bundles.size(Assets.of(utxo.value())) - Bundles.size(Assets.NONE);
        boolean huge = utxo.value().nativeAssets().values().stream().anyMatch(quantity -> quantity.compareTo(HUGE) > 0);
        int share = huge ? OUTPUT_WITHOUT_TOKENS : Math.ceilDiv(tokens * OUTPUT_WITHOUT_TOKENS, largestValue);
        return utxo.value().lovelace().subtract(lovelacePerByte.multiply(BigInteger.valueOf(tokens + share)));
    }

    /** An output that a transaction can spend just to have one: the largest pure-ada one, not the collateral if avoidable. */
    Optional<Utxo> seed() {
        Optional<Utxo> kept = keptAsCollateral();
        List<Utxo> free = spendable.stream().filter(utxo -> !isPutUp(utxo)).toList();
        return free.stream().filter(utxo -> isOnlyAda(utxo) && !kept.filter(utxo::equals).isPresent()).max(BY_LOVELACE)
                .or(() -> free.stream().max(Comparator.comparing(this::worth)));
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
        Set<Utxo> takenAlready = Set.copyOf(taken);
        List<Utxo> free = spendable.stream().filter(utxo -> !isPutUp(utxo) && !takenAlready.contains(utxo)).toList();
        List<Utxo> withoutCollateral = free.stream().filter(utxo -> !kept.filter(utxo::equals).isPresent()).toList();
        return choose(missing, withoutCollateral).or(() -> choose(missing, free))
                .orElseThrow(() -> new InsufficientFundsException("the wallet's spendable outputs do not suffice: "
                        + describe(missing.minus(Assets.sum(free.stream().map(Utxo::value))))
                        + " is missing"));
    }

    private Optional<List<Utxo>> choose(Assets missing, List<Utxo> from) {
        Set<Utxo> chosen = new LinkedHashSet<>();
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
        BigInteger lovelace = left.lovelace();
        if (lovelace.signum() > 0) {
            chosen.addAll(forLovelace(lovelace, from.stream().filter(utxo -> !chosen.contains(utxo)).toList()));
        }
        boolean enough = chosen.stream().map(utxo -> utxo.value().lovelace()).reduce(BigInteger.ZERO, BigInteger::add)
                .compareTo(missing.lovelace()) >= 0;
        return enough ? Optional.of(List.copyOf(chosen)) : Optional.empty();
    }

    /** Pure ada first, so that no tokens are moved about for nothing: one output that suffices, or else the most valuable ones. */
    private List<Utxo> forLovelace(BigInteger missing, List<Utxo> from) {
        Optional<Utxo> single = from.stream().filter(utxo -> worth(utxo).compareTo(missing) >= 0)
                .min(Comparator.comparing((Utxo utxo) -> !isOnlyAda(utxo)).thenComparing(this::depth).thenComparing(BY_LOVELACE));
        if (single.isPresent()) {
            return List.of(single.get());
        }
        List<Utxo> chosen = new ArrayList<>();
        BigInteger left = missing;
        List<Utxo> mostFirst = from.stream().filter(utxo -> worth(utxo).signum() > 0)
                .sorted(Comparator.comparing((Utxo utxo) -> !isOnlyAda(utxo))
                        .thenComparing(Comparator.comparing(this::worth).thenComparing(BY_LOVELACE).reversed()))
                .toList();
        for (Utxo utxo : mostFirst) {
            if (left.signum() <= 0) {
                break;
            }
            chosen.add(utxo);
            left = left.subtract(worth(utxo));
        }
        return chosen;
    }

    /**
     * Outputs that can stand as collateral: one if possible, rather without tokens, and rather one that the transaction does not
     * spend. Together several may do where none does alone, because what comes back of them needs the ledger's minimum only once.
     *
     * @param spent outputs that the transaction spends
     * @param most how many the ledger allows
     * @param enough whether some outputs would do
     */
    Optional<List<Utxo>> collateral(Collection<Utxo> spent, int most, Predicate<List<Utxo>> enough) {
        Optional<List<Utxo>> kept = keptAsCollateral().filter(utxo -> !spent.contains(utxo)).map(List::of).filter(enough);
        return kept.or(() -> spendable.stream()
                .sorted(Comparator.comparing((Utxo utxo) -> spent.contains(utxo)).thenComparing(utxo -> !isPutUp(utxo))
                        .thenComparing(utxo -> !isOnlyAda(utxo)).thenComparing(this::isUnconfirmed).thenComparing(BY_LOVELACE))
                .map(List::of).filter(enough).findFirst())
                .or(() -> several(spendable.stream().filter(utxo -> !spent.contains(utxo)).toList(), most, enough))
                .or(() -> several(spendable, most, enough));
    }

    /** The fewest of the most valuable. */
    private Optional<List<Utxo>> several(List<Utxo> from, int most, Predicate<List<Utxo>> enough) {
        List<Utxo> best = from.stream().sorted(Comparator.comparing(this::worth).thenComparing(BY_LOVELACE).reversed())
                .limit(COLLATERAL_CANDIDATES).toList();
        return IntStream.rangeClosed(2, most).mapToObj(size -> chosen(best, size)).flatMap(Function.identity()).filter(enough).findFirst();
    }

    /** All choices of so many, the more valuable ones first. */
    private static Stream<List<Utxo>> chosen(List<Utxo> from, int size) {
        if (size == 0) {
            return Stream.of(List.of());
        }
        return IntStream.rangeClosed(0, from.size() - size).boxed().flatMap(first -> chosen(from.subList(first + 1, from.size()), size - 1)
                .map(rest -> Stream.concat(Stream.of(from.get(first)), rest.stream()).toList()));
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
