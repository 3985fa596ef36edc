package io.masumi.node.contracts;

import java.util.HexFormat;

/** Checks and conversions of the lower-case hex text in which this module's values carry bytes. */
final class Hex {

    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    static byte[] bytes(String hex) {
        return FORMAT.parseHex(hex);
    }

    static String text(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }

    /**
     * @return the hex in lower case
     * @throws IllegalArgumentException if it is not hex of whole bytes
     */
    static String checked(String what, String hex) {
        try {
            return text(bytes(hex));
        } catch (IllegalArgumentException notHex) {
            throw new IllegalArgumentException(what + " must be hex of whole bytes: " + hex, notHex);
        }
    }

    /**
     * @return the hex in lower case
     * @throws IllegalArgumentException if it is not hex of exactly {@code length} bytes
     */
    static String checked(String what, String hex, int length) {
        String checked = checked(what, hex);
        if (checked.length() != 2 * length) {
            throw new IllegalArgumentException(what + " must be " + length + " bytes in hex: " + hex);
        }
        return checked;
    }
}
