package io.masumi.node.platform.deadline;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;

/** Deadlines that failed several times in a row. They are tried again for ever, but somebody should know. */
final class FailedDeadlinesReport implements HealthReporter {

    private static final int MAX = 100;

    private final JdbcClient database;
    private final StoredDeadlines format;

    FailedDeadlinesReport(JdbcClient database, StoredDeadlines format) {
        this.database = database;
        this.format = format;
    }

    private record Failed(StoredDeadlines.Description what, int times) {}

    @Override
    public List<Concern> concerns() {
        return database.sql("SELECT task_data, consecutive_failures FROM scheduled_tasks WHERE consecutive_failures >= 3"
                + " ORDER BY execution_time LIMIT " + MAX)
                .query((row, _) -> new Failed(format.describe(row.getBytes("task_data")), row.getInt("consecutive_failures"))).list()
                .stream()
                .map(this::concern).toList();
    }

    private Concern concern(Failed failed) {
        String record = record(failed.what().id());
        return new Concern("deadline", record, failed.what().deadline() + " of " + record + " failed " + failed.times()
                + " times in a row, and is tried again, at least every five minutes; the log says why. If its saga cannot be read,"
                + " POST /api/v1/projections/sagas/rebuild makes it anew", null);
    }

    /** The aggregate that a saga drives. */
    private String record(String id) {
        return database.sql("SELECT associationValue FROM AssociationValueEntry WHERE sagaId = ? ORDER BY id LIMIT 1").param(id)
                .query(String.class).optional().orElse(id);
    }
}
