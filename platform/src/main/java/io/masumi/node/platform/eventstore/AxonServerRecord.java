package io.masumi.node.platform.eventstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What the node's database knows of Axon Server: that its events are there, and how far. In the transaction of whoever asks. */
final class AxonServerRecord {

    private final JdbcClient database;

    AxonServerRecord(JdbcClient database) {
        this.database = database;
    }

    /**
     * The newest event that Axon Server is known to have had.
     *
     * @param since when the node's events came to be there
     * @param position -1 when there was none
     * @param event its identifier
     */
    record Known(Instant since, long position, Optional<String> event) {}

    /**
     * Has whoever asks from now on wait for the end of this transaction. Who has asked before is connected, and so can be seen: nobody begins
     * between the look for such and the end.
     */
    void switching() {
        database.sql("LOCK TABLE events_in_axon_server IN ACCESS EXCLUSIVE MODE").update();
    }

    /** Empty when the events are in the database. */
    Optional<Known> known() {
        return database.sql("SELECT since, known_position, known_event FROM events_in_axon_server").query((row, _) -> known(row))
                .optional();
    }

    /** Says that they are in Axon Server; if another process does at the same moment, either will do. */
    void beginsThere(Instant now) {
        database.sql("INSERT INTO events_in_axon_server (since, copied, known_position) VALUES (?, 0, -1) ON CONFLICT DO NOTHING")
                .param(Timestamp.from(now)).update();
    }

    /** Says that they were moved there. @param newest of them; null if there is none */
    void moved(Instant now, EventCopy.Copied copied, StoredEvent newest) {
        database.sql("INSERT INTO events_in_axon_server (since, copied, sha256, known_position, known_event) VALUES (?, ?, ?, ?, ?)")
                .params(Timestamp.from(now), copied.events(), copied.sha256(), copied.events() - 1,
                        newest == null ? null : newest.identifier())
                .update();
    }

    /** Notes a newer one. */
    void knows(long position, StoredEvent event) {
        database.sql("UPDATE events_in_axon_server SET known_position = :position, known_event = :event WHERE known_position < :position")
                .param("position", position).param("event", event.identifier()).update();
    }

    /** Says that they are in the database again. */
    void movedBack() {
        database.sql("DELETE FROM events_in_axon_server").update();
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(row.getTimestamp("since").toInstant(), row.getLong("known_position"),
                Optional.ofNullable(row.getString("known_event")));
    }
}
