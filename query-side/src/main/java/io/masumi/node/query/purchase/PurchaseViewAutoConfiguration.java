package io.masumi.node.query.purchase;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.axon.BusyGroup;
import io.masumi.node.platform.serialization.StoredJson;
import io.masumi.node.query.escrow.EscrowViewTable;
import io.masumi.node.query.purchase.PurchaseQuery.FindPurchase;
import io.masumi.node.query.purchase.PurchaseQuery.FindPurchaseOfOffer;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.ViewUpdates;
import java.util.List;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@AutoConfiguration
@ConditionalOnRole("query")
class PurchaseViewAutoConfiguration {

    static final String TABLE = "purchase_view";
    static final String OFFER = "offer_id";

    @Bean
    BusyGroup purchaseView() {
        return new BusyGroup(PurchaseProjection.GROUP);
    }

    @Bean
    PurchaseProjection purchaseProjection(JdbcTemplate jdbc, ViewUpdates updates) {
        var table = EscrowViewTable.of(jdbc, StoredJson.mapper(), TABLE, PurchaseView.class, PurchaseRow::view,
                List.of(new Column<>(OFFER, PurchaseRow::offerId)));
        return new PurchaseProjection(
                updates.projector(table, PurchaseView::version, PurchaseRow::of, PurchaseViewAutoConfiguration::announce));
    }

    @Bean
    PurchaseQueries purchaseQueries(JdbcClient jdbc) {
        return new PurchaseQueries(jdbc);
    }

    private static void announce(PurchaseRow row, QueryUpdateEmitter emitter) {
        for (var includeHistory : new boolean[]{false, true}) {
            emitter.emit(FindPurchase.class,
                    query -> query.purchaseId().value().equals(row.id()) && query.includeHistory() == includeHistory,
                    row.record(includeHistory));
        }
        emitter.emit(FindPurchaseOfOffer.class, query -> query.offerId().value().equals(row.offerId()), row.record(false));
    }
}
