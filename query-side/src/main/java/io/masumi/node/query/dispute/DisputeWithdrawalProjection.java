package io.masumi.node.query.dispute;

import io.masumi.node.dispute.DisputeEvent;
import io.masumi.node.dispute.DisputeEvent.WithdrawalProposed;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.dispute.DisputeQuery.FindDisputeWithdrawal;
import io.masumi.node.query.dispute.DisputeQuery.ListDisputeWithdrawals;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.Rendered;
import io.masumi.node.query.projection.ViewPage;
import io.masumi.node.query.projection.ViewProjector;
import io.masumi.node.query.projection.ViewUpdates;
import io.masumi.node.query.projection.WireRecords;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@AutoConfiguration
@ConditionalOnRole("query")
@ProcessingGroup("dispute-withdrawal-view")
final class DisputeWithdrawalProjection {

    private static final String TABLE = "dispute_withdrawal_view";

    private final JdbcClient jdbc;
    private final ViewProjector<DisputeWithdrawalView, Rendered<DisputeWithdrawalView>> view;

    DisputeWithdrawalProjection(JdbcTemplate jdbc, ViewUpdates updates) {
        this.jdbc = JdbcClient.create(jdbc);
        view = updates.projector(WireRecords.table(jdbc, TABLE, DisputeWithdrawalView.class, List.of(
                new Column<>("created_at", row -> row.view().createdAt()),
                new Column<>("escrow", row -> row.view().state().proposed().proposal().escrow().toString()),
                new Column<>("status", row -> row.view().state().status()))),
                DisputeWithdrawalProjection::rendered,
                (row, emitter) -> emitter.emit(FindDisputeWithdrawal.class,
                        query -> query.withdrawalId().value().equals(row.record().id()), row.record()));
    }

    @EventHandler
    void on(DisputeEvent event) {
        view.project(event.withdrawalId().value(), (before, when) -> DisputeWithdrawalView.after(before, event, when));
    }

    @ResetHandler
    void reset() {
        view.reset();
    }

    @QueryHandler
    WireRecord on(FindDisputeWithdrawal query) {
        return WireRecords.find(jdbc, TABLE, query.withdrawalId().value(), false);
    }

    @QueryHandler
    List<WireRecord> on(ListDisputeWithdrawals query) {
        return WireRecords.list(jdbc, ViewPage.of(TABLE).where("network", query.network()).where("status", query.status())
                .where("escrow", query.escrow()).from(query.cursorId()), query.limit(), false);
    }

    private static Rendered<DisputeWithdrawalView> rendered(DisputeWithdrawalView view) {
        WithdrawalProposed proposed = view.state().proposed();
        PaymentSourceRef source = proposed.proposal().source();
        return new Rendered<>(view, new WireRecord(proposed.withdrawalId().value(), view.version(), proposed.requester().keyId(),
                source.network(), source.smartContractAddress(), view.updatedAt(), DisputeWithdrawalJson.render(view)), null);
    }
}
