package io.masumi.node.chain.follower;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.chain.provider.ChainTransaction;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.source.PaymentSourceId;

/** The tables of cursors, and of the blocks and transactions that were seen. */
final class FollowerStore {

    /** As far as Cardano's ledger can roll back, blocks. */
    private static final int REMEMBERED_BLOCKS = 2160;

    private static final int LONGEST_NOTE = 2000;

    private final JdbcClient jdbc;
    private final TransactionTemplate inTransaction;
    private final Clock clock;

    FollowerStore(JdbcClient jdbc, TransactionTemplate inTransaction, Clock clock) {
        this.jdbc = jdbc;
        this.inTransaction = inTransaction;
        this.clock = clock;
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

    /** This transaction is recorded, with all before it. @param recordedOn ids of the aggregates that know it. @param note may be null */
    void recorded(PaymentSourceId sourceId, ChainTransaction transaction, List<String> recordedOn, String note) {
        inTransaction.executeWithoutResult(_ -> {
            jdbc.sql(
                    """
                            INSERT INTO observed_transaction (source_id, hash, block_height, block_hash, transaction_index, recorded_on, note, observed_at)
                            VALUES (:source, :hash, :height, :block, :index, :recordedOn, :note, :now)
                            ON CONFLICT (source_id, hash) DO UPDATE SET block_height = EXCLUDED.block_height, block_hash = EXCLUDED.block_hash,
                                transaction_index = EXCLUDED.transaction_index, recorded_on = EXCLUDED.recorded_on, note = EXCLUDED.note""")
                    .param("source", sourceId.value()).param("hash", transaction.hash()).param("height", transaction.at().blockHeight())
                    .param("block", transaction.at().blockHash()).param("index", transaction.index())
                    .param("recordedOn", recordedOn.toArray(String[]::new))
                    .param("note", note == null || note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE))
                    .param("now", now()).update();
            advance(sourceId, new Cursor(transaction.at(), transaction.index()));
        });
    }

    /** Blocks that were seen, newest first. */
    List<ChainPoint> seenBlocks(PaymentSourceId sourceId) {
        return jdbc.sql("SELECT * FROM observed_block WHERE source_id = ? ORDER BY block_height DESC").param(sourceId.value())
                .query(FollowerStore::point).list();
    }

    /** This block is part of the chain now. */
    void remember(PaymentSourceId sourceId, ChainPoint block) {
        jdbc.sql("""
                INSERT INTO observed_block (source_id, block_height, block_hash, slot, block_time)
                VALUES (:source, :height, :hash, :slot, :time)
                ON CONFLICT (source_id, block_height) DO UPDATE
                SET block_hash = EXCLUDED.block_hash, slot = EXCLUDED.slot, block_time = EXCLUDED.block_time""")
                .param("source", sourceId.value()).param("height", block.blockHeight()).param("hash", block.blockHash())
                .param("slot", block.slot()).param("time", block.blockTime()).update();
        jdbc.sql("DELETE FROM observed_block WHERE source_id = ? AND block_height < ?")
                .params(sourceId.value(), block.blockHeight() - REMEMBERED_BLOCKS).update();
    }

    /** Everything above this block was rolled back; it is looked at anew. @return transactions that were recorded above it */
    List<String> goBack(PaymentSourceId sourceId, ChainPoint common) {
        return inTransaction.execute(_ -> {
            jdbc.sql("DELETE FROM observed_block WHERE source_id = ? AND block_height > ?").params(sourceId.value(), common.blockHeight())
                    .update();
            save(sourceId, Cursor.after(common));
            return jdbc.sql(
                    "SELECT hash FROM observed_transaction WHERE source_id = ? AND block_height > ? ORDER BY block_height, transaction_index")
                    .params(sourceId.value(), common.blockHeight()).query(String.class).list();
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
