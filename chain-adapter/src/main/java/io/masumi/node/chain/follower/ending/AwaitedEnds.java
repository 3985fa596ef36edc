package io.masumi.node.chain.follower.ending;

import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.ActionStatus;
import io.masumi.node.chain.outbox.TransactionStatus;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.TextRules;
import io.masumi.node.source.PaymentSourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of sales that are to end once it is a fact that nothing is locked for them and nothing can be. */
public final class AwaitedEnds {

    private final JdbcClient jdbc;
    private final Clock clock;

    public AwaitedEnds(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** This sale is to end. Joins the caller's database transaction and may be repeated. @param payByTime Unix ms */
    public void await(ActionRole role, String aggregateId, PaymentSourceId sourceId, long payByTime) {
        jdbc.sql("""
                INSERT INTO awaited_end (role, aggregate_id, source_id, pay_by_time, retry_at, awaited_since)
                VALUES (:role, :aggregate, :source, :payBy, :now, :now)
                ON CONFLICT (role, aggregate_id) DO NOTHING""")
                .param("role", role.name()).param("aggregate", aggregateId).param("source", sourceId.value()).param("payBy", payByTime)
                .param("now", now()).update();
    }

    /**
     * Sales that nothing can be locked for any more. Their payByTime is over on the chain, everything up to there is recorded, and no
     * rollback is expected to reach back there; and no lock of ours is wanted, on its way, or on chain.
     *
     * @param followed up to where everything on chain is recorded
     * @param settledHeight height that no rollback is expected to reach
     */
    public List<AwaitedEnd> due(PaymentSourceId sourceId, ChainPoint followed, long settledHeight, int limit) {
        return jdbc.sql("""
                SELECT sale.* FROM awaited_end sale
                WHERE sale.source_id = :source AND sale.retry_at <= :now AND sale.pay_by_time < :followedTime
                  AND EXISTS (SELECT 1 FROM observed_block block WHERE block.source_id = :source
                      AND block.block_time > sale.pay_by_time AND block.block_height <= :settled)
                  AND NOT EXISTS (SELECT 1 FROM pending_retry pending WHERE pending.aggregate_id = sale.aggregate_id)
                  AND NOT EXISTS (SELECT 1 FROM chain_action action LEFT JOIN chain_transaction sent ON sent.hash = action.transaction_hash
                      WHERE action.aggregate_id = sale.aggregate_id AND action.kind = 'Lock'
                        AND (action.status %s OR sent.status %s))
                ORDER BY sale.number LIMIT :limit""".formatted(ActionStatus.LIVE, TransactionStatus.COUNTS))
                .param("source", sourceId.value()).param("now", now()).param("followedTime", followed.blockTime())
                .param("settled", settledHeight).param("limit", limit)
                .query((row, _) -> new AwaitedEnd(ActionRole.valueOf(row.getString("role")), row.getString("aggregate_id"),
                        row.getLong("pay_by_time"), row.getInt("failures")))
                .list();
    }

    /** Its end is recorded, or it goes on. */
    public void done(AwaitedEnd end) {
        jdbc.sql("DELETE FROM awaited_end WHERE role = ? AND aggregate_id = ?").params(end.role().name(), end.aggregateId()).update();
    }

    /** Not now: it is looked at again after a while, which is the longer the longer it has been awaited. */
    public void postpone(AwaitedEnd end, Duration shortest, Duration longest) {
        jdbc.sql("UPDATE awaited_end SET retry_at = :now + LEAST(GREATEST((:now - awaited_since) / 4, :shortest * INTERVAL '1 ms'),"
                + " :longest * INTERVAL '1 ms') WHERE role = :role AND aggregate_id = :aggregate")
                .param("now", now()).param("shortest", shortest.toMillis()).param("longest", longest.toMillis())
                .param("role", end.role().name()).param("aggregate", end.aggregateId()).update();
    }

    /** Another try failed. */
    public void failed(AwaitedEnd end, Duration wait, String error) {
        jdbc.sql("UPDATE awaited_end SET failures = failures + 1, error = :error, retry_at = :at"
                + " WHERE role = :role AND aggregate_id = :aggregate")
                .param("error", TextRules.storable(error)).param("at", clock.instant().plus(wait).atOffset(ZoneOffset.UTC))
                .param("role", end.role().name()).param("aggregate", end.aggregateId()).update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
