package io.masumi.node.platform.database;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Brings the tables up to date, and says what to do where Flyway refuses a database that a newer version has changed: its own advice, to
 * "repair" it, would have it forget those changes.
 */
final class KnownMigrations implements FlywayMigrationStrategy {

    @Override
    public void migrate(Flyway flyway) {
        try {
            flyway.migrate();
        } catch (FlywayValidateException e) {
            String unknown = Arrays.stream(flyway.info().all()).filter(KnownMigrations::isUnknown)
                    .map(migration -> migration.getVersion() + " (" + migration.getDescription() + ")").collect(Collectors.joining(", "));
            if (unknown.isEmpty()) {
                throw e;
            }
            throw new NewerDataException("The tables have changes that this version of the node does not know: " + unknown);
        }
    }

    private static boolean isUnknown(MigrationInfo migration) {
        return migration.getState() == MigrationState.MISSING_SUCCESS || migration.getState() == MigrationState.FUTURE_SUCCESS;
    }
}
