package io.masumi.node.platform.database;

import org.springframework.context.ApplicationEvent;

/** The embedded database has ended and cannot be started again: the node cannot go on, and whoever runs it should end it. */
public final class DatabaseLost extends ApplicationEvent {

    private static final long serialVersionUID = 1L;

    private final String why;

    DatabaseLost(Object source, String why) {
        super(source);
        this.why = why;
    }

    /** In words. */
    public String why() {
        return why;
    }
}
