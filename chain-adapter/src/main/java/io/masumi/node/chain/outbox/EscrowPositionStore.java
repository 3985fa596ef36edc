package io.masumi.node.chain.outbox;

import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.source.PaymentSourceId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of where escrows stand, as their records last said. */
final class EscrowPositionStore {

    private final JdbcClient jdbc;

    EscrowPositionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param output null once the escrow has ended. @return whether that is news */
    boolean stands(PaymentSourceId sourceId, ActionRole role, String aggregateId, OutputRef output, EscrowTransaction newest,
            long cooldownUntil) {
        return jdbc.sql("""
                INSERT INTO escrow_position AS known (role, aggregate_id, source_id, transaction_hash, output_index, cooldown_until)
                VALUES (:role, :aggregate, :source, :hash, :index, :cooldown)
                ON CONFLICT (role, aggregate_id) DO UPDATE SET transaction_hash = EXCLUDED.transaction_hash,
                    output_index = EXCLUDED.output_index, cooldown_until = EXCLUDED.cooldown_until
                WHERE (known.transaction_hash, known.output_index, known.cooldown_until)
                      IS DISTINCT FROM (EXCLUDED.transaction_hash, EXCLUDED.output_index, EXCLUDED.cooldown_until)""")
                .param("role", role.name()).param("aggregate", aggregateId).param("source", sourceId.value()).param("hash", newest.hash())
                .param("index", output == null ? null : output.index()).param("cooldown", cooldownUntil).update() == 1;
    }

    /** Nothing stands at the contract any more: the lock was rolled back. */
    void isGone(ActionRole role, String aggregateId) {
        jdbc.sql("DELETE FROM escrow_position WHERE role = ? AND aggregate_id = ?").params(role.name(), aggregateId).update();
    }

    Optional<EscrowPosition> of(ActionRole role, String aggregateId) {
        return jdbc.sql("SELECT * FROM escrow_position WHERE role = ? AND aggregate_id = ?").params(role.name(), aggregateId)
                .query((row, _) -> new EscrowPosition(row.getString("transaction_hash"), row.getObject("output_index", Integer.class),
                        row.getLong("cooldown_until")))
                .optional();
    }

    /** Ids of the records of that kind whose escrow stands at the contract. */
    List<String> standing(PaymentSourceId sourceId, ActionRole role) {
        return jdbc.sql("SELECT aggregate_id FROM escrow_position WHERE source_id = ? AND role = ? AND output_index IS NOT NULL")
                .params(sourceId.value(), role.name()).query(String.class).list();
    }
}
