package io.masumi.node.cardano;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a minting policy: the hash of its script. @param hex 56 lower-case digits */
public record PolicyId(@JsonValue String hex) {

    /** @throws IllegalArgumentException if it is not of that form */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PolicyId {
        Hex.BLAKE2B_224.require("a policy id", hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
