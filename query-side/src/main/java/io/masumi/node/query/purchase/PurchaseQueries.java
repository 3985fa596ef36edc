package io.masumi.node.query.purchase;

import io.masumi.node.escrow.NextAction;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.escrow.EscrowViewTable;
import io.masumi.node.query.escrow.WaitingFilter;
import io.masumi.node.query.escrow.WaitingRecords;
import io.masumi.node.query.projection.PendingRecords;
import io.masumi.node.query.projection.ViewPage;
import io.masumi.node.query.projection.WireRecords;
import io.masumi.node.query.purchase.PurchaseQuery.CountWaitingPurchases;
import io.masumi.node.query.purchase.PurchaseQuery.FindPurchase;
import io.masumi.node.query.purchase.PurchaseQuery.FindPurchaseOfOffer;
import io.masumi.node.query.purchase.PurchaseQuery.ListPendingPurchases;
import io.masumi.node.query.purchase.PurchaseQuery.ListPurchases;
import io.masumi.node.query.purchase.PurchaseQuery.ListWaitingPurchases;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

final class PurchaseQueries {

    private final JdbcClient jdbc;

    PurchaseQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @QueryHandler
    WireRecord on(FindPurchase query) {
        return WireRecords.find(jdbc, PurchaseViewAutoConfiguration.TABLE, query.purchaseId().value(), json(query.includeHistory()));
    }

    @QueryHandler
    WireRecord on(FindPurchaseOfOffer query) {
        var page = ViewPage.of(PurchaseViewAutoConfiguration.TABLE).where(PurchaseViewAutoConfiguration.OFFER, query.offerId().value());
        return WireRecords.list(jdbc, page, 1, json(false)).stream().findFirst().orElse(null);
    }

    @QueryHandler
    List<WireRecord> on(ListPurchases query) {
        var page = ViewPage.of(PurchaseViewAutoConfiguration.TABLE)
                .where("network", query.network())
                .where("smart_contract_address", query.smartContractAddress())
                .where("on_chain_state", query.onChainState())
                .where("payment_source_type", query.paymentSourceType())
                .where("next_action_phase", query.needsManualAction() ? NextAction.Phase.WaitingForManualAction : null)
                .where("owner_key_id", query.ownerKeyId())
                .from(query.cursorId());
        return WireRecords.list(jdbc, EscrowViewTable.search(page, query.searchQuery()), query.limit(), json(query.includeHistory()));
    }

    @QueryHandler
    List<String> on(ListPendingPurchases query) {
        return PendingRecords.list(jdbc, PurchaseViewAutoConfiguration.TABLE, "next_action_phase IN ('Requested', 'Initiated')",
                query.unchangedSince(), query.afterId(), query.limit());
    }

    @QueryHandler
    List<WireRecord> on(ListWaitingPurchases query) {
        return WireRecords.list(jdbc, waiting(query.filter()).from(query.cursorId()), query.limit(), json(false));
    }

    @QueryHandler
    Long on(CountWaitingPurchases query) {
        return waiting(query.filter()).count(jdbc);
    }

    private static ViewPage waiting(WaitingFilter filter) {
        return WaitingRecords.page(PurchaseViewAutoConfiguration.TABLE, filter, Stream::of);
    }

    private static String json(boolean includeHistory) {
        return includeHistory ? WireRecords.JSON_WITH_HISTORY : WireRecords.JSON;
    }
}
