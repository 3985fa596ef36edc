package io.masumi.node.escrow;

import io.masumi.node.Sha256;
import java.io.IOException;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The hashes that prove what was asked and answered (MIP-004; docs/domain.md, "Decision log"). The node keeps and submits
 * only hashes, never the data.
 */
public final class DecisionLog {

    /** The canonicaliser calls itself for every level, and strangers' texts must not exhaust the stack. */
    private static final int MAX_DEPTH = 500;

    private DecisionLog() {}

    /**
     * The hash of what was asked.
     *
     * @param inputJson the input as a JSON object, in any spelling
     * @return 64 hex digits
     * @throws IllegalArgumentException if the input is no JSON object, or is nested more than 500 levels deep
     */
    public static String inputHash(String identifierFromPurchaser, String inputJson) {
        return Sha256.hex(identifierFromPurchaser + ";" + canonical(inputJson));
    }

    /**
     * The hash of what was answered.
     *
     * @param output the output as it was delivered, character by character
     * @return 64 hex digits
     */
    public static String resultHash(String identifierFromPurchaser, String output) {
        return Sha256.hex(identifierFromPurchaser + ";" + output);
    }

    private static String canonical(String json) {
        if (!json.stripLeading().startsWith("{")) {
            throw new IllegalArgumentException("input must be a JSON object");
        }
        if (depth(json) > MAX_DEPTH) {
            throw new IllegalArgumentException("input is nested more than " + MAX_DEPTH + " levels deep");
        }
        try {
            return new JsonCanonicalizer(json).getEncodedString();
        } catch (IOException e) {
            throw new IllegalArgumentException("input is not JSON: " + e.getMessage(), e);
        }
    }

    private static int depth(String json) {
        int deepest = 0;
        int depth = 0;
        boolean inText = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inText) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    inText = false;
                }
            } else if (c == '"') {
                inText = true;
            } else if (c == '{' || c == '[') {
                deepest = Math.max(deepest, ++depth);
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
        return deepest;
    }
}
