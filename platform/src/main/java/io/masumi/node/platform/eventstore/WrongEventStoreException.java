package io.masumi.node.platform.eventstore;

import io.masumi.node.platform.start.CannotStartException;

/** A process was to be started on an event store in which this node's events are not, or not all. Nothing was changed. */
public final class WrongEventStoreException extends CannotStartException {

    private static final long serialVersionUID = 1L;

    WrongEventStoreException(String message) {
        super(message);
    }
}
