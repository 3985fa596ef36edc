package io.masumi.node.chain.outbox;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where sagas leave what they want done on chain. All calls join the caller's database transaction; the work begins after it
 * commits.
 */
public interface ChainActions {

    /** An aggregate that wants something on chain. */
    record Owner(ActionRole role, String aggregateId) {}

    /**
     * Lets an aggregate say by an event of its what it wants now. Every event has one say, in order: one that is read again, and
     * one that a newer event has spoken after, is not asked, so that reading events again changes nothing.
     *
     * @param sequenceNumber of the event
     */
    void hear(ActionRole role, String aggregateId, long sequenceNumber, Consumer<Intents> event);

    /** Who has an action under way or to come since before that time, in a fixed order. @param after null for the first */
    List<Owner> live(Instant before, Owner after, int limit);

    /** Whether this event, or a newer one, was heard; also if none was: a version of the node that took no note of it may have heard it. */
    boolean hasHeard(Owner owner, long sequenceNumber);

    /**
     * Makes what is under way what it should be, if nobody has done so yet. What is done already is not done again.
     *
     * @param newest sequence number of the aggregate's newest event; nothing is done if that one has not been heard yet, or another was
     * @param intent what is wanted now: all that its events say, taken together
     * @return what was mended, in words; null if nothing was to be
     */
    String mend(Owner owner, long newest, Intent intent);
}
