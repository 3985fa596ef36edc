package io.masumi.node.chain.follower;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.follower.reading.AwaitedTransactions;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.cardano.LedgerConstants;

/** The tables of cursors, and of the blocks and transactions that were seen. */
final class FollowerStore {

    private static final int LONGEST_NOTE = 2000;

    private final JdbcClient jdbc;
    private final TransactionTemplate inTransaction;
    private final AwaitedTransactions awaited;
    private final Clock clock;

    FollowerStore(JdbcClient jdbc, TransactionTemplate inTransaction, AwaitedTransactions awaited, Clock clock) {
        this.jdbc = jdbc;
        this.awaited = awaited;
        this.inTransaction = inTransaction;
        this.clock = clock;
    }

    /** A contract is followed from a block on. */
    void begin(PaymentSourceId sourceId, long height) {
        jdbc.sql("""
                INSERT INTO source_standing (source_id, followed_from) VALUES (:source, :height)
                ON CONFLICT (source_id) DO UPDATE SET followed_from = EXCLUDED.followed_from""")
                .param("source", sourceId.value()).param("height", height).update();
    }

    /** Whether what was seen in a block that was passed is recorded: it was followed, and is not forgotten. @param kept how long nothing is */
    boolean isKept(PaymentSourceId sourceId, ChainPoint block, Duration kept) {
        return block.blockTime() > clock.instant().minus(kept).toEpochMilli()
                && jdbc.sql("SELECT EXISTS (SELECT 1 FROM source_standing WHERE source_id = ? AND followed_from <= ?)")
                        .params(sourceId.value(), block.blockHeight()).query(Boolean.class).single();
    }

    Optional<Cursor> cursor(PaymentSourceId sourceId) {
        return jdbc.sql("SELECT block_height, block_hash, slot, block_time, transaction_index FROM follower_cursor WHERE source_id = ?")
                .param(sourceId.value()).query((row, _) -> new Cursor(point(row, 0), row.getInt("transaction_index"))).optional();
    }

    /** Everything up to here is recorded. */
    void advance(PaymentSourceId sourceId, Cursor cursor) {
        inTransaction.executeWithoutResult(_ -> {
            remember(sourceId, cursor.block());
            save(sourceId, cursor);
        });
    }

    /**
     * This transaction is about to be recorded: whenever the node dies, a rollback finds whom it was told to.
     *
     * @param records those it may concern
     */
    void recording(PaymentSourceId sourceId, ChainTransaction transaction, SaleRecords records) {
        inTransaction.executeWithoutResult(_ -> observing(sourceId, transaction, records, null));
    }

    /**
     * The same of one that was passed by. What was observed since of some of the records is to be recorded once more.
     *
     * @param known those of the records that exist
     * @param height how far the follower has come
     */
    void recordingLate(PaymentSourceId sourceId, ChainTransaction transaction, SaleRecords records, SaleRecords known, long height) {
        inTransaction.executeWithoutResult(_ -> {
            observing(sourceId, transaction, records, height);
            observedAfter(sourceId, transaction, known).forEach((hash, at) -> awaited.again(sourceId, hash, at,
                    "transaction " + transaction.hash() + ", which came before it, was recorded after it"));
        });
    }

    private void observing(PaymentSourceId sourceId, ChainTransaction transaction, SaleRecords records, Long lateAtHeight) {
        jdbc.sql("""
                INSERT INTO observed_transaction (source_id, hash, block_height, block_hash, transaction_index, payments, purchases,
                                                  late_at_height, observed_at)
                VALUES (:source, :hash, :height, :block, :index, :payments, :purchases, :late, :now)
                ON CONFLICT (source_id, hash) DO UPDATE SET block_height = EXCLUDED.block_height, block_hash = EXCLUDED.block_hash,
                    transaction_index = EXCLUDED.transaction_index, payments = EXCLUDED.payments, purchases = EXCLUDED.purchases,
                    late_at_height = EXCLUDED.late_at_height""")
                .param("source", sourceId.value()).param("hash", transaction.hash()).param("height", transaction.at().blockHeight())
                .param("block", transaction.at().blockHash()).param("index", transaction.index())
                .param("payments", records.payments().toArray(String[]::new))
                .param("purchases", records.purchases().toArray(String[]::new)).param("late", lateAtHeight).param("now", now()).update();
        remember(sourceId, transaction.at());
    }

