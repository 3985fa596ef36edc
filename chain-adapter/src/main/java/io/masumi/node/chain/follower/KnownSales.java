package io.masumi.node.chain.follower;

import java.util.HashSet;
import java.util.Set;

import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseId;
import io.masumi.node.source.PaymentSourceId;

/** Which of the many escrows on chain are of sales that the node has a record of, and where those were last seen. */
final class KnownSales {

    private final EventStore events;
    private final JdbcClient jdbc;

    KnownSales(EventStore events, JdbcClient jdbc) {
        this.events = events;
        this.jdbc = jdbc;
    }

    /** Whether the node has a payment or a purchase with that identifier. */
    boolean isOurs(BlockchainIdentifier identifier) {
        return exists(PaymentId.of(identifier).value()) || exists(PurchaseId.of(identifier).value());
    }

    /** Whether a record of that identifier has its escrow at this output. */
    boolean standsAt(BlockchainIdentifier identifier, OutputRef output) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM escrow_position WHERE aggregate_id IN (:payment, :purchase)"
                + " AND transaction_hash = :hash AND output_index = :index)")
                .param("payment", PaymentId.of(identifier).value()).param("purchase", PurchaseId.of(identifier).value())
                .param("hash", output.transactionHash()).param("index", output.index()).query(Boolean.class).single();
    }

    /** Where the escrows stand that have not ended. */
    Set<OutputRef> positions(PaymentSourceId sourceId) {
        return new HashSet<>(jdbc.sql("SELECT DISTINCT transaction_hash, output_index FROM escrow_position"
                + " WHERE source_id = ? AND output_index IS NOT NULL").param(sourceId.value())
                .query((row, _) -> new OutputRef(row.getString("transaction_hash"), row.getInt("output_index"))).list());
    }

    private boolean exists(String aggregateId) {
        return events.lastSequenceNumberFor(aggregateId).isPresent();
    }
}
