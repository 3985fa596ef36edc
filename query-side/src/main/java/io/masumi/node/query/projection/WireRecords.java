package io.masumi.node.query.projection;

import io.masumi.node.escrow.Network;
import io.masumi.node.query.WireRecord;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows that are answered as they were rendered. */
public final class WireRecords {

    /** The record as lists show it. */
    private static final String JSON = "wire_json";

    /** The record with its histories. */
    public static final String JSON_WITH_HISTORY = "wire_json_with_history";

    private static final RowMapper<WireRecord> ROWS = (row, number) -> new WireRecord(row.getString(1), row.getLong(2), row.getString(3),
            Network.valueOf(row.getString(4)), row.getString(5), row.getObject(6, OffsetDateTime.class).toInstant(), row.getString(7));

    private WireRecords() {}

    /** A table of them. @param own columns that only this table has */
    public static <S extends Versioned> ViewTable<S, Rendered<S>> table(JdbcTemplate jdbc, String name, Type stateType,
            List<Column<Rendered<S>>> own) {
        return new ViewTable<>(jdbc, name, stateType, Rendered::view, new Column<>("id", row -> row.record().id()),
                Stream.concat(own.stream(), Stream.<Column<Rendered<S>>>of(
                        new Column<>("updated_at", row -> row.record().updatedAt()),
                        new Column<>("network", row -> row.record().network()),
                        new Column<>("smart_contract_address", row -> row.record().smartContractAddress()),
                        new Column<>("owner_key_id", row -> row.record().ownerKeyId()),
                        new Column<>(JSON, row -> row.record().json()))).toList());
    }

    /** The row of that id, or null. */
    public static WireRecord find(JdbcClient jdbc, String table, String id, boolean includeHistory) {
        return jdbc.sql("SELECT " + columns(includeHistory) + " FROM " + table + " WHERE id = ?").param(id).query(ROWS).optional()
                .orElse(null);
    }

    /** A page of rows. @param limit 1 to 100 */
    public static List<WireRecord> list(JdbcClient jdbc, ViewPage page, int limit, boolean includeHistory) {
        return page.read(jdbc, columns(includeHistory), limit, ROWS);
    }

    private static String columns(boolean includeHistory) {
        return "id, version, owner_key_id, network, smart_contract_address, updated_at, " + (includeHistory ? JSON_WITH_HISTORY : JSON);
    }
}
