package io.masumi.node.query.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A page of a view, newest first and by id among rows of the same instant, so that pages neither repeat nor miss rows.
 *
 * <p>It starts with the cursor's row, if that passes the filters, else with the one after it. A cursor that names no row
 * gives an empty page: the record is not here (yet), and there is nothing to go on from.
 *
 * <p>{@link #changedSince} turns it into a page of changes, oldest first.
 */
public final class ViewPage {

    /** Most rows of a page. */
    public static final int MAX = 100;

    private final String table;
    private String order = "created_at DESC, id DESC";
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    private ViewPage(String table) {
        this.table = table;
    }

    /** All rows of that table, until filters are added. */
    public static ViewPage of(String table) {
        return new ViewPage(table);
    }

    /** Only rows with that value in the column; a null filters nothing. */
    public ViewPage where(String column, Object value) {
        return value == null ? this : and(column + " = ?", Column.forJdbc(value));
    }

    /** Only rows with one of those values in the column. */
    public ViewPage whereOneOf(String column, Stream<? extends Enum<?>> values) {
        return and(column + " = ANY (?)", (Object) values.map(Enum::name).toArray(String[]::new));
    }

    /** Only rows whose text in the column begins so, letter by letter; a null filters nothing. */
    public ViewPage whereBeginsWith(String column, String prefix) {
        return prefix == null ? this : and("starts_with(" + column + ", ?)", prefix);
    }

    /** Only rows whose time in the column is that or later; a null filters nothing. */
    public ViewPage whereNotBefore(String column, Instant instant) {
        return instant == null ? this : and(column + " >= ?", Column.forJdbc(instant));
    }

    /** Only rows with nothing in the column. */
    public ViewPage whereMissing(String column) {
        return and(column + " IS NULL");
    }

    /**
     * Only rows that the text is found in, whatever its case: anywhere in one of the columns, or at the beginning of one of
     * those, or as a whole amount of the row. No or blank text filters nothing.
     */
    public ViewPage search(String text, List<String> anywhere, List<String> fromTheBeginning) {
        if (text == null || text.isBlank()) {
            return this;
        }
        String wanted = text.strip();
        String literally = literally(wanted);
        List<String> alternatives = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (String column : anywhere) {
            alternatives.add(column + " ILIKE ? ESCAPE '\\'");
            values.add("%" + literally + "%");
        }
        for (String column : fromTheBeginning) {
            alternatives.add(column + " ILIKE ? ESCAPE '\\'");
            values.add(literally + "%");
        }
        alternatives.add("? = ANY (amounts)");
        values.add(wanted);
        return and("(" + String.join(" OR ", alternatives) + ")", values.toArray());
    }

    /** Starts with the row of that id; null for the newest. */
    public ViewPage from(String cursorId) {
        return cursorId == null ? this : and("(created_at, id) <= (SELECT created_at, id FROM " + table + " WHERE id = ?)", cursorId);
    }

    /**
     * Only rows that changed at that instant or later, oldest change first; of those that changed at that instant, only from that
     * id on. So whoever goes on from the last row of a page misses none and meets only that row again.
     *
     * @param id null for all of that instant
     */
    public ViewPage changedSince(Instant instant, String id) {
        order = "updated_at, id";
        return and("(updated_at, id) >= (?, ?)", Column.forJdbc(instant), id == null ? "" : id);
    }

    /** How many rows there are on all pages. */
    public long count(JdbcClient jdbc) {
        return jdbc.sql("SELECT count(*) FROM " + table + filter()).params(parameters).query(Long.class).single();
    }

    /**
     * Reads the page.
     *
     * @param columns what to select
     * @param limit 1 to 100
     * @throws IllegalArgumentException if the limit is another
     */
    public <T> List<T> read(JdbcClient jdbc, String columns, int limit, RowMapper<T> rows) {
        if (limit < 1 || limit > MAX) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX + ", not " + limit);
        }
        return jdbc.sql("SELECT " + columns + " FROM " + table + filter() + " ORDER BY " + order + " LIMIT " + limit)
                .params(parameters).query(rows).list();
    }

    private String filter() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private ViewPage and(String condition, Object... values) {
        conditions.add(condition);
        parameters.addAll(List.of(values));
        return this;
    }

    /** So that no character of it is a wildcard. */
    private static String literally(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
