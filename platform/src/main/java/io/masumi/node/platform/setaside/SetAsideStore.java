package io.masumi.node.platform.setaside;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code set_aside}, in the transaction of whoever asks. */
final class SetAsideStore {

    /** A reason is for reading; a stack trace or a page of JSON is not. */
    private static final int LONGEST_REASON = 1000;

    private final JdbcClient database;

    SetAsideStore(JdbcClient database) {
        this.database = database;
    }

    /**
     * What is set aside, if that owner has the claim on the segment. Nobody else can take it until the transaction ends: a process that was
     * away for longer than a claim lasts must not go on where another one does.
     *
     * @return empty if it does not have it any more
     */
    Optional<Set<String>> sequences(String group, int segment, String owner) {
        return database.sql("SELECT ARRAY(SELECT sequence FROM set_aside WHERE processing_group = :group) FROM TokenEntry"
                + " WHERE processorName = :group AND segment = :segment AND owner = :owner FOR UPDATE")
                .param("group", group).param("segment", segment).param("owner", owner)
                .query((row, _) -> Set.of((String[]) row.getArray(1).getArray())).optional();
    }

    /** Sets it aside, or has it wait behind what of its sequence is. */
    void add(SetAside it) {
        database.sql(
                """
                            INSERT INTO set_aside (processing_group, sequence, first_number, last_number, event_name, event_index, reason, since,
                                attempts, next_attempt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            ON CONFLICT (processing_group, sequence) DO UPDATE SET
                        first_number = LEAST(set_aside.first_number, EXCLUDED.first_number),
                        last_number = GREATEST(set_aside.last_number, EXCLUDED.last_number)""")
                .params(it.group(), it.sequence(), it.firstNumber(), it.lastNumber(), it.eventName(), it.eventIndex(),
                        shortened(it.reason()),
                        Timestamp.from(it.since()), it.attempts(), Timestamp.from(it.nextAttempt()))
                .update();
    }

    /**
     * Has a later event wait behind what of its sequence is set aside.
     *
     * @return false if nothing of it is any more; then a retry is over, which this waits for
     */
    boolean waits(String group, String sequence, long number) {
        return database.sql("UPDATE set_aside SET last_number = GREATEST(last_number, ?) WHERE processing_group = ? AND sequence = ?")
                .params(number, group, sequence).update() > 0;
    }

    List<SetAside> list(int limit) {
        return database.sql("SELECT * FROM set_aside ORDER BY since, processing_group, sequence LIMIT ?").param(limit)
                .query((row, _) -> of(row)).list();
    }

    List<SetAside> due(Collection<String> groups, Instant now, int limit) {
        return database
                .sql("SELECT * FROM set_aside WHERE processing_group = ANY (?) AND next_attempt <= ? ORDER BY next_attempt, event_index"
                        + " LIMIT ?")
                .params(groups.toArray(String[]::new), Timestamp.from(now), limit).query((row, _) -> of(row)).list();
    }

    /**
     * Keeps others from it until the transaction ends.
     *
     * @return false if it is no longer as it was, or somebody else's
     */
    boolean lock(SetAside it) {
        return database
                .sql("SELECT 1 FROM set_aside WHERE processing_group = ? AND sequence = ? AND last_number = ? FOR UPDATE SKIP LOCKED")
                .params(it.group(), it.sequence(), it.lastNumber()).query(Integer.class).optional().isPresent();
    }

    void remove(SetAside it) {
        database.sql("DELETE FROM set_aside WHERE processing_group = ? AND sequence = ?").params(it.group(), it.sequence()).update();
    }

    void removeAll(String group) {
        database.sql("DELETE FROM set_aside WHERE processing_group = ?").param(group).update();
    }

    void failedAgain(SetAside it, String reason, Instant nextAttempt) {
        database.sql(
                "UPDATE set_aside SET attempts = attempts + 1, reason = ?, next_attempt = ? WHERE processing_group = ? AND sequence = ?")
                .params(shortened(reason), Timestamp.from(nextAttempt), it.group(), it.sequence()).update();
    }

    /** @param group null for all. @param sequence null for all. @return of how many */
    int tryAt(Instant when, String group, String sequence) {
        return database.sql("UPDATE set_aside SET next_attempt = :when WHERE processing_group = COALESCE(:group, processing_group)"
                + " AND sequence = COALESCE(:sequence, sequence)").param("when", Timestamp.from(when))
                .param("group", group).param("sequence", sequence).update();
    }

    private static String shortened(String reason) {
        // No text of PostgreSQL has a zero in it.
        String text = reason.replace('\0', ' ');
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + " …";
    }

    private static SetAside of(ResultSet row) throws SQLException {
        return new SetAside(row.getString("processing_group"), row.getString("sequence"), row.getLong("first_number"),
                row.getLong("last_number"), row.getString("event_name"), row.getLong("event_index"), row.getString("reason"),
                row.getTimestamp("since").toInstant(), row.getInt("attempts"), row.getTimestamp("next_attempt").toInstant());
    }
}
