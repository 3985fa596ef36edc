package io.masumi.node.query.payment;

import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.ViewProjector;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;

@ProcessingGroup(PaymentProjection.GROUP)
final class PaymentProjection {

    static final String GROUP = "payment-view";

    private final ViewProjector<PaymentView, PaymentRow> view;

    PaymentProjection(ViewProjector<PaymentView, PaymentRow> view) {
        this.view = view;
    }

    @EventHandler
    void on(PaymentEvent event, @SequenceNumber long version, @Timestamp Instant at) {
        view.project(event.paymentId().value(), version, before -> PaymentView.after(before, event, new Occurrence(version, at)));
    }

    @ResetHandler
    void reset() {
        view.reset();
    }
}
