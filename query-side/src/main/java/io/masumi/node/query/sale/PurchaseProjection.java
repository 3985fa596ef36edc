package io.masumi.node.query.sale;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.axon.BusyGroup;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.purchase.PurchaseState;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.Rendered;
import io.masumi.node.query.projection.ViewProjector;
import io.masumi.node.query.projection.ViewUpdates;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

@AutoConfiguration
@ConditionalOnRole("query")
@ProcessingGroup(PurchaseProjection.GROUP)
final class PurchaseProjection {

    static final String GROUP = "purchase-view";

    private final ViewProjector<SaleView<PurchaseState>, Rendered<SaleView<PurchaseState>>> view;
    private final EventStore events;

    PurchaseProjection(JdbcTemplate jdbc, ViewUpdates updates, EventStore events) {
        this.events = events;
        view = SaleTable.projector(jdbc, updates, SaleKind.Purchase, PurchaseState.class, new PurchaseJson(),
                List.of(new Column<>(SaleTable.OFFER, row -> SaleTable.offerId(row.view().state()))));
    }

    @Bean
    static BusyGroup purchaseView() {
        return new BusyGroup(GROUP);
    }

    @EventHandler
    void on(PurchaseEvent event) {
        view.project(event.purchaseId().value(),
                (before, when) -> SaleView.after(before, event, PurchaseEvent.class, PurchaseState::evolve, events, when));
    }

    @ResetHandler
    void reset() {
        view.reset();
    }
}
