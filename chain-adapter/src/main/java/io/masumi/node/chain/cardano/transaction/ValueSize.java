package io.masumi.node.chain.cardano.transaction;

import io.masumi.node.cardano.AssetId;
import java.math.BigInteger;

/** Counts the bytes of a value's CBOR while tokens are put into it, in the order of their units. */
final class ValueSize {

    /** An array of two, and lovelace. */
    private static final int START = 1 + 9;
    private static final int POLICY_ID = 30;
    private int closed = START;
    private int policies;
    private String policy = "";
    private int names;

    /** One token more. @param unit policy id and asset name, hex, not less than the last one */
    ValueSize with(String unit, BigInteger quantity) {
        AssetId asset = AssetId.of(unit);
        if (!asset.policy().hex().equals(policy)) {
            closed += policy.isEmpty() ? 0 : head(names);
            closed += POLICY_ID;
            policies++;
            policy = asset.policy().hex();
            names = 0;
        }
        names++;
        int name = asset.name().length() / 2;
        closed += head(name) + name + head(quantity);
        return this;
    }

    int bytes() {
        return closed + head(policies) + (policy.isEmpty() ? 0 : head(names));
    }

    private static int head(int number) {
        return head(BigInteger.valueOf(number));
    }

    /** Bytes of a CBOR number, or of the head of a string or map of that length. */
    private static int head(BigInteger number) {
        if (number.compareTo(BigInteger.valueOf(24)) < 0) {
            return 1;
        }
        int bits = number.bitLength();
        return bits <= 8 ? 2 : bits <= 16 ? 3 : bits <= 32 ? 5 : 9;
    }
}
