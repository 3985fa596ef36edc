package io.masumi.node.cardano;

import java.util.regex.Pattern;

/** Hashes as text: a fixed number of lower-case hex digits. */
enum Hex {
    BLAKE2B_224(56),
    BLAKE2B_256(64);

    private final int digits;
    private final Pattern pattern;

    Hex(int digits) {
        this.digits = digits;
        this.pattern = Pattern.compile("[0-9a-f]{" + digits + "}");
    }

    /** @throws IllegalArgumentException saying what it must be */
    String require(String what, String text) {
        if (text == null || !pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(what + " must be " + digits + " lower-case hex digits, not '" + text + "'");
        }
        return text;
    }
}
