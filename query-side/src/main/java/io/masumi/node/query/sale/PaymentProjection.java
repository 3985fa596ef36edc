package io.masumi.node.query.sale;

import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentState;
import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.axon.BusyGroup;
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
@ProcessingGroup(PaymentProjection.GROUP)
final class PaymentProjection {

    static final String GROUP = "payment-view";

    private final ViewProjector<SaleView<PaymentState>, Rendered<SaleView<PaymentState>>> view;
    private final EventStore events;

    PaymentProjection(JdbcTemplate jdbc, ViewUpdates updates, EventStore events) {
        this.events = events;
        view = SaleTable.projector(jdbc, updates, SaleKind.Payment, PaymentState.class, new PaymentJson(), List.of());
    }

    @Bean
    static BusyGroup paymentView() {
        return new BusyGroup(GROUP);
    }

    @EventHandler
    void on(PaymentEvent event) {
        view.project(event.paymentId().value(),
                (before, when) -> SaleView.after(before, event, PaymentEvent.class, PaymentState::evolve, events, when));
    }

    @ResetHandler
    void reset() {
        view.reset();
    }
}
