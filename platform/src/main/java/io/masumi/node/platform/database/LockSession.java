package io.masumi.node.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session of PostgreSQL on which advisory locks hang. No statement of it waits for a lock, so none takes long: one that does is a
 * broken connection. A session whose client has vanished without a word is ended by the server, and its locks with it.
 */
final class LockSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LockSession.class);

    /** No statement may take longer. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static final String KEY = "hashtextextended(?, 0)";
    private static final String NEXT = "hashtextextended('next/' || ?, 0)";

    private final Connection connection;
    private final Identity identity;

    /** @param begun distinguishes it from a later session of the same number */
    record Identity(int pid, String begun) {}

    private LockSession(Connection connection, Identity identity) {
        this.connection = connection;
        this.identity = identity;
    }

    /** @param silence the server ends the session when nothing was asked on it for so long; a setting since PostgreSQL 14 */
    static LockSession open(DatabaseUrl url, Duration silence) throws SQLException {
        Connection connection = url.open("masumi-locks", LONGEST);
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT pid, backend_start::text,
                       (SELECT set_config(name, ?, false) FROM pg_settings WHERE name = 'idle_session_timeout')
                FROM pg_stat_activity WHERE pid = pg_backend_pid()""")) {
            statement.setString(1, Long.toString(silence.toMillis()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new LockSession(connection, new Identity(row.getInt(1), row.getString(2)));
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    Identity identity() {
        return identity;
    }

    /** Takes the lock if it is free and nobody waits for it. */
    boolean takeUnlessAwaited(String name) throws SQLException {
        return ask("SELECT CASE WHEN pg_try_advisory_lock_shared(" + NEXT + ") THEN CASE WHEN pg_try_advisory_lock(" + KEY
                + ") THEN pg_advisory_unlock_shared(" + NEXT + ") ELSE NOT pg_advisory_unlock_shared(" + NEXT + ") END ELSE FALSE END",
                name, name, name, name);
    }

    /** Takes the lock if it is free, whoever waits for it. */
    boolean take(String name) throws SQLException {
        return ask("SELECT pg_try_advisory_lock(" + KEY + ")", name);
    }

    void free(String name) throws SQLException {
        ask("SELECT pg_advisory_unlock(" + KEY + ")", name);
    }

    /** Becomes the one who waits for the lock, of all processes; {@link #takeUnlessAwaited} leaves it alone from then on. */
    boolean beNext(String name) throws SQLException {
        return ask("SELECT pg_try_advisory_lock(" + NEXT + ")", name);
    }

    void beNextNoMore(String name) throws SQLException {
        ask("SELECT pg_advisory_unlock(" + NEXT + ")", name);
    }

    /** Whether it is this very session that answers, and so many locks hang on it: a pooler in between might give another. */
    boolean holds(int locks) throws SQLException {
        return ask("SELECT pg_backend_pid() = ? AND count(*) >= ? FROM pg_locks WHERE locktype = 'advisory' AND granted"
                + " AND pid = pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                identity.pid(), locks);
    }

    /** Ends another session of this process that was given up: the server may not have noticed that nobody is there any more. */
    void end(Identity abandoned) throws SQLException {
        ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ? AND backend_start::text = ?",
                abandoned.pid(), abandoned.begun());
    }

    private boolean ask(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                statement.setObject(index + 1, values[index]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("A connection that is thrown away could not be closed", e);
        }
    }
}
