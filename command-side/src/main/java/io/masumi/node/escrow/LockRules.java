package io.masumi.node.escrow;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When a lock is believed (docs/chain.md, "When a lock is believed"). */
public final class LockRules {

    /** Least lovelace that a collateral return may hold, unless it is 0: what an output of ada alone needs on the ledger. */
    public static final BigInteger MIN_COLLATERAL_RETURN = BigInteger.valueOf(1_435_230);

    private LockRules() {}

    /**
     * What the lock means for a record that agreed to these terms and stands as {@code escrow} says.
     *
     * @return empty when it is recorded already, or is one of too many that are not believed
     */
    public static Optional<ChainFact> judge(AgreedTerms agreed, EscrowStatus escrow, LockObservation seen) {
        if (escrow.recorded().has(seen)) {
            return Optional.empty();
        }
        if (!seen.buyerSpent()) {
            return ignored(escrow, seen, "The buyer it names spent nothing in its transaction; anyone may have made it");
        }
        List<String> broken = brokenBy(agreed, seen);
        // Anybody who sees a lock on its way can be first with an invalid one: that must not keep the agreed one out.
        if (escrow.state() != null && !(escrow.state() == OnChainState.FundsOrDatumInvalid && broken.isEmpty())) {
            return ignored(escrow, seen, "It is not the first lock of this identifier; that was " + escrow.recorded().lock());
        }
        return Optional.of(broken.isEmpty() ? new ChainFact.Locked(seen) : new ChainFact.Invalid(seen, broken));
    }

    /** What it means that a lock is none of the record's business. @param reason in words */
    public static Optional<ChainFact> ignored(EscrowStatus escrow, LockObservation seen, String reason) {
        boolean news = !escrow.recorded().has(seen) && !escrow.recorded().ignoredEnough();
        return news ? Optional.of(new ChainFact.Ignored(seen, reason)) : Optional.empty();
    }

    /** Every rule that the lock breaks, in words; empty when it is as agreed. */
    public static List<String> brokenBy(AgreedTerms agreed, LockObservation seen) {
        EscrowDatum datum = seen.datum();
        Broken broken = new Broken();

        broken.unless(datum.state() == OnChainState.FundsLocked, "The state is " + datum.state() + ", not FundsLocked");
        broken.unless(datum.resultHash().isEmpty(), "A result hash is present");
        broken.unless(datum.sellerCooldownTime() == 0, "The seller's cooldown is not 0");
        broken.unless(datum.buyerCooldownTime() == 0, "The buyer's cooldown is not 0");

        broken.unless(datum.seller().equals(agreed.seller()), "The seller is not the agreed one");
        broken.unless(datum.buyer().vkey() != null, "The buyer is a script");
        broken.unless(agreed.buyer() == null || datum.buyer().equals(agreed.buyer()), "The buyer is not the agreed one");
        broken.unless(datum.inputHash().equals(agreed.inputHash()), "The input hash is not the agreed one");

        EscrowTimes times = datum.times();
        EscrowTimes agreedTimes = agreed.times();
        broken.unless(times.payByTime() == agreedTimes.payByTime(), "payByTime is not the agreed one");
        broken.unless(times.submitResultTime() == agreedTimes.submitResultTime(), "submitResultTime is not the agreed one");
        broken.unless(times.unlockTime() == agreedTimes.unlockTime(), "unlockTime is not the agreed one");
        broken.unless(times.externalDisputeUnlockTime() == agreedTimes.externalDisputeUnlockTime(),
                "externalDisputeUnlockTime is not the agreed one");
        broken.unless(seen.transaction().at().blockTime() <= agreedTimes.payByTime(), "It came after payByTime");

        BigInteger collateral = datum.collateralReturnLovelace();
        BigInteger lovelace = seen.value().lovelace();
        broken.unless(collateral.signum() == 0 || collateral.compareTo(MIN_COLLATERAL_RETURN) >= 0,
                "The collateral return of " + collateral + " lovelace is neither 0 nor at least " + MIN_COLLATERAL_RETURN);
        broken.unless(collateral.compareTo(lovelace) <= 0,
                "The collateral return of " + collateral + " lovelace is more than the locked " + lovelace);
        broken.unless(agreed.price().lovelace().compareTo(lovelace.subtract(collateral)) <= 0,
                "The locked " + lovelace + " lovelace without the collateral return of " + collateral + " do not cover the price of "
                        + agreed.price().lovelace());
        broken.unless(seen.value().nativeAssets().equals(agreed.price().nativeAssets()),
                "The locked assets besides lovelace are not exactly the price's");
        broken.unless(!seen.referenceScript(), "The output carries a reference script");
        return broken.rules;
    }

    private static final class Broken {

        private final List<String> rules = new ArrayList<>();

        void unless(boolean kept, String rule) {
            if (!kept) {
                rules.add(rule);
            }
        }
    }
}
