package io.masumi.node.escrow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A bag of assets: one positive amount per unit, ordered by unit with lovelace first. */
public final class Funds {

    public static final Funds NONE = new Funds(new TreeMap<>());

    private final SortedMap<String, BigInteger> byUnit;

    private Funds(SortedMap<String, BigInteger> byUnit) {
        this.byUnit = byUnit;
    }

    /** Sums amounts of the same unit and drops zeros. */
    @JsonCreator
    public static Funds of(Collection<Amount> amounts) {
        TreeMap<String, BigInteger> sums = new TreeMap<>();
        for (Amount each : amounts) {
            if (each.amount().signum() > 0) {
                sums.merge(each.unit(), each.amount(), BigInteger::add);
            }
        }
        return new Funds(sums);
    }

    public static Funds lovelace(long quantity) {
        return of(List.of(Amount.lovelace(quantity)));
    }

    @JsonValue
    public List<Amount> amounts() {
        return byUnit.entrySet().stream().map(e -> new Amount(e.getKey(), e.getValue())).toList();
    }

    public BigInteger lovelace() {
        return of(Amount.LOVELACE);
    }

    /** How much of a unit there is; zero when none. */
    public BigInteger of(String unit) {
        return byUnit.getOrDefault(unit, BigInteger.ZERO);
    }

    /** Everything but lovelace. */
    public Map<String, BigInteger> nativeAssets() {
        TreeMap<String, BigInteger> others = new TreeMap<>(byUnit);
        others.remove(Amount.LOVELACE);
        return others;
    }

    public boolean isEmpty() {
        return byUnit.isEmpty();
    }

    public Funds plus(Funds other) {
        TreeMap<String, BigInteger> sums = new TreeMap<>(byUnit);
        other.byUnit.forEach((unit, amount) -> sums.merge(unit, amount, BigInteger::add));
        return new Funds(sums);
    }

    /** Whether there is at least as much of every unit as {@code other} has. */
    public boolean covers(Funds other) {
        return other.byUnit.entrySet().stream().allMatch(e -> of(e.getKey()).compareTo(e.getValue()) >= 0);
    }

    /** @throws IllegalArgumentException if this does not cover {@code other} */
    public Funds minus(Funds other) {
        if (!covers(other)) {
            throw new IllegalArgumentException(this + " does not cover " + other);
        }
        return of(amounts().stream().map(each -> new Amount(each.unit(), each.amount().subtract(other.of(each.unit())))).toList());
    }

    /** What remains of each unit, nothing where {@code other} has as much or more. */
    public Funds less(Funds other) {
        return of(amounts().stream()
                .map(each -> new Amount(each.unit(), each.amount().subtract(other.of(each.unit())).max(BigInteger.ZERO))).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Funds funds && byUnit.equals(funds.byUnit);
    }

    @Override
    public int hashCode() {
        return byUnit.hashCode();
    }

    @Override
    public String toString() {
        return byUnit.toString();
    }
}
