package io.masumi.node.cardano;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a transaction: the hash of its body. @param hex 64 lower-case digits */
public record TransactionHash(@JsonValue String hex) {

    /** @throws IllegalArgumentException if it is not of that form */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TransactionHash {
        Hex.BLAKE2B_256.require("a transaction's hash", hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
