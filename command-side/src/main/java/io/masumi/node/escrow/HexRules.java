package io.masumi.node.escrow;

import io.masumi.node.Rejection;

/** The form of hashes and nonces: bytes in lower-case hex, so that what the datum holds reads back as the same text. */
public final class HexRules {

    private static final int SHA_256_DIGITS = 64;

    private HexRules() {}

    /**
     * Refuses what is not a SHA-256 in hex; upper case is accepted.
     *
     * @param member its name on the wire
     * @throws io.masumi.node.RejectedException saying what the member must be
     */
    public static void requireSha256(String member, String value) {
        if (value == null || !value.matches("[0-9a-fA-F]{" + SHA_256_DIGITS + "}")) {
            throw Rejection.invalid(member + " must be " + SHA_256_DIGITS + " hex digits");
        }
    }

    /**
     * Refuses what is not the lower-case hex of whole bytes.
     *
     * @param member its name on the wire
     * @throws io.masumi.node.RejectedException saying what the member must be
     */
    public static void require(String member, String value, int minDigits, int maxDigits) {
        boolean hex = value != null && value.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
        if (!hex || value.length() < minDigits || value.length() > maxDigits || value.length() % 2 != 0) {
            throw Rejection.invalid(member + " must be " + (minDigits == maxDigits ? minDigits : minDigits + " to " + maxDigits)
                    + " lower-case hex digits, an even number of them");
        }
    }
}
