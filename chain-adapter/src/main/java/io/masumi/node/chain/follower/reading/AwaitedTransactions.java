package io.masumi.node.chain.follower.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.source.PaymentSourceId;

/**
 * The table of transactions that are to be recorded whether or not a list shows them. They are recorded in the order of the
 * chain, once the follower has passed by their blocks.
 */
public final class AwaitedTransactions {

    private final JdbcClient jdbc;
    private final Clock clock;

    public AwaitedTransactions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A transaction is known to be on chain. Does nothing if it is recorded. @param height of its block. @param why in words */
    public void await(PaymentSourceId sourceId, String hash, long height, String why) {
        awaitAt(sourceId, hash, height, why);
    }

    /** The same where it is not known in which block. */
    public void await(PaymentSourceId sourceId, String hash, String why) {
        awaitAt(sourceId, hash, null, why);
    }

    private void awaitAt(PaymentSourceId sourceId, String hash, Long height, String why) {
        jdbc.sql("""
                INSERT INTO awaited_transaction AS known (source_id, hash, block_height, again, why, retry_at, awaited_since)
                SELECT :source, :hash, :height::bigint, FALSE, :why, :now, :now
                WHERE NOT EXISTS (SELECT 1 FROM observed_transaction WHERE source_id = :source AND hash = :hash)
                ON CONFLICT (source_id, hash) DO UPDATE SET block_height = COALESCE(EXCLUDED.block_height, known.block_height)""")
                .param("source", sourceId.value()).param("hash", hash).param("height", height).param("why", why)
                .param("now", now()).update();
    }

    /** A transaction that is recorded is to be recorded once more. @param height of its block */
    public void again(PaymentSourceId sourceId, String hash, long height, String why) {
        jdbc.sql("""
                INSERT INTO awaited_transaction (source_id, hash, block_height, again, why, retry_at, awaited_since)
                VALUES (:source, :hash, :height, TRUE, :why, :now, :now)
                ON CONFLICT (source_id, hash) DO UPDATE SET again = TRUE, block_height = EXCLUDED.block_height""")
                .param("source", sourceId.value()).param("hash", hash).param("height", height).param("why", why)
                .param("now", now()).update();
    }

    /** Of those of which it is not known in which block they are, these are there as far as is known now; others may have been rolled back. */
    public void onlyThese(PaymentSourceId sourceId, Collection<String> hashes) {
        jdbc.sql("DELETE FROM awaited_transaction WHERE source_id = :source AND block_height IS NULL AND hash <> ALL (:hashes)")
                .param("source", sourceId.value()).param("hashes", hashes.toArray(String[]::new)).update();
    }

    /** Those whose turn it is, in the order of the chain. @param height of the last block that the follower has done with */
    public List<AwaitedTransaction> due(PaymentSourceId sourceId, long height, int limit) {
        return jdbc.sql("""
                SELECT * FROM awaited_transaction
                WHERE source_id = :source AND retry_at <= :now AND (block_height IS NULL OR block_height <= :height)
                ORDER BY block_height NULLS LAST, number LIMIT :limit""")
                .param("source", sourceId.value()).param("now", now()).param("height", height).param("limit", limit)
                .query(AwaitedTransactions::row).list();
    }

    /** It is recorded. */
    public void done(PaymentSourceId sourceId, String hash) {
        jdbc.sql("DELETE FROM awaited_transaction WHERE source_id = ? AND hash = ?").params(sourceId.value(), hash).update();
    }

    /** It is in a block that the follower has not come to yet. */
    public void notYet(PaymentSourceId sourceId, String hash, ChainPoint at) {
        jdbc.sql("UPDATE awaited_transaction SET block_height = ? WHERE source_id = ? AND hash = ?")
                .params(at.blockHeight(), sourceId.value(), hash).update();
    }

    /** It cannot be recorded now. */
    public void postpone(PaymentSourceId sourceId, String hash, Duration wait) {
        jdbc.sql("UPDATE awaited_transaction SET failures = failures + 1, retry_at = :at WHERE source_id = :source AND hash = :hash")
                .param("at", now().plus(wait)).param("source", sourceId.value()).param("hash", hash).update();
    }

    /**
     * The blocks above this one are gone, in the caller's database transaction, and records that heard of one were taken back to how
     * they stood before. What they had recorded after it of earlier blocks is recorded once more.
     */
    public void rolledBack(PaymentSourceId sourceId, ChainPoint common) {
        jdbc.sql("DELETE FROM awaited_transaction WHERE source_id = ? AND block_height > ?")
                .params(sourceId.value(), common.blockHeight()).update();
        jdbc.sql("UPDATE rereading SET through_time = NULL WHERE source_id = ? AND through_height > ?")
                .params(sourceId.value(), common.blockHeight()).update();
        jdbc.sql("""
                INSERT INTO awaited_transaction (source_id, hash, block_height, again, why, retry_at, awaited_since)
                SELECT source_id, hash, block_height, TRUE, 'a rollback reached what was recorded before it', :now, :now
                FROM observed_transaction
                WHERE source_id = :source AND block_height <= :common AND late_at_height > :common
                ORDER BY block_height, transaction_index
                ON CONFLICT (source_id, hash) DO UPDATE SET again = TRUE""")
                .param("source", sourceId.value()).param("common", common.blockHeight()).param("now", now()).update();
    }

    /** The last block whose transactions are all recorded, as far as lists showed them; null before the first look. */
    Long followedTo(PaymentSourceId sourceId) {
        return jdbc.sql("SELECT block_height FROM follower_cursor WHERE source_id = ?").param(sourceId.value()).query(Long.class)
                .optional().orElse(null);
    }

    /** Those that come first. */
    List<ReadingStatus.Awaited> first(PaymentSourceId sourceId, int limit) {
        return jdbc.sql("SELECT * FROM awaited_transaction WHERE source_id = ? ORDER BY block_height NULLS LAST, number LIMIT ?")
                .params(sourceId.value(), limit)
                .query((row, _) -> new ReadingStatus.Awaited(row.getString("hash"), row.getObject("block_height", Long.class),
                        row.getString("why"), row.getInt("failures"), row.getObject("awaited_since", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static AwaitedTransaction row(ResultSet row, int number) throws SQLException {
        return new AwaitedTransaction(row.getString("hash"), row.getBoolean("again"), row.getInt("failures"));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