    /** This transaction is recorded, with all before it. @param note what of it is odd, may be null */
    void recorded(PaymentSourceId sourceId, ChainTransaction transaction, String note) {
        inTransaction.executeWithoutResult(_ -> {
            observed(sourceId, transaction, note);
            advance(sourceId, new Cursor(transaction.at(), transaction.index()));
        });
    }

    /** The same of one that was passed by. */
    void recordedLate(PaymentSourceId sourceId, ChainTransaction transaction, String note) {
        inTransaction.executeWithoutResult(_ -> observed(sourceId, transaction, note));
    }

    private void observed(PaymentSourceId sourceId, ChainTransaction transaction, String note) {
        jdbc.sql("UPDATE observed_transaction SET note = :note WHERE source_id = :source AND hash = :hash")
                .param("note", note == null || note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE))
                .param("source", sourceId.value()).param("hash", transaction.hash()).update();
        awaited.done(sourceId, transaction.hash());
    }

    boolean isObserved(PaymentSourceId sourceId, String hash) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM observed_transaction WHERE source_id = ? AND hash = ?)")
                .params(sourceId.value(), hash).query(Boolean.class).single();
    }

    /** Those of the hashes that are observed. */
    Set<String> observed(PaymentSourceId sourceId, Collection<String> hashes) {
        return jdbc.sql("SELECT hash FROM observed_transaction WHERE source_id = :source AND hash = ANY (:hashes)")
                .param("source", sourceId.value()).param("hashes", hashes.toArray(String[]::new)).query(String.class).set();
    }

    /** Height of the block in which a transaction was observed. */
    Optional<Long> observedHeight(PaymentSourceId sourceId, String hash) {
        return jdbc.sql("SELECT block_height FROM observed_transaction WHERE source_id = ? AND hash = ?").params(sourceId.value(), hash)
                .query(Long.class).optional();
    }

    /** One that was observed after a cursor and up to another, and is none of these. */
    Optional<String> observedBetween(PaymentSourceId sourceId, Cursor after, Cursor upTo, Collection<String> except) {
        return jdbc.sql("""
                SELECT hash FROM observed_transaction
                WHERE source_id = :source AND block_height BETWEEN :from AND :to
                  AND (block_height, transaction_index) > (:from, :fromIndex) AND (block_height, transaction_index) <= (:to, :toIndex)
                  AND hash <> ALL (:except)
                ORDER BY block_height LIMIT 1""")
                .param("source", sourceId.value()).param("from", after.block().blockHeight()).param("fromIndex", after.transactionIndex())
                .param("to", upTo.block().blockHeight()).param("toIndex", upTo.transactionIndex())
                .param("except", except.toArray(String[]::new)).query(String.class).optional();
    }

    /** The newest block that was seen and is older than a time. @param time Unix ms */
    Optional<ChainPoint> seenBefore(PaymentSourceId sourceId, long time) {
        return jdbc.sql("SELECT * FROM observed_block WHERE source_id = ? AND block_time <= ? ORDER BY block_height DESC LIMIT 1")
                .params(sourceId.value(), time).query(FollowerStore::point).optional();
    }

    /** What was observed of these records after a transaction, in the order of the chain: heights by hash. */
    private Map<String, Long> observedAfter(PaymentSourceId sourceId, ChainTransaction transaction, SaleRecords records) {
        Map<String, Long> found = new LinkedHashMap<>();
        jdbc.sql("""
                SELECT hash, block_height FROM observed_transaction
                WHERE source_id = :source AND block_height >= :height AND (block_height, transaction_index) > (:height, :index)
                  AND (payments && :payments::text[] OR purchases && :purchases::text[])
                ORDER BY block_height, transaction_index""")
                .param("source", sourceId.value()).param("height", transaction.at().blockHeight()).param("index", transaction.index())
                .param("payments", records.payments().toArray(String[]::new))
                .param("purchases", records.purchases().toArray(String[]::new)).query(row -> {
                    found.put(row.getString("hash"), row.getLong("block_height"));
                });
        return found;
    }

    /** What was recorded from blocks above this height, by transaction in chain order. */
    Map<String, SaleRecords> recordedAbove(PaymentSourceId sourceId, long height) {
        Map<String, SaleRecords> found = new LinkedHashMap<>();
        jdbc.sql("SELECT hash, payments, purchases FROM observed_transaction WHERE source_id = ? AND block_height > ?"
                + " ORDER BY block_height, transaction_index").params(sourceId.value(), height)
                .query(row -> {
                    found.put(row.getString("hash"), new SaleRecords(List.of((String[]) row.getArray("payments").getArray()),
                            List.of((String[]) row.getArray("purchases").getArray())));
                });
        return found;
    }

    /** The newest block that was seen up to a height. */
    Optional<ChainPoint> newestSeen(PaymentSourceId sourceId, long height) {
        return jdbc.sql("SELECT * FROM observed_block WHERE source_id = ? AND block_height <= ? ORDER BY block_height DESC LIMIT 1")
                .params(sourceId.value(), height).query(FollowerStore::point).optional();
    }

    /** Blocks that were seen, newest first. */
    List<ChainPoint> seenBlocks(PaymentSourceId sourceId) {
        return jdbc.sql("SELECT * FROM observed_block WHERE source_id = ? ORDER BY block_height DESC").param(sourceId.value())
                .query(FollowerStore::point).list();
    }

    /** This block is part of the chain now. Of the blocks that no rollback can reach the newest is kept: that one is always common. */
    void remember(PaymentSourceId sourceId, ChainPoint block) {
        jdbc.sql("""
                INSERT INTO observed_block (source_id, block_height, block_hash, slot, block_time)
                VALUES (:source, :height, :hash, :slot, :time)
                ON CONFLICT (source_id, block_height) DO UPDATE
                SET block_hash = EXCLUDED.block_hash, slot = EXCLUDED.slot, block_time = EXCLUDED.block_time""")
                .param("source", sourceId.value()).param("height", block.blockHeight()).param("hash", block.blockHash())
                .param("slot", block.slot()).param("time", block.blockTime()).update();
        jdbc.sql("DELETE FROM observed_block WHERE source_id = :source AND block_height <"
                + " (SELECT max(block_height) FROM observed_block WHERE source_id = :source AND block_height <= :beyondReach)")
                .param("source", sourceId.value()).param("beyondReach", block.blockHeight() - LedgerConstants.LONGEST_ROLLBACK).update();
    }

    /** Everything above this block was rolled back and is undone; what comes there is looked at anew. */
    void goBack(PaymentSourceId sourceId, ChainPoint common) {
        inTransaction.executeWithoutResult(_ -> {
            awaited.rolledBack(sourceId, common);
            for (String table : List.of("observed_block", "observed_transaction")) {
                jdbc.sql("DELETE FROM " + table + " WHERE source_id = ? AND block_height > ?")
                        .params(sourceId.value(), common.blockHeight()).update();
            }
            // A cursor in or before the common block knows better what of that is recorded.
            if (cursor(sourceId).filter(cursor -> cursor.block().blockHeight() > common.blockHeight()).isPresent()) {
                save(sourceId, Cursor.after(common));
            }
        });
    }

    private void save(PaymentSourceId sourceId, Cursor cursor) {
        jdbc.sql("""
                INSERT INTO follower_cursor (source_id, slot, block_hash, block_height, block_time, transaction_index, updated_at)
                VALUES (:source, :slot, :hash, :height, :time, :index, :now)
                ON CONFLICT (source_id) DO UPDATE SET slot = EXCLUDED.slot, block_hash = EXCLUDED.block_hash,
                    block_height = EXCLUDED.block_height, block_time = EXCLUDED.block_time,
                    transaction_index = EXCLUDED.transaction_index, updated_at = EXCLUDED.updated_at""")
                .param("source", sourceId.value()).param("slot", cursor.block().slot()).param("hash", cursor.block().blockHash())
                .param("height", cursor.block().blockHeight()).param("time", cursor.block().blockTime())
                .param("index", cursor.transactionIndex()).param("now", now()).update();
    }

    private static ChainPoint point(ResultSet row, int number) throws SQLException {
        return new ChainPoint(row.getLong("slot"), row.getString("block_hash"), row.getLong("block_height"), row.getLong("block_time"));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
