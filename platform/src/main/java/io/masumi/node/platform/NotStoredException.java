package io.masumi.node.platform;

import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** The database did not take an event, for want of room for example: nothing of the command was done, and it can be sent again. */
public final class NotStoredException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    /** @param cause what the database says, without what it was to store */
    public NotStoredException(String message, Throwable cause) {
        super(message, cause);
    }
}
