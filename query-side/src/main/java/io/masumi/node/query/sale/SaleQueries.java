package io.masumi.node.query.sale;

import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.projection.PendingRecords;
import io.masumi.node.query.projection.ViewPage;
import io.masumi.node.query.projection.WireFormat;
import io.masumi.node.query.projection.WireRecords;
import io.masumi.node.query.sale.SaleQuery.CountWaitingSales;
import io.masumi.node.query.sale.SaleQuery.FindPurchaseOfOffer;
import io.masumi.node.query.sale.SaleQuery.FindSale;
import io.masumi.node.query.sale.SaleQuery.ListPendingSales;
import io.masumi.node.query.sale.SaleQuery.ListSales;
import io.masumi.node.query.sale.SaleQuery.ListWaitingSales;
import io.masumi.node.query.sale.SaleQuery.WaitingFilter;
import io.masumi.node.query.sale.SaleQuery.WaitingSale;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;

@AutoConfiguration
@ConditionalOnRole("query")
final class SaleQueries {

    private final JdbcClient jdbc;

    SaleQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @QueryHandler
    WireRecord on(FindSale query) {
        return WireRecords.find(jdbc, query.kind().table(), query.id(), query.includeHistory());
    }

    @QueryHandler
    WireRecord on(FindPurchaseOfOffer query) {
        ViewPage page = ViewPage.of(SaleKind.Purchase.table()).where(SaleTable.OFFER, query.offerId().value());
        return WireRecords.list(jdbc, page, 1, false).stream().findFirst().orElse(null);
    }

    @QueryHandler
    List<WireRecord> on(ListSales query) {
        ViewPage page = ViewPage.of(query.kind().table())
                .where("network", query.network())
                .where("smart_contract_address", query.smartContractAddress())
                .where("on_chain_state", query.onChainState())
                .where("payment_source_type", query.paymentSourceType())
                .where("next_action_phase", query.needsManualAction() ? NextAction.Phase.WaitingForManualAction : null)
                .where("owner_key_id", query.ownerKeyId())
                .from(query.cursorId())
                .search(query.searchQuery(), List.of("id", "agent_identifier", "agent_name", "result_hash", "on_chain_state"),
                        List.of("blockchain_identifier"));
        return WireRecords.list(jdbc, page, query.limit(), query.includeHistory());
    }

    @QueryHandler
    List<String> on(ListPendingSales query) {
        return PendingRecords.list(jdbc, query.kind().table(), "next_action_phase IN ('Requested', 'Initiated')",
                query.unchangedSince(), query.afterId(), query.limit());
    }

    @QueryHandler
    List<WaitingSale> on(ListWaitingSales query) {
        return waiting(query.kind(), query.filter()).from(query.cursorId()).read(jdbc,
                "id, version, blockchain_identifier, updated_at, on_chain_state, error_type, error_note", query.limit(),
                (row, number) -> waiting(query.kind(), row));
    }

    @QueryHandler
    Long on(CountWaitingSales query) {
        return waiting(query.kind(), query.filter()).count(jdbc);
    }

    private static ViewPage waiting(SaleKind kind, WaitingFilter filter) {
        ViewPage page = ViewPage.of(kind.table())
                .where("next_action_phase", NextAction.Phase.WaitingForManualAction)
                .where("network", filter.network())
                .where("payment_source_id", filter.paymentSourceId())
                .where("on_chain_state", filter.onChainState())
                .whereBeginsWith("error_note", filter.notePrefix())
                .whereNotBefore("next_action_last_changed_at", filter.since());
        if (filter.errorType() != null) {
            page.whereOneOf("error_type", Stream.of(ErrorType.values()).filter(
                    type -> type == filter.errorType() || kind.shown(type) == filter.errorType()));
        }
        return filter.nothingLocked() ? page.whereMissing("on_chain_state") : page;
    }

    private static WaitingSale waiting(SaleKind kind, ResultSet row) throws SQLException {
        String onChain = row.getString(5);
        String error = row.getString(6);
        return new WaitingSale(row.getString(1), row.getLong(2), row.getString(3),
                WireFormat.iso(row.getObject(4, OffsetDateTime.class).toInstant()), onChain == null ? null : OnChainState.valueOf(onChain),
                error == null ? null : kind.shown(ErrorType.valueOf(error)), row.getString(7));
    }
}
