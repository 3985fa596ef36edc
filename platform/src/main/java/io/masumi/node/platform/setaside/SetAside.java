package io.masumi.node.platform.setaside;

import java.time.Instant;

/**
 * Events that a processing group does not handle for now: those of one aggregate, from one on that it could not read or failed at.
 *
 * @param group which processing group
 * @param sequence the aggregate's id; of an event without an aggregate, the event's
 * @param firstNumber which of the aggregate's events is the first, the one that it began with
 * @param lastNumber which is the newest that waits
 * @param eventName as which the first is stored
 * @param eventIndex where in the event store it is
 * @param reason why it is set aside, as of the last attempt
 * @param attempts how often it was tried again
 * @param nextAttempt when it is tried again next
 */
public record SetAside(String group, String sequence, long firstNumber, long lastNumber, String eventName, long eventIndex, String reason,
        Instant since, int attempts, Instant nextAttempt) {}
