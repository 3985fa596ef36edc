package io.masumi.node.query.purchase;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.serialization.StoredJson;
import io.masumi.node.query.escrow.EscrowViewTable;
import io.masumi.node.query.purchase.PurchaseQuery.FindPurchase;
import io.masumi.node.query.purchase.PurchaseQuery.FindPurchaseOfOffer;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.ViewProjector;
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
    PurchaseProjection purchaseProjection(JdbcTemplate jdbc, QueryUpdateEmitter updates) {
        var table = EscrowViewTable.of(jdbc, StoredJson.mapper(), TABLE, PurchaseView.class, PurchaseRow::view,
                List.of(new Column<>(OFFER, PurchaseRow::offerId)));
        return new PurchaseProjection(new ViewProjector<>(table, PurchaseView::version, PurchaseRow::of, row -> announce(row, updates)));
    }

    @Bean
    PurchaseQueries purchaseQueries(JdbcClient jdbc) {
        return new PurchaseQueries(jdbc);
    }

    private static void announce(PurchaseRow row, QueryUpdateEmitter updates) {
        for (var includeHistory : new boolean[]{false, true}) {
            updates.emit(FindPurchase.class,
                    query -> query.purchaseId().value().equals(row.id()) && query.includeHistory() == includeHistory,
                    row.record(includeHistory));
        }
        updates.emit(FindPurchaseOfOffer.class, query -> query.offerId().value().equals(row.offerId()), row.record(false));
    }
}
