package io.masumi.node.devnet.ledger;

import java.math.BigInteger;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An amount of lovelace and of native assets. Differences may be negative; entries of quantity 0 do not exist.
 *
 * @param lovelace lovelace
 * @param assets quantity by unit: policy id and asset name in hex
 */
public record LedgerValue(BigInteger lovelace, SortedMap<String, BigInteger> assets) {
    /** Length of a policy id in hex; what follows it in a unit is the asset name. */
    public static final int POLICY_HEX_LENGTH = 56;
    public static final LedgerValue ZERO = ofLovelace(BigInteger.ZERO);

    public LedgerValue {
        TreeMap<String, BigInteger> present = new TreeMap<>();
        assets.forEach((unit, quantity) -> {
            if (quantity.signum() != 0) {
                present.put(unit, quantity);
            }
        });
        assets = Collections.unmodifiableSortedMap(present);
    }

    public static LedgerValue ofLovelace(BigInteger lovelace) {
        return new LedgerValue(lovelace, new TreeMap<>());
    }

    public LedgerValue plus(LedgerValue other) {
        TreeMap<String, BigInteger> sum = new TreeMap<>(assets);
        other.assets.forEach((unit, quantity) -> sum.merge(unit, quantity, BigInteger::add));
        return new LedgerValue(lovelace.add(other.lovelace), sum);
    }

    public LedgerValue minus(LedgerValue other) {
        return plus(other.negated());
    }

    public LedgerValue negated() {
        TreeMap<String, BigInteger> negated = new TreeMap<>();
        assets.forEach((unit, quantity) -> negated.put(unit, quantity.negate()));
        return new LedgerValue(lovelace.negate(), negated);
    }

    public boolean isOnlyLovelace() {
        return assets.isEmpty();
    }

    public BigInteger quantityOf(String unit) {
        return assets.getOrDefault(unit, BigInteger.ZERO);
    }
}
