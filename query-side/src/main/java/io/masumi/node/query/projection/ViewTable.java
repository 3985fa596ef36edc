package io.masumi.node.query.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.masumi.node.platform.serialization.StoredJson;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.sql.Savepoint;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table of a view: {@code id} and {@code version} first, {@code state} last, and the view's own columns between.
 *
 * @param <S> what events are folded into; kept as JSON in the column {@code state}
 * @param <R> a row: the state and what is presented of it
 */
public final class ViewTable<S extends Versioned, R> {

    private final JdbcTemplate jdbc;
    /** A record of the past only as long as this table, which can be rebuilt. */
    private final ObjectMapper json = StoredJson.mapper();
    private final String name;
    private final Type stateType;
    private final List<Column<R>> columns;
    private final String upsert;

    /** @param stateType of {@code S} */
    public ViewTable(JdbcTemplate jdbc, String name, Type stateType, Function<R, S> state, Column<R> id, List<Column<R>> others) {
        this.jdbc = jdbc;
        this.name = name;
        this.stateType = stateType;
        this.columns = Stream.of(List.of(id, new Column<R>("version", row -> state.apply(row).version())), others,
                List.of(new Column<R>("state", row -> written(state.apply(row))))).flatMap(List::stream).toList();
        this.upsert = upsert();
    }

    String name() {
        return name;
    }

    String id(R row) {
        return (String) columns.getFirst().of(row);
    }

    /** The states of those ids that have a row, as they are stored. */
    Map<String, String> load(Collection<String> ids) {
        Map<String, String> states = new HashMap<>();
        jdbc.query("SELECT id, state FROM " + name + " WHERE id = ANY (?)",
                row -> {
                    states.put(row.getString(1), row.getString(2));
                }, (Object) ids.toArray(String[]::new));
        return states;
    }

    /**
     * Writes new and changed rows, all or none: the transaction is as before if that fails, where PostgreSQL would refuse all else in
     * it. A row never goes back to an older version.
     */
    void save(Collection<R> rows) {
        jdbc.execute((Connection connection) -> {
            Savepoint before = connection.setSavepoint();
            try {
                jdbc.batchUpdate(upsert, rows.stream().map(row -> columns.stream().map(column -> column.of(row)).toArray()).toList());
            } catch (RuntimeException e) {
                connection.rollback(before);
                throw e;
            }
            connection.releaseSavepoint(before);
            return null;
        });
    }

    /** Removes all rows. */
    void clear() {
        jdbc.update("DELETE FROM " + name);
    }

    /** What was written into the column {@code state}. */
    public S read(String state) {
        try {
            return json.readValue(state, json.constructType(stateType));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A row of " + name + " does not hold a " + stateType.getTypeName() + "; rebuild the view", e);
        }
    }

    private String written(S state) {
        try {
            return json.writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A " + stateType.getTypeName() + " cannot be written as JSON", e);
        }
    }

    private String upsert() {
        List<String> names = columns.stream().map(Column::name).toList();
        return "INSERT INTO " + name + " (" + String.join(", ", names) + ") VALUES ("
                + names.stream().map(column -> "?").collect(Collectors.joining(", ")) + ") ON CONFLICT (id) DO UPDATE SET "
                + names.stream().skip(1).map(column -> column + " = EXCLUDED." + column).collect(Collectors.joining(", "))
                + " WHERE " + name + ".version < EXCLUDED.version";
    }
}
