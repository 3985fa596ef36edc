package io.masumi.node.query.projection;

import io.masumi.node.escrow.Network;
import io.masumi.node.query.WireRecord;
import java.util.List;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows that are answered as they were rendered. */
public final class WireRecords {

    /** The record as lists show it. */
    public static final String JSON = "wire_json";

    /** The record with its histories. */
    public static final String JSON_WITH_HISTORY = "wire_json_with_history";

    private static final RowMapper<WireRecord> ROWS = (row, number) -> new WireRecord(row.getString(1), row.getLong(2), row.getString(3),
            Network.valueOf(row.getString(4)), row.getString(5));

    private WireRecords() {}

    /** The row of that id, or null. @param jsonColumn which rendering */
    public static WireRecord find(JdbcClient jdbc, String table, String id, String jsonColumn) {
        return jdbc.sql("SELECT " + columns(jsonColumn) + " FROM " + table + " WHERE id = ?").param(id).query(ROWS).optional().orElse(null);
    }

    /** A page of rows. @param jsonColumn which rendering */
    public static List<WireRecord> list(JdbcClient jdbc, ViewPage page, int limit, String jsonColumn) {
        return page.read(jdbc, columns(jsonColumn), limit, ROWS);
    }

    private static String columns(String jsonColumn) {
        return "id, version, owner_key_id, network, " + jsonColumn;
    }
}
