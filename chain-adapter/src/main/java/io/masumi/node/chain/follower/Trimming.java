package io.masumi.node.chain.follower;

import io.masumi.node.cardano.LedgerConstants;
import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.loop.Isolated;
import io.masumi.node.chain.outbox.ActionStatus;
import io.masumi.node.chain.outbox.TransactionStatus;
import io.masumi.node.source.PaymentSourceId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets bookkeeping that is older than any rollback can reach and that no open sale needs, a small batch at a time. What happened
 * stands in events for ever.
 */
final class Trimming {

    private static final Logger LOG = LoggerFactory.getLogger(Trimming.class);

    private static final int BATCH = 500;

    /** Blocks up to here stay for ever. */
    private static final String BEYOND_ROLLBACKS = "(SELECT max(block_height) - " + LedgerConstants.LONGEST_ROLLBACK
            + " FROM observed_block WHERE source_id = :source)";

    /**
     * That an intent was taken is known by the newest event that was heard of its record, which is kept for ever: without that the
     * actions are kept too. A lock that is on chain is kept until the escrow has ended, so that it is never taken for missing.
     */
    private static final String ACTIONS_OF_SALES_THAT_ARE_OVER = """
            WITH over AS (
                SELECT old.role, old.aggregate_id FROM chain_action old
                JOIN heard_event heard ON heard.role = old.role AND heard.aggregate_id = old.aggregate_id
                LEFT JOIN escrow_position stands ON stands.role = old.role AND stands.aggregate_id = old.aggregate_id
                WHERE old.source_id = :source AND old.status %1$s AND old.updated_at < :before
                  AND old.role IN ('Payment', 'Purchase') AND stands.output_index IS NULL
                  AND NOT EXISTS (SELECT 1 FROM chain_action other WHERE other.role = old.role AND other.aggregate_id = old.aggregate_id
                      AND (other.status %2$s OR other.updated_at >= :before
                           OR other.status = '%3$s' AND stands.aggregate_id IS NULL))
                ORDER BY old.updated_at LIMIT :batch)
            DELETE FROM chain_action action USING over WHERE action.role = over.role AND action.aggregate_id = over.aggregate_id"""
            .formatted(ActionStatus.OVER, ActionStatus.LIVE, ActionStatus.Confirmed);

    /** What wallets paid themselves: nothing hears of them again, but for a rollback, and their events say what became of them. */
    private static final String MERGES_OF_WALLETS = """
            DELETE FROM chain_action WHERE id IN (
                SELECT merge.id FROM chain_action merge LEFT JOIN chain_transaction sent ON sent.hash = merge.transaction_hash
                WHERE merge.source_id = :source AND merge.role = 'Wallet' AND merge.status %s
                  AND merge.updated_at < :before
                  AND (sent.hash IS NULL OR sent.status NOT %s
                       AND (sent.block_height IS NULL OR sent.block_height <= %s))
                LIMIT :batch)""".formatted(ActionStatus.OVER, TransactionStatus.OPEN, BEYOND_ROLLBACKS);

    private static final String POSITIONS_OF_ESCROWS_THAT_ENDED = """
            DELETE FROM escrow_position WHERE ctid IN (
                SELECT stands.ctid FROM escrow_position stands
                WHERE stands.source_id = :source AND stands.output_index IS NULL
                  AND NOT EXISTS (SELECT 1 FROM observed_transaction seen
                                  WHERE seen.source_id = stands.source_id AND seen.hash = stands.transaction_hash)
                  AND NOT EXISTS (SELECT 1 FROM awaited_transaction seen
                                  WHERE seen.source_id = stands.source_id AND seen.hash = stands.transaction_hash)
                  AND NOT EXISTS (SELECT 1 FROM chain_action action
                                  WHERE action.role = stands.role AND action.aggregate_id = stands.aggregate_id)
                LIMIT :batch)""";

    private static final String TRANSACTIONS_OF_OURS = """
            DELETE FROM chain_transaction WHERE hash IN (
                SELECT sent.hash FROM chain_transaction sent
                WHERE sent.source_id = :source AND sent.status %s AND sent.signed_at < :before
                  AND (sent.block_height IS NULL OR sent.block_height <= %s)
                  AND NOT EXISTS (SELECT 1 FROM chain_action action WHERE action.transaction_hash = sent.hash)
                  AND NOT EXISTS (SELECT 1 FROM utxo_reservation reserved WHERE reserved.transaction_hash = sent.hash)
                  AND NOT EXISTS (SELECT 1 FROM pending_change change WHERE change.transaction_hash = sent.hash)
                  AND NOT EXISTS (SELECT 1 FROM given_up_report report WHERE report.transaction_hash = sent.hash)
                LIMIT :batch)""".formatted(TransactionStatus.OVER, BEYOND_ROLLBACKS);

    private static final String OBSERVED_TRANSACTIONS = """
            DELETE FROM observed_transaction WHERE ctid IN (
                SELECT seen.ctid FROM observed_transaction seen
                WHERE seen.source_id = :source AND seen.observed_at < :before AND seen.block_height <= %s
                  AND NOT EXISTS (SELECT 1 FROM escrow_position stands
                                  WHERE stands.transaction_hash = seen.hash AND stands.output_index IS NOT NULL)
                  AND NOT EXISTS (SELECT 1 FROM pending_retry pending WHERE pending.transaction_hash = seen.hash)
                LIMIT :batch)""".formatted(BEYOND_ROLLBACKS);

    private static final String REREADINGS = """
            DELETE FROM rereading WHERE number IN (SELECT number FROM rereading
                WHERE source_id = :source AND finished_at < :before LIMIT :batch)""";

    private final JdbcClient jdbc;
    private final TransactionTemplate inTransaction;
    private final ChainSettings settings;
    private final Clock clock;
    private final Map<PaymentSourceId, Instant> due = new ConcurrentHashMap<>();

    Trimming(JdbcClient jdbc, TransactionTemplate inTransaction, ChainSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.inTransaction = inTransaction;
        this.settings = settings;
        this.clock = clock;
    }

    /** Forgets a batch of each table if its time has come. Whatever goes wrong is no reason to stop what else is done. */
    void whenDue(PaymentSourceId sourceId) {
        Instant now = clock.instant();
        if (now.isBefore(due.computeIfAbsent(sourceId, _ -> now.plus(settings.trimInterval())))) {
            return;
        }
        due.put(sourceId, now.plus(settings.trimInterval()));
        Isolated.run(() -> {
            if (trim(sourceId, now.minus(settings.keepBookkeeping()))) {
                due.put(sourceId, now);
            }
        }, e -> LOG.warn("payment source {}: old bookkeeping cannot be forgotten now; next time in {}", sourceId, settings.trimInterval(),
                e));
    }

    /** @return whether there may be more */
    boolean trim(PaymentSourceId sourceId, Instant before) {
        int most = 0;
        for (String table : new String[]{ACTIONS_OF_SALES_THAT_ARE_OVER, MERGES_OF_WALLETS, TRANSACTIONS_OF_OURS, OBSERVED_TRANSACTIONS,
                POSITIONS_OF_ESCROWS_THAT_ENDED, REREADINGS}) {
            most = Math.max(most, forget(table, sourceId, before));
        }
        return most >= BATCH;
    }

    private int forget(String sql, PaymentSourceId sourceId, Instant before) {
        return inTransaction.execute(_ -> jdbc.sql(sql).param("source", sourceId.value())
                .param("before", before.atOffset(ZoneOffset.UTC)).param("batch", BATCH).update());
    }
}
