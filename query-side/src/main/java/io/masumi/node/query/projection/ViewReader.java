package io.masumi.node.query.projection;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers queries with the states of a view. */
public final class ViewReader<S extends Versioned> {

    private final JdbcClient jdbc;
    private final ViewTable<S, ?> table;

    public ViewReader(JdbcTemplate jdbc, ViewTable<S, ?> table) {
        this.jdbc = JdbcClient.create(jdbc);
        this.table = table;
    }

    /** The row of that id, or null. */
    public S find(String id) {
        return jdbc.sql("SELECT state FROM " + table.name() + " WHERE id = ?").param(id)
                .query((row, number) -> table.read(row.getString(1))).optional().orElse(null);
    }

    /** All rows, to be filtered further and read with {@link #list}. */
    public ViewPage page() {
        return ViewPage.of(table.name());
    }

    /** A page of rows. @param limit 1 to 100 */
    public List<S> list(ViewPage page, int limit) {
        return page.read(jdbc, "state", limit, (row, number) -> table.read(row.getString(1)));
    }
}
