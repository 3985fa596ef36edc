package io.masumi.node.chain.outbox;

import io.masumi.node.cardano.OutputRef;
import io.masumi.node.chain.cardano.transaction.NeededOutputs;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.source.PaymentSourceId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of the outputs that our transactions reserve, and of their change. */
final class ReservationStore {

    private static final String OPEN = "status " + TransactionStatus.OPEN;

    private final JdbcClient jdbc;
    private final JsonColumn<Utxo> utxos = new JsonColumn<>(Utxo.class);

    ReservationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How an output is reserved. */
    enum Kind {
        Input,
        Collateral
    }

    /** @param depth unconfirmed transactions in a row that it hangs on. @param accepted whether the network has taken the last of them */
    record PendingChange(Utxo utxo, int depth, boolean accepted) {}

    /**
     * What a new transaction spends, puts up and gives back.
     *
     * @throws org.springframework.dao.DuplicateKeyException if an open transaction spends one of its inputs already
     */
    void reserve(SignedTransaction signed, String walletId, int depth) {
        reserve(signed.inputs(), signed.hash(), Kind.Input, "");
        reserve(signed.collateral(), signed.hash(), Kind.Collateral, "");
        for (Utxo change : signed.change()) {
            jdbc.sql("INSERT INTO pending_change (transaction_hash, output_index, wallet_id, utxo, depth)"
                    + " VALUES (:hash, :index, :wallet, :utxo::jsonb, :depth)")
                    .param("hash", change.ref().transactionHash()).param("index", change.ref().index()).param("wallet", walletId)
                    .param("utxo", utxos.written(change)).param("depth", depth).update();
        }
    }

    /** It is open again. What another spends meanwhile stays that one's. */
    void reserveAgain(String hash, NeededOutputs outputs) {
        reserve(outputs.inputs(), hash, Kind.Input, " ON CONFLICT DO NOTHING");
        reserve(outputs.collateral(), hash, Kind.Collateral, " ON CONFLICT DO NOTHING");
    }

    /** It is on chain: its change is the chain's, but what it spent stays reserved while a rollback could give that back. */
    void keepInputs(String hash) {
        jdbc.sql("DELETE FROM utxo_reservation WHERE transaction_hash = ? AND kind = ?").params(hash, Kind.Collateral.name()).update();
        jdbc.sql("DELETE FROM pending_change WHERE transaction_hash = ?").param(hash).update();
    }

    void release(String hash) {
        jdbc.sql("DELETE FROM utxo_reservation WHERE transaction_hash = ?").param(hash).update();
        jdbc.sql("DELETE FROM pending_change WHERE transaction_hash = ?").param(hash).update();
    }

    /** What the transactions spent that are on chain for good up to that height is the chain's. */
    void releaseSettled(PaymentSourceId sourceId, long height) {
        jdbc.sql("DELETE FROM utxo_reservation USING chain_transaction sent WHERE sent.hash = transaction_hash"
                + " AND sent.source_id = :source AND sent.status " + TransactionStatus.SETTLED + " AND sent.block_height <= :height")
                .param("source", sourceId.value()).param("height", height).update();
    }

    /** Open transactions that spend an output of this one. */
    List<String> children(String hash) {
        return jdbc.sql("SELECT DISTINCT hash FROM utxo_reservation JOIN chain_transaction ON hash = transaction_hash"
                + " WHERE output_hash = :hash AND kind = :input AND " + OPEN)
                .param("hash", hash).param("input", Kind.Input.name()).query(String.class).list();
    }

    /** Whether it spends something other than change of an open transaction: an escrow that this one made or moves. */
    boolean followsAnother(String hash) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM utxo_reservation spent JOIN chain_transaction parent ON parent.hash = output_hash"
                + " WHERE spent.transaction_hash = :hash AND kind = :input AND parent." + OPEN
                + " AND NOT EXISTS (SELECT 1 FROM pending_change change WHERE change.transaction_hash = spent.output_hash"
                + " AND change.output_index = spent.output_index))")
                .param("hash", hash).param("input", Kind.Input.name()).query(Boolean.class).single();
    }

    /** What an open transaction spends. */
    Set<OutputRef> inputs(String hash) {
        return outputs(jdbc.sql("SELECT output_hash, output_index FROM utxo_reservation WHERE transaction_hash = ? AND kind = ?")
                .params(hash, Kind.Input.name()));
    }

    /** All that open transactions spend or put up. */
    Set<OutputRef> reserved(Kind kind) {
        return outputs(jdbc.sql("SELECT output_hash, output_index FROM utxo_reservation JOIN chain_transaction ON hash = transaction_hash"
                + " WHERE kind = ? AND " + OPEN).param(kind.name()));
    }

    private static Set<OutputRef> outputs(JdbcClient.StatementSpec sql) {
        return sql.query((row, _) -> new OutputRef(row.getString("output_hash"), row.getInt("output_index"))).set();
    }

    /** Change of the wallet's open transactions, oldest first. */
    List<PendingChange> change(String walletId) {
        return jdbc.sql("SELECT utxo, depth, status = :submitted AS accepted FROM pending_change JOIN chain_transaction"
                + " ON hash = transaction_hash WHERE pending_change.wallet_id = :wallet ORDER BY number, output_index")
                .param("wallet", walletId).param("submitted", TransactionStatus.Submitted.name())
                .query((row, _) -> new PendingChange(utxos.read(row.getString("utxo")), row.getInt("depth"), row.getBoolean("accepted")))
                .list();
    }

    private void reserve(Collection<OutputRef> outputs, String hash, Kind kind, String unlessReserved) {
        jdbc.sql("INSERT INTO utxo_reservation (output_hash, output_index, transaction_hash, kind)"
                + " SELECT output.hash, output.index, :transaction, :kind FROM unnest(:hashes, :indexes) AS output (hash, index)"
                + unlessReserved)
                .param("hashes", outputs.stream().map(OutputRef::transactionHash).toArray(String[]::new))
                .param("indexes", outputs.stream().map(OutputRef::index).toArray(Integer[]::new))
                .param("transaction", hash).param("kind", kind.name()).update();
    }
}
