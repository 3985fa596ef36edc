package io.masumi.node.chain.loop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

import io.masumi.node.platform.database.LockConnections;
import io.masumi.node.source.PaymentSourceId;

/**
 * Lets one process at a time do a kind of work on a payment source. PostgreSQL frees the lock of a process that dies, because
 * it hangs on a connection; what is done under it must be safe also when that connection breaks.
 */
public final class SourceLock {

    private final LockConnections connections;

    /** @param connections to the database that all processes of the node share */
    public SourceLock(LockConnections connections) {
        this.connections = connections;
    }

    /** Does the work unless another process is at the same work on the same source; then it does nothing. */
    public void ifFree(String work, PaymentSourceId source, Runnable task) {
        locked("SELECT pg_try_advisory_lock(hashtextextended(?, 0))", work, source, task);
    }

    /** Does the work once nobody is at the same work on the same source, before anybody who only looks whether it is free. */
    public void whenFree(String work, PaymentSourceId source, Runnable task) {
        locked("SELECT pg_advisory_lock(hashtextextended(?, 0)) IS NOT NULL", work, source, task);
    }

    private void locked(String lock, String work, PaymentSourceId source, Runnable task) {
        String key = work + "/" + source.value();
        try (Connection connection = connections.open()) {
            if (!ask(connection, lock, key)) {
                return;
            }
            try {
                task.run();
            } finally {
                ask(connection, "SELECT pg_advisory_unlock(hashtextextended(?, 0))", key);
            }
        } catch (SQLException e) {
            throw new SQLStateSQLExceptionTranslator().translate("lock of a payment source", null, e);
        }
    }

    private static boolean ask(Connection connection, String sql, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }
}
