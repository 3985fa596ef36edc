package io.masumi.node.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Connections on which PostgreSQL's advisory locks hang. They are held for as long as what is done under the lock takes, also while
 * a chain provider keeps it waiting; so they are apart from those that commands, queries and events need, which would else run out.
 */
public final class LockConnections implements AutoCloseable {

    /** Beside the other pool within the 100 connections that PostgreSQL allows unless told otherwise. */
    private static final int MOST = 60;

    private final HikariDataSource pool;

    /** @param like of the same database */
    LockConnections(HikariDataSource like) {
        HikariConfig settings = new HikariConfig();
        like.copyStateTo(settings);
        settings.setPoolName("masumi-locks");
        settings.setMaximumPoolSize(MOST);
        settings.setMinimumIdle(0);
        this.pool = new HikariDataSource(settings);
    }

    /** To be closed when nothing is locked on it any more. */
    public Connection open() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void close() {
        pool.close();
    }
}
