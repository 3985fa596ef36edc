package io.masumi.node.query.dispute;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.serialization.StoredJson;
import io.masumi.node.query.dispute.DisputeQuery.FindDisputeWithdrawal;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.ViewTable;
import io.masumi.node.query.projection.ViewUpdates;
import io.masumi.node.query.projection.WireRecords;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@AutoConfiguration
@ConditionalOnRole("query")
class DisputeWithdrawalViewAutoConfiguration {

    static final String TABLE = "dispute_withdrawal_view";

    @Bean
    DisputeWithdrawalProjection disputeWithdrawalProjection(JdbcTemplate jdbc, ViewUpdates updates) {
        return new DisputeWithdrawalProjection(updates.projector(table(jdbc), DisputeWithdrawalView::version, DisputeWithdrawalRow::of,
                (row, emitter) -> emitter.emit(FindDisputeWithdrawal.class, query -> query.withdrawalId().value().equals(row.id()),
                        row.record())));
    }

    @Bean
    DisputeWithdrawalQueries disputeWithdrawalQueries(JdbcClient jdbc) {
        return new DisputeWithdrawalQueries(jdbc);
    }

    private static ViewTable<DisputeWithdrawalView, DisputeWithdrawalRow> table(JdbcTemplate jdbc) {
        return new ViewTable<>(jdbc, StoredJson.mapper(), TABLE, DisputeWithdrawalView.class,
                new Column<>("id", DisputeWithdrawalRow::id),
                new Column<>("version", row -> row.view().version()),
                List.of(
                        new Column<>("created_at", row -> row.view().createdAt()),
                        new Column<>("updated_at", row -> row.view().updatedAt()),
                        new Column<>("network", row -> row.proposal().source().network()),
                        new Column<>("owner_key_id", DisputeWithdrawalRow::ownerKeyId),
                        new Column<>("escrow", row -> row.proposal().escrow().toString()),
                        new Column<>("status", row -> row.view().state().status()),
                        new Column<>(WireRecords.JSON, DisputeWithdrawalRow::json)),
                DisputeWithdrawalRow::view);
    }
}
