package io.masumi.node.chain.outbox;

import java.util.OptionalLong;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Which of an aggregate's events was the last to say what it wants. */
final class HeardEvents {

    private final JdbcClient jdbc;

    HeardEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Records that an event was heard. @return false if this one, or a newer one, was heard before */
    boolean isNews(ActionRole role, String aggregateId, long sequenceNumber) {
        return jdbc.sql("""
                INSERT INTO heard_event AS known (role, aggregate_id, sequence_number) VALUES (:role, :aggregate, :number)
                ON CONFLICT (role, aggregate_id) DO UPDATE SET sequence_number = EXCLUDED.sequence_number
                WHERE known.sequence_number < EXCLUDED.sequence_number""")
                .param("role", role.name()).param("aggregate", aggregateId).param("number", sequenceNumber).update() == 1;
    }

    /** Empty if none was. */
    OptionalLong last(ActionRole role, String aggregateId) {
        return last(role, aggregateId, "");
    }

    /** The same, and nothing else of the aggregate is heard until the end of the transaction. */
    OptionalLong lastForUpdate(ActionRole role, String aggregateId) {
        return last(role, aggregateId, " FOR UPDATE");
    }

    private OptionalLong last(ActionRole role, String aggregateId, String lock) {
        return jdbc.sql("SELECT sequence_number FROM heard_event WHERE role = :role AND aggregate_id = :aggregate" + lock)
                .param("role", role.name()).param("aggregate", aggregateId).query(Long.class).optional().map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }
}
