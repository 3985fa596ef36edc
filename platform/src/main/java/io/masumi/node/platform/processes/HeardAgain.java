package io.masumi.node.platform.processes;

import java.sql.Connection;
import java.sql.SQLException;

/** Whoever must look whether what this process relies on has changed while it was cut off from the others: each time that it hears them again. */
@FunctionalInterface
public interface HeardAgain {

    /** @throws SQLException when it could not look; then it is asked again */
    void look(Connection connection) throws SQLException;
}
