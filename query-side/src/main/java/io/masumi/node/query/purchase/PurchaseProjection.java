package io.masumi.node.query.purchase;

import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.ViewProjector;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;

@ProcessingGroup(PurchaseProjection.GROUP)
final class PurchaseProjection {

    static final String GROUP = "purchase-view";

    private final ViewProjector<PurchaseView, PurchaseRow> view;

    PurchaseProjection(ViewProjector<PurchaseView, PurchaseRow> view) {
        this.view = view;
    }

    @EventHandler
    void on(PurchaseEvent event, @SequenceNumber long version, @Timestamp Instant at) {
        view.project(event.purchaseId().value(), version, before -> PurchaseView.after(before, event, new Occurrence(version, at)));
    }

    @ResetHandler
    void reset() {
        view.reset();
    }
}
