package io.masumi.node.platform.database;

import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

import io.masumi.node.platform.start.StartWaits;

/** Waits for a PostgreSQL server that does not answer yet, and not for one that says no: to the password, user or database. */
final class DatabaseAtStart {

    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(5);

    private DatabaseAtStart() {}

    /** @throws IllegalStateException when the server refuses, with its reason */
    static void await(DatabaseUrl url, StartWaits waits) {
        waits.until("the database at " + url, () -> missing(url));
    }

    private static Optional<String> missing(DatabaseUrl url) {
        try (Connection _ = url.open("masumi-start", LONGEST_ATTEMPT)) {
            return Optional.empty();
        } catch (SQLException e) {
            if (mayPass(e)) {
                return Optional.of(e.getCause() instanceof UnknownHostException ? "nobody knows the host's name" : e.getMessage());
            }
            throw new IllegalStateException("The database at " + url + " refuses this node: " + e.getMessage(), e);
        }
    }

    /** That nobody answers (class 08), that the server is starting or stopping (57P) or has no connection left (53). */
    private static boolean mayPass(SQLException failure) {
        String state = Optional.ofNullable(failure.getSQLState()).orElse("");
        return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }
}
