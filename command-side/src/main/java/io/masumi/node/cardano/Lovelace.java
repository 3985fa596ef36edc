package io.masumi.node.cardano;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Money in the ledger's smallest unit, a millionth of an ada. @param quantity never negative */
public record Lovelace(@JsonValue long quantity) {

    /** @throws IllegalArgumentException if it is negative */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Lovelace {
        if (quantity < 0) {
            throw new IllegalArgumentException("lovelace must not be negative, as " + quantity + " is");
        }
    }
}
