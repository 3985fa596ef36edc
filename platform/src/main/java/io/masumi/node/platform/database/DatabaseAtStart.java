package io.masumi.node.platform.database;

import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

import org.postgresql.Driver;

import io.masumi.node.platform.start.StartWaits;

/** Waits for a PostgreSQL server that does not answer yet, and not for one that says no: to the password, user or database. */
final class DatabaseAtStart {

    /** Seconds. */
    private static final String LONGEST_ATTEMPT = "5";

    private DatabaseAtStart() {}

    /** @throws IllegalStateException when the server refuses, with its reason */
    static void await(DatabaseUrl url, StartWaits waits) {
        var properties = new Properties();
        url.user().ifPresent(user -> properties.setProperty("user", user));
        url.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("connectTimeout", LONGEST_ATTEMPT);
        properties.setProperty("socketTimeout", LONGEST_ATTEMPT);
        waits.until("the database at " + url, () -> missing(url, properties));
    }

    private static Optional<String> missing(DatabaseUrl url, Properties properties) {
        try (var _ = connection(url, properties)) {
            return Optional.empty();
        } catch (SQLException e) {
            if (mayPass(e)) {
                return Optional.of(e.getCause() instanceof UnknownHostException ? "nobody knows the host's name" : e.getMessage());
            }
            throw new IllegalStateException("The database at " + url + " refuses this node: " + e.getMessage(), e);
        }
    }

    /** Asked first, because the driver's own words would repeat the URL, which may hold a password. */
    private static Connection connection(DatabaseUrl url, Properties properties) throws SQLException {
        var driver = new Driver();
        if (!driver.acceptsURL(url.jdbcUrl())) {
            throw new IllegalStateException("The database URL cannot be understood: it must read jdbc:postgresql://host:port/name");
        }
        return driver.connect(url.jdbcUrl(), properties);
    }

    /** That nobody answers (class 08), that the server is starting or stopping (57P) or has no connection left (53). */
    private static boolean mayPass(SQLException failure) {
        var state = Optional.ofNullable(failure.getSQLState()).orElse("");
        return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }
}
