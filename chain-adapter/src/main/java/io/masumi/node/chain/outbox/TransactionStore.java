package io.masumi.node.chain.outbox;

import static io.masumi.node.chain.outbox.TransactionStep.ACCEPT;
import static io.masumi.node.chain.outbox.TransactionStep.CONFIRM;
import static io.masumi.node.chain.outbox.TransactionStep.DROP;
import static io.masumi.node.chain.outbox.TransactionStep.FAIL;
import static io.masumi.node.chain.outbox.TransactionStep.ROLL_BACK;

import io.masumi.node.chain.cardano.transaction.NeededOutputs;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.WalletRef;
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

/** The table of our transactions. */
final class TransactionStore {

    private static final String OPEN = "status " + TransactionStatus.OPEN;

    private final JdbcClient jdbc;
    private final ReservationStore reservations;
    private final Clock clock;

    /** @param reservations of what they spend, put up and give back */
    TransactionStore(JdbcClient jdbc, ReservationStore reservations, Clock clock) {
        this.jdbc = jdbc;
        this.reservations = reservations;
        this.clock = clock;
    }

    /**
     * Stores a transaction before it is sent.
     *
     * @param depth how many unconfirmed transactions in a row its change then hangs on
     * @throws org.springframework.dao.DuplicateKeyException if an open transaction spends one of its inputs already
     */
    void insert(PaymentSourceId sourceId, WalletRef wallet, SignedTransaction signed, int depth) {
        jdbc.sql("""
                INSERT INTO chain_transaction (hash, source_id, wallet_id, wallet_vkey, wallet_address, bytes, valid_until_slot,
                                               fee_lovelace, agent_identifier, status, submit_at, signed_at)
                VALUES (:hash, :source, :wallet, :vkey, :address, :bytes, :validUntil, :fee, :agent, :status, :now, :now)""")
                .param("hash", signed.hash()).param("source", sourceId.value()).param("wallet", wallet.id()).param("vkey", wallet.vkey())
                .param("address", wallet.address()).param("bytes", signed.bytes()).param("validUntil", signed.validUntilSlot())
                .param("fee", signed.feeLovelace()).param("agent", signed.agentIdentifier())
                .param("status", TransactionStatus.Signed.name()).param("now", now()).update();
        reservations.reserve(signed, wallet.id(), depth);
    }

    /** What is neither on chain for good nor lost, in the order of signing: parents before children. */
    List<StoredTransaction> open(PaymentSourceId sourceId) {
        return jdbc.sql("SELECT * FROM chain_transaction WHERE " + OPEN + " AND source_id = :source ORDER BY number")
                .param("source", sourceId.value()).query(TransactionStore::row).list();
    }

    /** One of those, empty when it is not open any more. */
    Optional<StoredTransaction> open(String hash) {
        return jdbc.sql("SELECT * FROM chain_transaction WHERE " + OPEN + " AND hash = :hash").param("hash", hash)
                .query(TransactionStore::row).optional();
    }

    /** Those whose time to be sent (again) has come, parents before children. */
    List<StoredTransaction> toSend(PaymentSourceId sourceId) {
        return jdbc.sql("SELECT * FROM chain_transaction WHERE " + OPEN + " AND source_id = :source AND submit_at <= :now"
                + " AND expired_at_height IS NULL ORDER BY number")
                .param("source", sourceId.value()).param("now", now()).query(TransactionStore::row).list();
    }

    /** It is about to be sent: from now on it may be known to others. @return false if it was given up meanwhile */
    boolean sending(String hash, Instant nextTime) {
        return jdbc.sql("UPDATE chain_transaction SET submit_attempts = submit_attempts + 1, submit_at = :next WHERE hash = :hash AND "
                + OPEN).param("hash", hash).param("next", utc(nextTime)).update() == 1;
    }

    /** It is not sent before that time. */
    void putOff(String hash, Instant until) {
        jdbc.sql("UPDATE chain_transaction SET submit_at = :until WHERE hash = :hash").param("hash", hash).param("until", utc(until))
                .update();
    }

    /** Whether nobody but us can know it; stays so until the caller's database transaction ends. */
    boolean neverSent(String hash) {
        return jdbc.sql("SELECT submit_attempts = 0 FROM chain_transaction WHERE hash = ? FOR UPDATE").param(hash).query(Boolean.class)
                .single();
    }

    /** It is in the mempool or on chain. @param nextTime when to send it again if it is not on chain for good by then */
    void accepted(String hash, Instant nextTime) {
        move(ACCEPT, ", last_reply = NULL, submitted_at = COALESCE(submitted_at, :now), submit_at = :next", hash).param("now", now())
                .param("next", utc(nextTime)).update();
    }

    void notAccepted(String hash, String reply) {
        jdbc.sql("UPDATE chain_transaction SET last_reply = :reply WHERE hash = :hash").param("hash", hash).param("reply", reply).update();
    }

    void checked(String hash) {
        jdbc.sql("UPDATE chain_transaction SET last_checked_at = :now WHERE hash = :hash").param("hash", hash).param("now", now()).update();
    }

