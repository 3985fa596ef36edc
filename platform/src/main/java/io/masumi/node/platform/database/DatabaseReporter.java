package io.masumi.node.platform.database;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;

/**
 * Whether the database answers, and takes what is written. It asks on a connection of its own, with time limits that others must not
 * have: in the pool it would wait with everybody else.
 */
final class DatabaseReporter implements HealthReporter, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseReporter.class);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final DatabaseUrl url;
    private final Clock clock;
    private Connection connection;
    private Instant failingSince;

    DatabaseReporter(DatabaseUrl url, Clock clock) {
        this.url = url;
        this.clock = clock;
    }

    @Override
    public synchronized List<Concern> concerns() {
        try {
            boolean readOnly = askOnceMoreWhereItWasEnded();
            failingSince = null;
            return readOnly
                    ? List.of(new Concern("database", "",
                            "the database takes nothing that is written: it is a standby, or was made read-only."
                                    + " Let the node have one that can be written",
                            null))
                    : List.of();
        } catch (SQLException e) {
            close();
            if (failingSince == null) {
                failingSince = clock.instant();
                LOG.warn("The database does not answer: {}", e.toString());
            }
            return List
                    .of(new Concern("database", "", "the database does not answer (SQLSTATE " + e.getSQLState() + "). The node goes on by"
                            + " itself when it does; its embedded one is started again by itself. The log says more", failingSince));
        }
    }

    /** A database that was started anew has ended the connection, and may have done so long ago; one that hangs gets no second chance. */
    private boolean askOnceMoreWhereItWasEnded() throws SQLException {
        boolean kept = connection != null;
        try {
            return ask();
        } catch (SQLException e) {
            if (!kept || e.getCause() instanceof SocketTimeoutException) {
                throw e;
            }
            close();
            return ask();
        }
    }

    private boolean ask() throws SQLException {
        if (connection == null) {
            connection = url.open("masumi-health", LONGEST);
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    @Override
    public boolean necessary() {
        return true;
    }

    @Override
    public synchronized void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.debug("A connection that is thrown away could not be closed", e);
        } finally {
            connection = null;
        }
    }
}
