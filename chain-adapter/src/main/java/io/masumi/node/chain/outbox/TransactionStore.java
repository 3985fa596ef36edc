package io.masumi.node.chain.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.masumi.node.chain.cardano.transaction.NeededOutputs;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.source.PaymentSourceId;

/** The tables of our transactions, of the outputs they reserve, and of their change. */
final class TransactionStore {

    private static final String OPEN = "status IN ('Signed', 'Submitted')";

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    TransactionStore(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
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
                VALUES (:hash, :source, :wallet, :vkey, :address, :bytes, :validUntil, :fee, :agent, 'Signed', :now, :now)""")
                .param("hash", signed.hash()).param("source", sourceId.value()).param("wallet", wallet.id()).param("vkey", wallet.vkey())
                .param("address", wallet.address()).param("bytes", signed.bytes()).param("validUntil", signed.validUntilSlot())
                .param("fee", signed.feeLovelace()).param("agent", signed.agentIdentifier()).param("now", now()).update();
        reserve(signed.inputs(), signed.hash(), Reservation.Input);
        reserve(signed.collateral(), signed.hash(), Reservation.Collateral);
        for (Utxo change : signed.change()) {
            jdbc.sql("INSERT INTO pending_change (transaction_hash, output_index, wallet_id, utxo, depth)"
                    + " VALUES (:hash, :index, :wallet, :utxo::jsonb, :depth)")
                    .param("hash", change.ref().transactionHash()).param("index", change.ref().index()).param("wallet", wallet.id())
                    .param("utxo", written(change)).param("depth", depth).update();
        }
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
        jdbc.sql("UPDATE chain_transaction SET status = 'Submitted', last_reply = NULL, submitted_at = COALESCE(submitted_at, :now),"
                + " submit_at = :next"
                + " WHERE hash = :hash AND " + OPEN).param("hash", hash).param("now", now()).param("next", utc(nextTime)).update();
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
        jdbc.sql("UPDATE chain_transaction SET status = :status, block_hash = :block, block_height = :height WHERE hash = :hash")
                .param("hash", hash).param("status", scriptsPassed ? "Confirmed" : "Failed").param("block", at.blockHash())
                .param("height", at.blockHeight()).update();
        if (scriptsPassed) {
            jdbc.sql("DELETE FROM utxo_reservation WHERE transaction_hash = ? AND kind = 'Collateral'").param(hash).update();
            jdbc.sql("DELETE FROM pending_change WHERE transaction_hash = ?").param(hash).update();
        } else {
            release(hash);
        }
    }

    /** What the transactions spent that are on chain for good up to that height is the chain's. */
    void releaseSettled(PaymentSourceId sourceId, long height) {
        jdbc.sql("""
                DELETE FROM utxo_reservation reserved USING chain_transaction sent
                WHERE sent.hash = reserved.transaction_hash AND sent.source_id = :source AND sent.status IN ('Confirmed', 'Failed')
                  AND sent.block_height <= :height""").param("source", sourceId.value()).param("height", height).update();
    }

    /**
     * The blocks above that height are gone: what was on chain for good in one of them is open again and reserves again what it
     * spends, and everything open is to be sent again at once, because mempools may have lost it.
     *
     * @return hashes of what is open again, parents before children
     */
    List<String> reopenAbove(PaymentSourceId sourceId, long height) {
        List<Reopened> lost = jdbc
                .sql("SELECT hash, bytes FROM chain_transaction WHERE source_id = :source AND status IN ('Confirmed', 'Failed')"
                        + " AND block_height > :height ORDER BY number FOR UPDATE")
                .param("source", sourceId.value()).param("height", height)
                .query((row, _) -> new Reopened(row.getString("hash"), NeededOutputs.of(row.getBytes("bytes")))).list();
        for (Reopened each : lost) {
            jdbc.sql("UPDATE chain_transaction SET status = 'Submitted', rolled_back_at = :now, last_reply = NULL WHERE hash = :hash")
                    .param("hash", each.hash()).param("now", now()).update();
            each.outputs().inputs().forEach(input -> reserveIfFree(input, each.hash(), "Input"));
            each.outputs().collateral().forEach(collateral -> reserveIfFree(collateral, each.hash(), "Collateral"));
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

    /** It will never land. */
    void dropped(String hash, String why) {
        jdbc.sql("UPDATE chain_transaction SET status = 'Dropped', last_reply = :why WHERE hash = :hash").param("hash", hash)
                .param("why", why).update();
        release(hash);
    }

    /** Open transactions that spend an output of this one. */
    List<String> children(String hash) {
        return jdbc.sql("SELECT DISTINCT hash FROM utxo_reservation JOIN chain_transaction ON hash = transaction_hash"
                + " WHERE output_hash = :hash AND kind = 'Input' AND " + OPEN)
                .param("hash", hash).query(String.class).list();
    }

    /** Whether it spends something other than change of an open transaction: an escrow that this one made or moves. */
    boolean followsAnother(String hash) {
        return jdbc
                .sql("SELECT EXISTS (SELECT 1 FROM utxo_reservation spent JOIN chain_transaction parent ON parent.hash = spent.output_hash"
                        + " WHERE spent.transaction_hash = :hash AND spent.kind = 'Input' AND parent." + OPEN
                        + " AND NOT EXISTS (SELECT 1 FROM pending_change change WHERE change.transaction_hash = spent.output_hash"
                        + " AND change.output_index = spent.output_index))")
                .param("hash", hash).query(Boolean.class).single();
    }

    /** What an open transaction spends. */
    Set<OutputRef> inputs(String hash) {
        return jdbc.sql("SELECT output_hash, output_index FROM utxo_reservation WHERE transaction_hash = :hash AND kind = 'Input'")
                .param("hash", hash).query(TransactionStore::reference).set();
    }

    /** All that open transactions spend or put up. */
    Set<OutputRef> reserved(Reservation kind) {
        return jdbc.sql("SELECT output_hash, output_index FROM utxo_reservation JOIN chain_transaction ON hash = transaction_hash"
                + " WHERE kind = :kind AND " + OPEN).param("kind", kind.name()).query(TransactionStore::reference).set();
    }

    /** Change of the wallet's open transactions, oldest first. */
    List<PendingChange> change(String walletId) {
        return jdbc.sql("""
                SELECT c.utxo, c.depth, t.status = 'Submitted' AS accepted
                FROM pending_change c JOIN chain_transaction t ON t.hash = c.transaction_hash
                WHERE c.wallet_id = :wallet ORDER BY t.number, c.output_index""")
                .param("wallet", walletId)
                .query((row, _) -> new PendingChange(read(row.getString("utxo")), row.getInt("depth"), row.getBoolean("accepted"))).list();
    }

    /** Whether a transaction of that wallet is on its way. */
    boolean hasOpen(String walletId) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM chain_transaction WHERE wallet_id = ? AND " + OPEN + ")").param(walletId)
                .query(Boolean.class).single();
    }

    /** How an output is reserved. */
    enum Reservation {
        Input,
        Collateral
    }

    /** @param depth unconfirmed transactions in a row that it hangs on. @param accepted whether the network has taken the last of them */
    record PendingChange(Utxo utxo, int depth, boolean accepted) {}

    private void reserve(List<OutputRef> outputs, String hash, Reservation kind) {
        jdbc.sql("""
                INSERT INTO utxo_reservation (output_hash, output_index, transaction_hash, kind)
                SELECT output.hash, output.index, :transaction, :kind FROM unnest(:hashes, :indexes) AS output (hash, index)""")
                .param("hashes", outputs.stream().map(OutputRef::transactionHash).toArray(String[]::new))
                .param("indexes", outputs.stream().map(OutputRef::index).toArray(Integer[]::new))
                .param("transaction", hash).param("kind", kind.name()).update();
    }

    private void reserveIfFree(OutputRef output, String hash, String kind) {
        jdbc.sql("INSERT INTO utxo_reservation (output_hash, output_index, transaction_hash, kind) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING").params(output.transactionHash(), output.index(), hash, kind).update();
    }

    private void release(String hash) {
        jdbc.sql("DELETE FROM utxo_reservation WHERE transaction_hash = ?").param(hash).update();
        jdbc.sql("DELETE FROM pending_change WHERE transaction_hash = ?").param(hash).update();
    }

    private static StoredTransaction row(ResultSet row, int number) throws SQLException {
        return new StoredTransaction(row.getString("hash"),
                new WalletRef(row.getString("wallet_id"), row.getString("wallet_vkey"), row.getString("wallet_address")),
                row.getBytes("bytes"), row.getLong("valid_until_slot"), row.getString("agent_identifier"),
                row.getString("status").equals("Submitted"), row.getInt("submit_attempts"),
                row.getObject("submit_at", OffsetDateTime.class).toInstant(), row.getString("last_reply"),
                row.getObject("expired_at_height", Long.class));
    }

    private static OutputRef reference(ResultSet row, int number) throws SQLException {
        return new OutputRef(row.getString("output_hash"), row.getInt("output_index"));
    }

    private String written(Utxo utxo) {
        try {
            return json.writeValueAsString(utxo);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an output cannot be written as JSON", e);
        }
    }

    private Utxo read(String utxo) {
        try {
            return json.readValue(utxo, Utxo.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored output cannot be read", e);
        }
    }

    private OffsetDateTime now() {
        return utc(clock.instant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
