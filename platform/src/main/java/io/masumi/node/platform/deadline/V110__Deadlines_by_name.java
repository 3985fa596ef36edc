package io.masumi.node.platform.deadline;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

import org.axonframework.deadline.dbscheduler.DbSchedulerBinaryDeadlineDetails;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rewrites deadlines that were stored in Java's form, under the names of classes. */
final class V110__Deadlines_by_name extends BaseJavaMigration {

    private static final Logger LOG = LoggerFactory.getLogger(V110__Deadlines_by_name.class);

    private final StoredDeadlines format;

    V110__Deadlines_by_name(StoredDeadlines format) {
        this.format = format;
    }

    @Override
    public void migrate(Context context) throws Exception {
        Map<String, byte[]> rewritten = new LinkedHashMap<>();
        try (Statement statement = context.getConnection().createStatement();
                ResultSet rows = statement
                        .executeQuery("SELECT task_instance, task_data FROM scheduled_tasks WHERE task_data IS NOT NULL")) {
            while (rows.next()) {
                rewrite(rows.getString(1), rows.getBytes(2), rewritten);
            }
        }
        try (PreparedStatement update = context.getConnection()
                .prepareStatement("UPDATE scheduled_tasks SET task_data = ? WHERE task_instance = ?")) {
            for (Map.Entry<String, byte[]> each : rewritten.entrySet()) {
                update.setBytes(1, each.getValue());
                update.setString(2, each.getKey());
                update.executeUpdate();
            }
        }
        LOG.info("{} deadlines are stored under names of their own now", rewritten.size());
    }

    /** One that cannot be read stays as it is: it fails when it is due, as it would have before, and shows. */
    private void rewrite(String id, byte[] data, Map<String, byte[]> rewritten) {
        if (!StoredDeadlines.isOfJava(data)) {
            return;
        }
        try {
            rewritten.put(id, format.serialize(format.deserialize(DbSchedulerBinaryDeadlineDetails.class, data)));
        } catch (RuntimeException e) {
            LOG.warn("Deadline {} cannot be read, and stays as it is", id, e);
        }
    }
}
