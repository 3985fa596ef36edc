package io.masumi.node.gateway.access;

import io.masumi.node.access.ApiKeyId;
import io.masumi.node.chain.cardano.key.EncryptionKey;
import io.masumi.node.chain.cardano.key.KeyedHash;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The tokens that clients send. A token is 256 random bits, so that one keyed hash is enough to store it by: nobody can
 * guess it, and nobody without the node's encryption key can tell from the store whether a guess is right. Looking a key
 * up by that hash compares nothing of the token itself, so the time it takes tells nothing of it either.
 */
public final class AccessTokens {

    /** Shortest token that an operator may choose, characters. */
    public static final int SHORTEST = 15;

    /** Longest token that is looked at, characters. */
    static final int LONGEST = 550;

    private static final int TOKEN_BYTES = 32;
    private static final int SHOWN = 4;

    private final KeyedHash hash;
    private final SecureRandom random;

    public AccessTokens(EncryptionKey key, SecureRandom random) {
        this.hash = key.keyedHash("masumi api key hash 1");
        this.random = random;
    }

    /** A fresh token, to be shown once and kept nowhere. */
    public String fresh() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return "masumi-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The keyed hash of a token, hex. */
    String hash(String token) {
        return hash.of(token);
    }

    /** The id of the key that this token opens, whether there is one or not. */
    ApiKeyId keyId(String token) {
        return ApiKeyId.of(hash(token));
    }

    /** What lists show of a token: enough to tell one's keys apart, nothing that helps to guess it. */
    static String masked(String token) {
        return "********" + token.substring(token.length() - SHOWN);
    }
}
