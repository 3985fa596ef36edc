package io.masumi.node.query.projection;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Records that are about to do something on chain. */
public final class PendingRecords {

    private PendingRecords() {}

    /**
     * Their ids, in the order of ids.
     *
     * @param condition which they are, as SQL; there is a partial index for it
     * @param unchangedSince only those that have not changed since then
     * @param afterId begins after this one, null for the first
     */
    public static List<String> list(JdbcClient jdbc, String table, String condition, Instant unchangedSince, String afterId, int limit) {
        return jdbc
                .sql("SELECT id FROM " + table + " WHERE " + condition
                        + " AND updated_at <= :since AND id > :after ORDER BY id LIMIT :limit")
                .param("since", Column.forJdbc(unchangedSince)).param("after", afterId == null ? "" : afterId).param("limit", limit)
                .query(String.class).list();
    }
}
