package io.masumi.node.platform.command;

import io.masumi.node.platform.start.CannotStartException;

/** Another process handles the commands of this database; this one does not start. */
public final class AnotherCommandProcessException extends CannotStartException {

    private static final long serialVersionUID = 1L;

    /** What is possible instead. */
    static final String POSSIBLE = "On one PostgreSQL one process handles commands. Others can serve reads (MASUMI_ROLES=query,gateway);"
            + " several processes of each role work together over Axon Server (axon.axonserver.enabled=true)";

    /** @param which the other one, in words */
    AnotherCommandProcessException(String which) {
        super("Another process with the role command works on this database (" + which + "). " + POSSIBLE);
    }
}