    /** The chain is beyond its validity, first seen so at that height. */
    void expired(String hash, long height) {
        jdbc.sql("UPDATE chain_transaction SET expired_at_height = COALESCE(expired_at_height, :height) WHERE hash = :hash")
                .param("hash", hash).param("height", height).update();
    }

    /** It is in this block, and about to be taken for being there for good. */
    void inBlock(String hash, ChainPoint at) {
        jdbc.sql("UPDATE chain_transaction SET block_hash = :block, block_height = :height WHERE hash = :hash").param("hash", hash)
                .param("block", at.blockHash()).param("height", at.blockHeight()).update();
    }

    /** A record took it for being on chain for good, and knows that it is not. */
    void rolledBack(String hash) {
        jdbc.sql("UPDATE chain_transaction SET rolled_back_at = :now WHERE hash = :hash AND rolled_back_at IS NULL AND " + OPEN)
                .param("hash", hash).param("now", now()).update();
    }

    /**
     * It is on chain for good. What it spent stays reserved until no rollback is expected to give that back: else something
     * else could be built on it before it is known that this transaction must be sent again.
     *
     * @param scriptsPassed false when it only cost its collateral
     */
    void confirmed(String hash, ChainPoint at, boolean scriptsPassed) {
        if (move(scriptsPassed ? CONFIRM : FAIL, ", block_hash = :block, block_height = :height", hash).param("block", at.blockHash())
                .param("height", at.blockHeight()).update() == 0) {
            return;
        }
        if (scriptsPassed) {
            reservations.keepInputs(hash);
        } else {
            reservations.release(hash);
        }
    }

    /**
     * The blocks above that height are gone: what was on chain for good in one of them is open again and reserves again what it
     * spends, and everything open is to be sent again at once, because mempools may have lost it.
     *
     * @return hashes of what is open again, parents before children
     */
    List<String> reopenAbove(PaymentSourceId sourceId, long height) {
        List<Reopened> lost = jdbc
                .sql("SELECT hash, bytes FROM chain_transaction WHERE source_id = :source AND status " + ROLL_BACK.allowed()
                        + " AND block_height > :height ORDER BY number FOR UPDATE")
                .param("source", sourceId.value()).param("height", height)
                .query((row, _) -> new Reopened(row.getString("hash"), NeededOutputs.of(row.getBytes("bytes")))).list();
        for (Reopened each : lost) {
            move(ROLL_BACK, ", rolled_back_at = :now, last_reply = NULL", each.hash()).param("now", now()).update();
            reservations.reserveAgain(each.hash(), each.outputs());
        }
        // The chain may be shorter now than their validity.
        jdbc.sql("UPDATE chain_transaction SET submit_at = :now, expired_at_height = NULL,"
                + " rolled_back_at = CASE WHEN block_height > :height THEN :now ELSE rolled_back_at END"
                + " WHERE source_id = :source AND " + OPEN)
                .param("source", sourceId.value()).param("height", height).param("now", now()).update();
        return lost.stream().map(Reopened::hash).toList();
    }

    private record Reopened(String hash, NeededOutputs outputs) {}

    /** The block in which a transaction was for good before a rollback, in words; empty if it never was. */
    Optional<String> rolledBackFrom(String hash) {
        return jdbc.sql("SELECT block_hash, block_height FROM chain_transaction WHERE hash = ? AND rolled_back_at IS NOT NULL").param(hash)
                .query((row, _) -> row.getString("block_hash") == null
                        ? "a block"
                        : "block " + row.getString("block_hash") + " at height " + row.getLong("block_height"))
                .optional();
    }

    /** It will never land. @return false if it was given up before, or is on chain for good */
    boolean dropped(String hash, String why) {
        boolean dropped = move(DROP, ", last_reply = :why", hash).param("why", why).update() == 1;
        if (dropped) {
            reservations.release(hash);
        }
        return dropped;
    }

    /** Whether a transaction of that wallet is on its way. */
    boolean hasOpen(String walletId) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM chain_transaction WHERE wallet_id = ? AND " + OPEN + ")").param(walletId)
                .query(Boolean.class).single();
    }

    private JdbcClient.StatementSpec move(TransactionStep step, String set, String hash) {
        return jdbc.sql("UPDATE chain_transaction SET status = " + step.target() + set + " WHERE hash = :hash AND status "
                + step.allowed()).param("hash", hash);
    }

    private static StoredTransaction row(ResultSet row, int number) throws SQLException {
        return new StoredTransaction(row.getString("hash"),
                new WalletRef(row.getString("wallet_id"), row.getString("wallet_vkey"), row.getString("wallet_address")),
                row.getBytes("bytes"), row.getLong("valid_until_slot"), row.getString("agent_identifier"),
                TransactionStatus.valueOf(row.getString("status")) == TransactionStatus.Submitted, row.getInt("submit_attempts"),
                row.getObject("submit_at", OffsetDateTime.class).toInstant(), row.getString("last_reply"),
                row.getObject("expired_at_height", Long.class));
    }

    private OffsetDateTime now() {
        return utc(clock.instant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
