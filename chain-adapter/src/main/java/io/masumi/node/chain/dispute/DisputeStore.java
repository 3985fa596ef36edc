package io.masumi.node.chain.dispute;

import io.masumi.node.chain.cardano.transaction.UnsignedTransaction;
import io.masumi.node.dispute.DisputeWithdrawalId;
import io.masumi.node.dispute.DisputeWithdrawalStatus;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.source.PaymentSourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of disputed withdrawals. */
final class DisputeStore {

    private static final int LONGEST_REPLY = 2000;

    private final JdbcClient jdbc;
    private final Clock clock;

    DisputeStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void insert(DisputeWithdrawalId id, PaymentSourceId sourceId, OutputRef escrow, UnsignedTransaction transaction) {
        jdbc.sql("""
                INSERT INTO dispute_withdrawal (id, source_id, transaction_hash, bytes, escrow_hash, escrow_index, valid_until_slot, status,
                                                submit_at, created_at)
                VALUES (:id, :source, :hash, :bytes, :escrow, :index, :validUntil, 'Collecting', :now, :now)
                ON CONFLICT (id) DO NOTHING""")
                .param("id", id.value()).param("source", sourceId.value()).param("hash", transaction.hash())
                .param("bytes", transaction.bytes()).param("escrow", escrow.transactionHash()).param("index", escrow.index())
                .param("validUntil", transaction.validUntilSlot()).param("now", utc(clock.instant())).update();
    }

    Optional<StoredWithdrawal> find(DisputeWithdrawalId id) {
        return jdbc.sql("SELECT * FROM dispute_withdrawal WHERE id = ?").param(id.value()).query(DisputeStore::row).optional();
    }

    PaymentSourceId source(DisputeWithdrawalId id) {
        return new PaymentSourceId(jdbc.sql("SELECT source_id FROM dispute_withdrawal WHERE id = ?").param(id.value()).query(String.class)
                .single());
    }

    /** Those that something can still become of, oldest first. */
    List<StoredWithdrawal> open(PaymentSourceId sourceId) {
        return jdbc.sql("SELECT * FROM dispute_withdrawal WHERE NOT settled AND source_id = ? ORDER BY created_at, id")
                .param(sourceId.value()).query(DisputeStore::row).list();
    }

    /** All signatures are there. @param bytes with them. Does nothing when it was so already */
    void complete(DisputeWithdrawalId id, byte[] bytes) {
        jdbc.sql("UPDATE dispute_withdrawal SET bytes = :bytes, status = CASE status WHEN 'Collecting' THEN 'Complete' ELSE status END,"
                + " submit_at = :now WHERE id = :id").param("bytes", bytes).param("now", utc(clock.instant())).param("id", id.value())
                .update();
    }

    /** It is about to be sent: from now on the network may know it. */
    void sending(DisputeWithdrawalId id, Instant nextTime) {
        jdbc.sql("UPDATE dispute_withdrawal SET submit_attempts = submit_attempts + 1, submit_at = :next WHERE id = :id")
                .param("next", utc(nextTime)).param("id", id.value()).update();
    }

    void accepted(DisputeWithdrawalId id, Instant nextTime) {
        jdbc.sql("UPDATE dispute_withdrawal SET status = 'Submitted', last_reply = NULL, submit_at = :next WHERE id = :id")
                .param("next", utc(nextTime)).param("id", id.value()).update();
    }

    void notAccepted(DisputeWithdrawalId id, String reply) {
        jdbc.sql("UPDATE dispute_withdrawal SET last_reply = :reply WHERE id = :id")
                .param("reply", reply.length() <= LONGEST_REPLY ? reply : reply.substring(0, LONGEST_REPLY)).param("id", id.value())
                .update();
    }

    /** What the chain shows of it. @param goneAtHeight and {@code expiredAtHeight} null when it is not so (any more) */
    void seen(DisputeWithdrawalId id, Long goneAtHeight, Long expiredAtHeight) {
        jdbc.sql("UPDATE dispute_withdrawal SET escrow_gone_at_height = :gone, expired_at_height = :expired WHERE id = :id")
                .param("gone", goneAtHeight).param("expired", expiredAtHeight).param("id", id.value()).update();
    }

    /** @param settled whether it stays so */
    void status(DisputeWithdrawalId id, DisputeWithdrawalStatus status, boolean settled) {
        jdbc.sql("UPDATE dispute_withdrawal SET status = :status, settled = :settled, submit_at = :now WHERE id = :id")
                .param("status", status.name()).param("settled", settled).param("now", utc(clock.instant())).param("id", id.value())
                .update();
    }

    private static StoredWithdrawal row(ResultSet row, int number) throws SQLException {
        return new StoredWithdrawal(new DisputeWithdrawalId(row.getString("id")), row.getString("transaction_hash"), row.getBytes("bytes"),
                new OutputRef(row.getString("escrow_hash"), row.getInt("escrow_index")), row.getLong("valid_until_slot"),
                DisputeWithdrawalStatus.valueOf(row.getString("status")), row.getInt("submit_attempts"),
                row.getObject("submit_at", OffsetDateTime.class).toInstant(), row.getObject("escrow_gone_at_height", Long.class),
                row.getObject("expired_at_height", Long.class));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
