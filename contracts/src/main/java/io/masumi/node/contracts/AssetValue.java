package io.masumi.node.contracts;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an output holds: lovelace and quantities of other assets, none of them zero. */
public record AssetValue(BigInteger lovelace, SortedMap<AssetId, BigInteger> assets) {

    public AssetValue {
        assets = Collections.unmodifiableSortedMap(new TreeMap<>(assets));
        if (assets.containsValue(BigInteger.ZERO)) {
            throw new IllegalArgumentException("a value does not list assets that it does not hold: " + assets);
        }
    }

    public static AssetValue lovelace(long lovelace) {
        return new AssetValue(BigInteger.valueOf(lovelace), new TreeMap<>());
    }

    public static AssetValue of(long lovelace, Map<AssetId, BigInteger> assets) {
        return new AssetValue(BigInteger.valueOf(lovelace), new TreeMap<>(assets));
    }

    /** Zero for an asset that is not there. */
    public BigInteger quantity(AssetId asset) {
        return assets.getOrDefault(asset, BigInteger.ZERO);
    }
}
