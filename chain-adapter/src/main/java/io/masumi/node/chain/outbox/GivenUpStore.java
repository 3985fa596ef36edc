package io.masumi.node.chain.outbox;

import io.masumi.node.chain.cardano.provider.Inclusion;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.FailureOnChain;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.TextRules;
import io.masumi.node.source.PaymentSourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of given up transactions that records have to hear of. */
final class GivenUpStore {

    private static final int LONGEST_REASON = 2000;

    private final JdbcClient jdbc;
    private final JsonColumn<ChainAction> parameters = new JsonColumn<>(ChainAction.class);
    private final Clock clock;

    GivenUpStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The transaction is given up in the caller's database transaction, in which what it was to do is not wanted anew yet.
     *
     * @param lost whether that counts against what it was to do
     * @param mostLost as many of them are an operator's
     */
    void add(String hash, String reason, boolean lost, int mostLost) {
        add(hash, reason, lost, mostLost, null);
    }

    /** The transaction is on chain, but its script failed: its actions are an operator's. */
    void addFailed(String hash, String reason, Inclusion found) {
        add(hash, reason, true, 0, found);
    }

    private void add(String hash, String reason, boolean lost, int mostLost, Inclusion failed) {
        jdbc.sql("""
                INSERT INTO given_up_report (source_id, role, aggregate_id, parameters, transaction_hash, valid_until_slot, reason, another,
                                             block_hash, block_height, block_slot, block_time, fee_lovelace, retry_at, given_up_at)
                SELECT action.source_id, action.role, action.aggregate_id, action.parameters, sent.hash, sent.valid_until_slot, :reason,
                       action.status IN ('Signed', 'Submitted') AND NOT action.unwanted AND action.not_again IS NULL
                           AND (action.not_after IS NULL OR action.not_after >= :nowMs) AND action.lost_transactions + :lost < :most,
                       :block, :height, :slot, :time, :fee, :now, :now
                FROM chain_action action JOIN chain_transaction sent ON sent.hash = action.transaction_hash
                WHERE sent.hash = :hash ORDER BY action.number
                ON CONFLICT DO NOTHING""")
                .param("hash", hash).param("reason", storable(reason)).param("lost", lost ? 1 : 0).param("most", mostLost)
                .param("block", failed == null ? null : failed.at().blockHash())
                .param("height", failed == null ? null : failed.at().blockHeight())
                .param("slot", failed == null ? null : failed.at().slot()).param("time", failed == null ? null : failed.at().blockTime())
                .param("fee", failed == null ? null : failed.feeLovelace())
                .param("nowMs", clock.millis()).param("now", now()).update();
    }

    /** The first of each record, when its time has come. */
    List<GivenUpReport> due(PaymentSourceId sourceId) {
        return jdbc.sql("""
                SELECT * FROM (
                    SELECT DISTINCT ON (role, aggregate_id) * FROM given_up_report WHERE source_id = :source
                    ORDER BY role, aggregate_id, number) first
                WHERE retry_at <= :now ORDER BY number""")
                .param("source", sourceId.value()).param("now", now()).query(this::row).list();
    }

    /** Its record has recorded it. */
    void told(GivenUpReport report) {
        jdbc.sql("DELETE FROM given_up_report WHERE number = ?").param(report.number()).update();
    }

    /** Another try in vain. */
    void failed(GivenUpReport report, Duration wait, String error) {
        jdbc.sql("UPDATE given_up_report SET failures = failures + 1, error = :error, retry_at = :at WHERE number = :number")
                .param("error", storable(error)).param("at", clock.instant().plus(wait).atOffset(ZoneOffset.UTC))
                .param("number", report.number()).update();
    }

    private GivenUpReport row(ResultSet row, int number) throws SQLException {
        return new GivenUpReport(row.getLong("number"), ActionRole.valueOf(row.getString("role")), row.getString("aggregate_id"),
                parameters.read(row.getString("parameters")), new GivenUpTransaction(row.getString("transaction_hash"),
                        row.getLong("valid_until_slot"), row.getString("reason"), row.getBoolean("another"), failure(row)),
                row.getInt("failures"));
    }

    private static FailureOnChain failure(ResultSet row) throws SQLException {
        return row.getString("block_hash") == null
                ? null
                : new FailureOnChain(new ChainPoint(row.getLong("block_slot"), row.getString("block_hash"), row.getLong("block_height"),
                        row.getLong("block_time")), row.getLong("fee_lovelace"));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static String storable(String text) {
        String storable = TextRules.storable(text);
        return storable.length() <= LONGEST_REASON ? storable : storable.substring(0, LONGEST_REASON);
    }
}
