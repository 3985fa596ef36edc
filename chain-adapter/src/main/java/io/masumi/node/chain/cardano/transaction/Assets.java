package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.transaction.spec.Asset;
import com.bloxbean.cardano.client.transaction.spec.MultiAsset;
import com.bloxbean.cardano.client.transaction.spec.Value;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import io.masumi.node.cardano.AssetId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A balance while it is being worked out: quantities by unit that, unlike {@link Funds}, may be negative. */
final class Assets {

    static final Assets NONE = new Assets(new TreeMap<>());

    private final SortedMap<String, BigInteger> byUnit;

    private Assets(SortedMap<String, BigInteger> byUnit) {
        byUnit.values().removeIf(quantity -> quantity.signum() == 0);
        this.byUnit = byUnit;
    }

    static Assets of(Funds funds) {
        TreeMap<String, BigInteger> quantities = new TreeMap<>();
        funds.amounts().forEach(amount -> quantities.put(amount.unit(), amount.amount()));
        return new Assets(quantities);
    }

    static Assets of(String unit, BigInteger quantity) {
        return new Assets(new TreeMap<>(Map.of(unit, quantity)));
    }

    static Assets lovelace(BigInteger quantity) {
        return of(Amount.LOVELACE, quantity);
    }

    /** All of these together, however many they are. */
    static Assets sum(Stream<Funds> all) {
        TreeMap<String, BigInteger> sums = new TreeMap<>();
        all.forEach(funds -> funds.amounts().forEach(amount -> sums.merge(amount.unit(), amount.amount(), BigInteger::add)));
        return new Assets(sums);
    }

    Assets plus(Assets other) {
        TreeMap<String, BigInteger> sums = new TreeMap<>(byUnit);
        other.byUnit.forEach((unit, quantity) -> sums.merge(unit, quantity, BigInteger::add));
        return new Assets(sums);
    }

    Assets minus(Assets other) {
        TreeMap<String, BigInteger> differences = new TreeMap<>(byUnit);
        other.byUnit.forEach((unit, quantity) -> differences.merge(unit, quantity.negate(), BigInteger::add));
        return new Assets(differences);
    }

    BigInteger lovelace() {
        return of(Amount.LOVELACE);
    }

    BigInteger of(String unit) {
        return byUnit.getOrDefault(unit, BigInteger.ZERO);
    }

    /** This many lovelace instead of those here. */
    Assets withLovelace(BigInteger lovelace) {
        TreeMap<String, BigInteger> quantities = new TreeMap<>(byUnit);
        quantities.put(Amount.LOVELACE, lovelace);
        return new Assets(quantities);
    }

    boolean isOnlyLovelace() {
        return byUnit.keySet().stream().allMatch(String::isEmpty);
    }

    /** Units of which there is less than nothing. */
    List<String> missing() {
        return byUnit.entrySet().stream().filter(each -> each.getValue().signum() < 0).map(Map.Entry::getKey).toList();
    }

    Map<String, BigInteger> byUnit() {
        return java.util.Collections.unmodifiableMap(byUnit);
    }

    /** @throws IllegalArgumentException if there is less than nothing of a unit */
    Funds toFunds() {
        return Funds.of(byUnit.entrySet().stream().map(each -> new Amount(each.getKey(), each.getValue())).toList());
    }

    /** In the ledger's canonical order: policies by bytes, asset names by length and bytes. */
    Value toValue() {
        TreeMap<String, List<Asset>> policies = new TreeMap<>();
        byUnit.forEach((unit, quantity) -> {
            if (!unit.isEmpty()) {
                AssetId asset = AssetId.of(unit);
                policies.computeIfAbsent(asset.policy().hex(), policy -> new ArrayList<>()).add(new Asset("0x" + asset.name(), quantity));
            }
        });
        List<MultiAsset> assets = policies.entrySet().stream().map(policy -> {
            policy.getValue().sort(Comparator.comparingInt((Asset asset) -> asset.getName().length()).thenComparing(Asset::getName));
            return new MultiAsset(policy.getKey(), policy.getValue());
        }).toList();
        return new Value(lovelace(), new ArrayList<>(assets));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Assets assets && byUnit.equals(assets.byUnit);
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
