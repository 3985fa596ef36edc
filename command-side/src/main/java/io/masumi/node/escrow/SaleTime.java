package io.masumi.node.escrow;

import java.util.function.ToLongFunction;

/** One of the four deadlines of a sale, under its name on the wire. */
public enum SaleTime {
    payByTime(EscrowTimes::payByTime),
    submitResultTime(EscrowTimes::submitResultTime),
    unlockTime(EscrowTimes::unlockTime),
    externalDisputeUnlockTime(EscrowTimes::externalDisputeUnlockTime);

    private final ToLongFunction<EscrowTimes> value;

    SaleTime(ToLongFunction<EscrowTimes> value) {
        this.value = value;
    }

    /** Unix ms. */
    public long of(EscrowTimes times) {
        return value.applyAsLong(times);
    }

    /** Whether it is too late for what must be done until then: a lock may be made at payByTime, all else must be before. */
    boolean isOver(EscrowTimes times, long now) {
        return this == payByTime ? now > of(times) : now >= of(times);
    }
}
