package io.masumi.node.chain.follower.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.source.PaymentSourceId;

/** The table of orders to read contracts' lists once more. */
public final class Rereadings {

    private static final String BEFORE_GIVING_UP = "before sales without a lock are given up";

    /** What the provider does not show in all these tries, with growing waits and over about an hour, holds up nothing else. */
    public static final int MANY_TRIES = 20;

    private final JdbcClient jdbc;
    private final Clock clock;

    public Rereadings(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Orders it. One that is under way from the same block is the same order. @param why of a new one, in words */
    public Rereading order(PaymentSourceId sourceId, long fromHeight, String why) {
        return jdbc.sql(
                "SELECT * FROM rereading WHERE source_id = :source AND from_time IS NULL AND from_height = :from AND finished_at IS NULL")
                .param("source", sourceId.value()).param("from", fromHeight).query(Rereadings::row).optional()
                .orElseGet(() -> jdbc
                        .sql("INSERT INTO rereading (source_id, why, from_height, ordered_at, retry_at) VALUES (:source, :why, :from, :now, :now)"
                                + " RETURNING *")
                        .param("source", sourceId.value()).param("why", why).param("from", fromHeight).param("now", now())
                        .query(Rereadings::row).single());
    }

    /**
     * Whether everything at the contract between two times is recorded, by a list that was read after the second; else that is
     * ordered, in the caller's database transaction.
     *
     * @param from Unix ms
     * @param to Unix ms
     */
    boolean covers(PaymentSourceId sourceId, long from, long to) {
        boolean listed = jdbc.sql("SELECT EXISTS (SELECT 1 FROM rereading WHERE source_id = ? AND from_time <= ? AND through_time > ?)")
                .params(sourceId.value(), from, to).query(Boolean.class).single();
        if (!listed) {
            orderFrom(sourceId, from);
            return false;
        }
        return jdbc.sql("SELECT NOT EXISTS (SELECT 1 FROM awaited_transaction WHERE source_id = ? AND NOT again AND failures < ?)")
                .params(sourceId.value(), MANY_TRIES).query(Boolean.class).single();
    }

    /** Many sales share one order, as long as it has not begun or reaches back far enough. */
    private void orderFrom(PaymentSourceId sourceId, long time) {
        jdbc.sql("""
                WITH under_way AS (SELECT * FROM rereading WHERE source_id = :source AND from_time IS NOT NULL AND finished_at IS NULL),
                     widened AS (UPDATE rereading SET from_time = :from WHERE from_height IS NULL AND from_time > :from
                                 AND number IN (SELECT number FROM under_way) RETURNING number)
                INSERT INTO rereading (source_id, why, from_time, ordered_at, retry_at)
                SELECT :source, :why, :from, :now, :now
                WHERE NOT EXISTS (SELECT 1 FROM widened) AND NOT EXISTS (SELECT 1 FROM under_way WHERE from_time <= :from)""")
                .param("source", sourceId.value()).param("from", time).param("why", BEFORE_GIVING_UP).param("now", now()).update();
    }

    /** The one that is under way and whose turn it is: they take turns, so that a long one holds up no other. */
    public Optional<Rereading> next(PaymentSourceId sourceId) {
        return jdbc.sql("SELECT * FROM rereading WHERE source_id = ? AND finished_at IS NULL AND retry_at <= ?"
                + " ORDER BY retry_at, number LIMIT 1").params(sourceId.value(), now()).query(Rereadings::row).optional();
    }

    /** Its first block is known. @return false if it is to reach back further meanwhile */
    public boolean begin(Rereading rereading, long fromHeight) {
        return jdbc.sql("UPDATE rereading SET from_height = ? WHERE number = ? AND from_time = ?")
                .params(fromHeight, rereading.number(), rereading.fromTime()).update() == 1;
    }

    /** Everything up to this transaction was looked at, and it is the others' turn. @param found how many of it were not recorded */
    public void lookedAt(Rereading rereading, long height, int index, int found) {
        jdbc.sql("UPDATE rereading SET done_height = ?, done_index = ?, found = found + ?, retry_at = ? WHERE number = ?")
                .params(height, index, found, now(), rereading.number()).update();
    }

    /** It cannot go on now. */
    public void postpone(Rereading rereading, Duration wait) {
        jdbc.sql("UPDATE rereading SET retry_at = ? WHERE number = ?").params(now().plus(wait), rereading.number()).update();
    }

    /** It cannot go on now, because the provider's answer lacked something. */
    public void tryLater(Rereading rereading, Duration wait) {
        jdbc.sql("UPDATE rereading SET retry_at = ?, setbacks = setbacks + 1 WHERE number = ?")
                .params(now().plus(wait), rereading.number()).update();
    }

    /** It is done, up to this block. */
    public void finish(Rereading rereading, ChainPoint through) {
        jdbc.sql("UPDATE rereading SET finished_at = :now, through_height = :height, through_time = :time WHERE number = :number")
                .param("now", now()).param("height", through.blockHeight()).param("time", through.blockTime())
                .param("number", rereading.number()).update();
    }

    /** The newest orders, newest first. */
    List<Rereading> newest(PaymentSourceId sourceId, int limit) {
        return jdbc.sql("SELECT * FROM rereading WHERE source_id = ? ORDER BY number DESC LIMIT ?").params(sourceId.value(), limit)
                .query(Rereadings::row).list();
    }

    private static Rereading row(ResultSet row, int number) throws SQLException {
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        return new Rereading(row.getLong("number"), row.getString("why"), row.getObject("from_time", Long.class),
                row.getObject("from_height", Long.class), row.getObject("done_height", Long.class),
                row.getObject("done_index", Integer.class), row.getInt("found"),
                row.getObject("ordered_at", OffsetDateTime.class).toInstant(), finished == null ? null : finished.toInstant(),
                row.getObject("through_height", Long.class), row.getInt("setbacks"));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
