package io.masumi.node.platform.eventstore;

import java.util.List;

/** All events of a node in one store, in their order. The first is at position 0, and no position is left out. */
interface EventLog {

    /** Which store it is, for a person. */
    String name();

    /** How many events there are. */
    long size();

    /** Begins to read at a position. */
    Reader from(long position);

    /**
     * Adds events behind the last, all of them or none.
     *
     * @throws EventCopyException when the store does not take them
     */
    void append(List<StoredEvent> events);

    /** Reads one event after the other. */
    interface Reader extends AutoCloseable {

        /** The next events. @param number how many; there are so many */
        List<StoredEvent> next(int number);

        @Override
        void close();
    }
}
