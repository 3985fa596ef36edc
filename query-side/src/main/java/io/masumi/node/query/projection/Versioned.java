package io.masumi.node.query.projection;

/** What a view's events are folded into. */
public interface Versioned {

    /** Sequence number of the newest event that it has taken in. */
    long version();
}
