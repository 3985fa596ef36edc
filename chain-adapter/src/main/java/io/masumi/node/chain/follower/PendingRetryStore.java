package io.masumi.node.chain.follower;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.source.PaymentSourceId;

/** The table of what could not be recorded on aggregates yet. What comes later for the same aggregate waits behind it. */
final class PendingRetryStore {

    private static final int LONGEST_NOTE = 2000;

    private final JdbcClient jdbc;
    private final Clock clock;

    PendingRetryStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Aggregates that something waits for. */
    Set<String> aggregates(PaymentSourceId sourceId) {
        return jdbc.sql("SELECT DISTINCT aggregate_id FROM pending_retry WHERE source_id = ?").param(sourceId.value())
                .query(String.class).set();
    }

    /** It is recorded later. Doing it again changes nothing. */
    void add(PaymentSourceId sourceId, String aggregateId, String transactionHash, String note) {
        jdbc.sql("""
                INSERT INTO pending_retry (source_id, aggregate_id, transaction_hash, retry_at, note, pending_since)
                VALUES (:source, :aggregate, :hash, :now, :note, :now)
                ON CONFLICT (aggregate_id, transaction_hash) DO NOTHING""")
                .param("source", sourceId.value()).param("aggregate", aggregateId).param("hash", transactionHash)
                .param("note", cut(note)).param("now", utc(clock.instant())).update();
    }

    /** The record hears of the rollback later. Doing it again changes nothing. */
    void add(PaymentSourceId sourceId, RolledBackRecord rolledBack, String note) {
        jdbc.sql(
                """
                        INSERT INTO pending_retry (source_id, aggregate_id, transaction_hash, role, back_to_height, back_to_hash, back_to_slot,
                                                           back_to_time, retry_at, note, pending_since)
                        VALUES (:source, :aggregate, :name, :role, :height, :hash, :slot, :time, :now, :note, :now)
                        ON CONFLICT (aggregate_id, transaction_hash) DO NOTHING""")
                .param("source", sourceId.value()).param("aggregate", rolledBack.id())
                .param("name", "rollback to " + rolledBack.backTo().blockHash()).param("role", rolledBack.role().name())
                .param("height", rolledBack.backTo().blockHeight()).param("hash", rolledBack.backTo().blockHash())
                .param("slot", rolledBack.backTo().slot()).param("time", rolledBack.backTo().blockTime()).param("note", cut(note))
                .param("now", utc(clock.instant())).update();
    }

    /** The first of each aggregate, when its time has come. */
    List<PendingRetry> due(PaymentSourceId sourceId) {
        return jdbc.sql("""
                SELECT * FROM (
                    SELECT DISTINCT ON (aggregate_id) * FROM pending_retry WHERE source_id = :source
                    ORDER BY aggregate_id, number) first
                WHERE retry_at <= :now ORDER BY number""")
                .param("source", sourceId.value()).param("now", utc(clock.instant())).query(PendingRetryStore::row).list();
    }

    /** It is recorded after all. */
    void recorded(PendingRetry observation) {
        jdbc.sql("DELETE FROM pending_retry WHERE aggregate_id = ? AND transaction_hash = ?")
                .params(observation.aggregateId(), observation.transactionHash()).update();
    }

    /** Another try failed. */
    void failed(PendingRetry observation, Duration wait, String note) {
        jdbc.sql("""
                UPDATE pending_retry SET failures = failures + 1, retry_at = :at, note = :note
                WHERE aggregate_id = :aggregate AND transaction_hash = :hash""")
                .param("at", utc(clock.instant().plus(wait))).param("note", cut(note)).param("aggregate", observation.aggregateId())
                .param("hash", observation.transactionHash()).update();
    }

    /** These transactions were rolled back; those that come again are looked at anew. */
    void forget(PaymentSourceId sourceId, Collection<String> transactionHashes) {
        jdbc.sql("DELETE FROM pending_retry WHERE source_id = :source AND transaction_hash = ANY (:hashes)")
                .param("source", sourceId.value()).param("hashes", transactionHashes.toArray(String[]::new)).update();
    }

    private static PendingRetry row(ResultSet row, int number) throws SQLException {
        String id = row.getString("aggregate_id");
        String role = row.getString("role");
        return new PendingRetry(id, row.getString("transaction_hash"), row.getInt("failures"), role == null
                ? null
                : new RolledBackRecord(ActionRole.valueOf(role), id,
                        new ChainPoint(row.getLong("back_to_slot"), row.getString("back_to_hash"),
                                row.getLong("back_to_height"), row.getLong("back_to_time"))));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_NOTE ? text : text.substring(0, LONGEST_NOTE);
    }
}
