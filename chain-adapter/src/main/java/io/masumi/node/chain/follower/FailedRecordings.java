package io.masumi.node.chain.follower;

import io.masumi.node.chain.outbox.ActionStatus;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says on which records something could not be recorded: what the chain shows, a transaction that was
 * given up, or their end; of each record the oldest. What the node failed at is in the log, because anybody may read this.
 */
public final class FailedRecordings implements HealthReporter {

    private static final int MAX = 100;

    private final JdbcClient jdbc;

    FailedRecordings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Concern> concerns() {
        return jdbc.sql("""
                SELECT DISTINCT ON (aggregate_id) aggregate_id, what, since FROM (
                    SELECT aggregate_id, pending_since AS since,
                           CASE WHEN role IS NULL THEN 'the chain shows transaction ' || transaction_hash
                                ELSE 'blocks after ' || back_to_hash || ' at height ' || back_to_height || ' were rolled back' END AS what
                    FROM pending_retry WHERE failures > 1
                    UNION ALL
                    SELECT aggregate_id, given_up_at, 'transaction ' || transaction_hash || ' was given up' FROM given_up_report
                    WHERE failures > 0
                    UNION ALL
                    SELECT aggregate_id, untold_since, 'of ' || kind || ' for it ' || CASE status
                        WHEN '%s' THEN 'a transaction was made, or can be made no more'
                        ELSE 'transaction ' || transaction_hash || ' is made or on chain' END
                    FROM chain_action WHERE untold > 1 AND status %s AND NOT unwanted
                    UNION ALL
                    SELECT aggregate_id, awaited_since, 'nothing was locked for it in time' FROM awaited_end WHERE failures > 0) untold
                ORDER BY aggregate_id, since LIMIT :most""".formatted(ActionStatus.Wanted, ActionStatus.LIVE)).param("most", MAX)
                .query((row, _) -> new Concern("record", row.getString("aggregate_id"), "it cannot be recorded on it that "
                        + row.getString("what")
                        + ". That is tried again by itself, at least every five minutes, and holds up no other record; the log says what the"
                        + " node fails at. When that is mended, or a version that can do it is started, the record goes on",
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list();
    }
}
