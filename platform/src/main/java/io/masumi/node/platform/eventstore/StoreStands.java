package io.masumi.node.platform.eventstore;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.platform.processes.HeardAgain;

/** Ends a process whose node's events were moved while it was cut off from the database, so that whoever moved them could not see it. */
final class StoreStands implements HeardAgain {

    private static final Logger LOG = LoggerFactory.getLogger(StoreStands.class);

    private final boolean inAxonServer;
    private final Consumer<String> broken;

    /** @param inAxonServer where this process has the events. @param broken told why, when they are not there any more */
    StoreStands(boolean inAxonServer, Consumer<String> broken) {
        this.inAxonServer = inAxonServer;
        this.broken = broken;
    }

    @Override
    public void look(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM events_in_axon_server)")) {
            row.next();
            if (row.getBoolean(1) != inAxonServer) {
                String why = "the events of this node were moved " + (inAxonServer ? "back to the database" : "to Axon Server")
                        + " while this process ran without a connection to the database. Start it with AXON_AXONSERVER_ENABLED="
                        + !inAxonServer;
                LOG.error("The node cannot go on: {}", why);
                broken.accept(why);
            }
        }
    }
}
