package io.masumi.node.chain.outbox;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.chain.loop.SourceLock;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.source.PaymentSourceId;

/** Takes our transactions back from "on chain for good" to "sent" in their tables. */
final class StoredRollbacks implements Rollbacks {

    private final JdbcClient jdbc;
    private final TransactionTemplate inTransaction;
    private final TransactionStore transactions;
    private final SourceStandings standings;
    private final SourceLock lock;
    private final Clock clock;

    StoredRollbacks(JdbcClient jdbc, TransactionTemplate inTransaction, TransactionStore transactions, SourceStandings standings,
            SourceLock lock, Clock clock) {
        this.jdbc = jdbc;
        this.inTransaction = inTransaction;
        this.transactions = transactions;
        this.standings = standings;
        this.lock = lock;
        this.clock = clock;
    }

    @Override
    public void undisturbed(PaymentSourceId sourceId, Runnable task) {
        lock.whenFree(ActionWork.NAME, sourceId, task);
    }

    @Override
    public Reopened reopen(PaymentSourceId sourceId, ChainPoint common) {
        return inTransaction.execute(_ -> {
            standings.rolledBack(sourceId);
            List<String> reopened = transactions.reopenAbove(sourceId, common.blockHeight());
            reopenActions(reopened);
            return new Reopened(reopened, registrationsAbove(sourceId, common.blockHeight()));
        });
    }

    @Override
    public void beyondReach(PaymentSourceId sourceId, long height) {
        transactions.releaseSettled(sourceId, height);
    }

    @Override
    public OpenRecords open(PaymentSourceId sourceId) {
        return new OpenRecords(open(sourceId, ActionRole.Payment), open(sourceId, ActionRole.Purchase));
    }

    private List<String> open(PaymentSourceId sourceId, ActionRole role) {
        return jdbc.sql("""
                SELECT aggregate_id FROM escrow_position WHERE source_id = :source AND role = :role AND output_index IS NOT NULL
                UNION
                SELECT aggregate_id FROM chain_action
                WHERE source_id = :source AND role = :role AND status IN ('Wanted', 'Signed', 'Submitted') AND NOT unwanted""")
                .param("source", sourceId.value()).param("role", role.name()).query(String.class).list();
    }

    /** Whoever wants them no longer says so again when it hears of the rollback. */
    private void reopenActions(List<String> hashes) {
        jdbc.sql("""
                UPDATE chain_action SET status = 'Submitted', unwanted = FALSE, error = NULL, updated_at = :now
                WHERE transaction_hash = ANY (:hashes) AND status IN ('Confirmed', 'Failed')""")
                .param("hashes", hashes.toArray(String[]::new)).param("now", now()).update();
    }

    private List<String> registrationsAbove(PaymentSourceId sourceId, long height) {
        return jdbc
                .sql("""
                        SELECT DISTINCT action.aggregate_id FROM chain_action action JOIN chain_transaction sent ON sent.hash = action.transaction_hash
                        WHERE action.role = 'Registration' AND sent.source_id = :source AND sent.block_height > :height""")
                .param("source", sourceId.value()).param("height", height).query(String.class).list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
