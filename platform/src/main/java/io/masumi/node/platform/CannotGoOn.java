package io.masumi.node.platform;

import org.springframework.context.ApplicationEvent;

/** The node cannot go on and cannot help itself: whoever runs it should end it, and start it again if that helps. */
public final class CannotGoOn extends ApplicationEvent {

    private static final long serialVersionUID = 1L;

    private final String why;

    public CannotGoOn(Object source, String why) {
        super(source);
        this.why = why;
    }

    /** In words. */
    public String why() {
        return why;
    }
}
