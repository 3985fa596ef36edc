package io.masumi.node.query.projection;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When an event happened, and as which of its aggregate's.
 *
 * @param version the event's sequence number
 * @param at in whole milliseconds: the event store keeps no more, and a replay must give what the first reading gave
 */
public record Occurrence(long version, Instant at) {

    public Occurrence {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }
}
