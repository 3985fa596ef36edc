package io.masumi.node.cardano;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a payment or stake key: the hash of the public key, the wire's {@code walletVkey}. @param hex 56 lower-case digits */
public record KeyHash(@JsonValue String hex) {

    /** @throws IllegalArgumentException if it is not of that form */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public KeyHash {
        Hex.BLAKE2B_224.require("a key's hash", hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
