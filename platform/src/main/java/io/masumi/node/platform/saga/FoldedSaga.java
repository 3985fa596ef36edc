package io.masumi.node.platform.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A saga whose state is a fold of the events of one aggregate, and whose effects may be repeated. It takes in each event once, in
 * order, however often they are read, and can be made anew from them at any time.
 */
public abstract class FoldedSaga {

    /** Null of a saga that an older version stored, until its next event. */
    @JsonProperty
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private Long handled;

    /** Whether an event is newer than all that were handled. */
    final boolean isNews(long sequenceNumber) {
        return handled == null || sequenceNumber > handled;
    }

    /** Number of the newest event that was taken in, -1 before the first. */
    protected final long newest() {
        return handled == null ? -1 : handled;
    }

    final void handled(long sequenceNumber) {
        handled = sequenceNumber;
    }
}
