package io.masumi.node.query.sale;

import io.masumi.node.DerivedId;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.query.projection.Occurrence;
import java.time.Instant;

/**
 * What the node was about to do, and from when to when.
 *
 * @param id follows from the record and the event, so that a replay gives the same
 * @param updatedAt when the next took its place; as {@code createdAt} until then
 */
record ActionEntry(String id, Instant createdAt, Instant updatedAt, NextAction action) {

    static ActionEntry begun(String recordId, NextAction action, Occurrence when) {
        return new ActionEntry(DerivedId.of("action", recordId, Long.toString(when.version())), when.at(), when.at(), action);
    }

    ActionEntry ended(Occurrence when) {
        return new ActionEntry(id, createdAt, when.at(), action);
    }
}
