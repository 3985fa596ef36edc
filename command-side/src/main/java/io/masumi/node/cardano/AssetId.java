package io.masumi.node.cardano;

/** Names a native asset. Policy id and name, one after the other, are its unit. @param name hex, up to 64 digits */
public record AssetId(PolicyId policy, String name) {

    private static final int POLICY_DIGITS = 56;

    /** @throws IllegalArgumentException if it does not begin with a policy id */
    public static AssetId of(String unit) {
        int policy = Math.min(POLICY_DIGITS, unit.length());
        return new AssetId(new PolicyId(unit.substring(0, policy)), unit.substring(policy));
    }
}
