package io.masumi.node.devnet.chain;

import java.time.Clock;
import java.time.Instant;

/**
 * Slots of one second, tied to the wall clock.
 *
 * @param zeroTime Unix milliseconds at which slot 0 began
 */
public record SlotClock(long zeroTime, Clock clock) {
    public static final long SLOT_LENGTH_MILLIS = 1000;
    public static final long EPOCH_LENGTH_SLOTS = 432_000;
    /** Slots past the tip whose time is certain: 3k/f of the public networks. */
    private static final long STABILITY_WINDOW_SLOTS = 129_600;

    public long currentSlot() {
        return slotAt(clock.instant());
    }

    public long slotAt(Instant time) {
        return Math.floorDiv(time.toEpochMilli() - zeroTime, SLOT_LENGTH_MILLIS);
    }

    public Instant startOf(long slot) {
        return Instant.ofEpochMilli(zeroTime + slot * SLOT_LENGTH_MILLIS);
    }

    public long epochOf(long slot) {
        return slot / EPOCH_LENGTH_SLOTS;
    }

    /** First slot whose time a script may not be told: the end of the epoch in which the stability window ends. */
    public long forecastEnd(long tipSlot) {
        return (epochOf(tipSlot + STABILITY_WINDOW_SLOTS) + 1) * EPOCH_LENGTH_SLOTS;
    }
}
