package io.masumi.node.gateway.http;

import java.util.Locale;

/** Hex that clients name something by. The node, the chain and its provider spell it in lower case. */
public final class HexText {

    private HexText() {}

    /** @param hex null for null */
    public static String lowerCase(String hex) {
        return hex == null ? null : hex.toLowerCase(Locale.ROOT);
    }
}
