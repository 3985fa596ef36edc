package io.masumi.node.chain.follower.reading;

import java.time.Duration;

import org.axonframework.eventsourcing.eventstore.EventStore;

import io.masumi.node.chain.source.Sources;
import io.masumi.node.source.PaymentSourceId;

/**
 * Before a sale is given up because nothing was locked for it, the contract is looked at once more from before the sale was
 * made: that nothing was seen so far is no proof that nothing is there.
 */
public final class FinalReadings {

    /** A clock that was fast when the sale was made is behind that by now; a block's time is the chain's. */
    private static final Duration CLOCKS_APART = Duration.ofHours(1);

    private final Rereadings rereadings;
    private final Sources sources;
    private final EventStore events;

    public FinalReadings(Rereadings rereadings, Sources sources, EventStore events) {
        this.rereadings = rereadings;
        this.sources = sources;
        this.events = events;
    }

    /**
     * Whether everything that was locked for a record in time is recorded. As long as it is not, the look is under way, and
     * it is to be asked again later.
     *
     * @param aggregateId of the payment or purchase
     * @param payByTime Unix ms
     */
    public boolean isOver(PaymentSourceId sourceId, String aggregateId, long payByTime) {
        // Of a source that this node does not follow it will never know more.
        return sources.find(sourceId).isEmpty() || rereadings.covers(sourceId, beforeItWasMade(aggregateId), payByTime);
    }

    private long beforeItWasMade(String aggregateId) {
        return events.readEvents(aggregateId).peek().getTimestamp().minus(CLOCKS_APART).toEpochMilli();
    }
}
