package io.masumi.node.query.source;

import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.ViewProjector;
import io.masumi.node.source.PaymentSourceEvent;
import io.masumi.node.source.PaymentSourceEvent.PaymentSourceCreated;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;

@ProcessingGroup("payment-source-view")
final class PaymentSourceProjection {

    private final ViewProjector<PaymentSourceView, PaymentSourceView> view;

    PaymentSourceProjection(ViewProjector<PaymentSourceView, PaymentSourceView> view) {
        this.view = view;
    }

    @EventHandler
    void on(PaymentSourceEvent event, @SequenceNumber long version, @Timestamp Instant at) {
        view.project(event.sourceId().value(), version, before -> after(before, event, new Occurrence(version, at)));
    }

    @ResetHandler
    void reset() {
        view.reset();
    }

    private static PaymentSourceView after(PaymentSourceView before, PaymentSourceEvent event, Occurrence when) {
        return switch (event) {
            case PaymentSourceCreated e -> new PaymentSourceView(e.sourceId(), when.version(), when.at(), when.at(), e.network(), e.type(),
                    e.smartContractAddress(), e.policyId(), e.parameters(), e.providerUrl());
        };
    }
}
