package io.masumi.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Ids that follow from what they identify, so that creating the same thing twice is a conflict by construction. */
public final class DerivedId {

    private static final int DIGEST_BYTES = 16;

    private DerivedId() {}

    /**
     * The id of the given kind of record for the given natural key.
     *
     * @return {@code c} and 32 hex digits: clients of the wire contract check for the form {@code c[^\s-]{8,}}
     */
    public static String of(String kind, String... naturalKey) {
        MessageDigest sha256 = Sha256.digest();
        sha256.update(kind.getBytes(StandardCharsets.UTF_8));
        for (String part : naturalKey) {
            sha256.update((byte) 0);
            sha256.update(part.getBytes(StandardCharsets.UTF_8));
        }
        return "c" + HexFormat.of().formatHex(sha256.digest(), 0, DIGEST_BYTES);
    }
}
