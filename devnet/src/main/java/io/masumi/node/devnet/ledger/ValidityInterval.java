package io.masumi.node.devnet.ledger;

import java.util.OptionalLong;

/**
 * The slots in which a transaction may stand.
 *
 * @param from the first one
 * @param until the first in which it may no longer
 */
public record ValidityInterval(OptionalLong from, OptionalLong until) {

    public boolean hasBegun(long slot) {
        return from.orElse(0) <= slot;
    }

    public boolean isOver(long slot) {
        return until.isPresent() && slot >= until.getAsLong();
    }
}
