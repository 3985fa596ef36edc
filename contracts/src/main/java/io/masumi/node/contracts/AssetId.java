package io.masumi.node.contracts;

import java.util.Comparator;

/** A native asset: policy id (28 bytes) and name (up to 32 bytes), both lower-case hex; ordered as in a ledger value. */
public record AssetId(String policyId, String name) implements Comparable<AssetId> {

    private static final Comparator<AssetId> LEDGER_ORDER = Comparator.comparing(AssetId::policyId).thenComparing(AssetId::name);

    public AssetId {
        policyId = Hex.checked("policy id", policyId, 28);
        name = Hex.checked("asset name", name);
    }

    @Override
    public int compareTo(AssetId other) {
        return LEDGER_ORDER.compare(this, other);
    }
}
