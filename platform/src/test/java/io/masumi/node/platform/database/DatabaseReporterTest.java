package io.masumi.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;

import org.junit.jupiter.api.Test;

import io.masumi.node.testing.TestPostgres;

class DatabaseReporterTest {

    @Test
    void isWellThoughItWasStartedAnewSinceItWasLastAsked() throws SQLException {
        String database = TestPostgres.newDatabase();
        try (DatabaseReporter reporter = new DatabaseReporter(DatabaseUrl.parse(database), Clock.systemUTC());
                Connection admin = DriverManager.getConnection(database);
                Statement statement = admin.createStatement()) {
            assertThat(reporter.concerns()).isEmpty();
            statement.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'masumi-health'"
                    + " AND datname = current_database()");
            assertThat(reporter.concerns()).isEmpty();
        }
    }
}
