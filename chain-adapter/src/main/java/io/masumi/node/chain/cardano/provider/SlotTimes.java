package io.masumi.node.chain.cardano.provider;

/**
 * When slots are: from the Shelley era on they last one second.
 *
 * @param zeroTime Unix ms at which slot 0 would have begun at that length
 */
public record SlotTimes(long zeroTime) {

    public static final long SLOT_MILLIS = 1000;

    /** @param slot of some block. @param time the block's time, Unix ms */
    public static SlotTimes from(long slot, long time) {
        return new SlotTimes(time - slot * SLOT_MILLIS);
    }

    /** Unix ms at which the slot begins. */
    public long startOf(long slot) {
        return zeroTime + slot * SLOT_MILLIS;
    }

    /** The slot that a time is in. */
    public long slotAt(long time) {
        return Math.floorDiv(time - zeroTime, SLOT_MILLIS);
    }

    /** The first slot that begins at or after a time. */
    public long firstFrom(long time) {
        return Math.ceilDiv(time - zeroTime, SLOT_MILLIS);
    }

    /** The last slot that begins before a time. */
    public long lastBefore(long time) {
        return firstFrom(time) - 1;
    }
}
