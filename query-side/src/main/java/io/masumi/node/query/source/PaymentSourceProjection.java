package io.masumi.node.query.source;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.ViewProjector;
import io.masumi.node.query.projection.ViewReader;
import io.masumi.node.query.projection.ViewTable;
import io.masumi.node.query.projection.ViewUpdates;
import io.masumi.node.query.source.PaymentSourceQuery.FindPaymentSource;
import io.masumi.node.query.source.PaymentSourceQuery.ListPaymentSources;
import io.masumi.node.source.PaymentSourceEvent;
import io.masumi.node.source.PaymentSourceEvent.PaymentSourceCreated;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptAdopted;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptDeployed;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptDeploymentFailed;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptDeploymentRequested;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptRetired;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptRetirementFailed;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptRetirementRequested;
import io.masumi.node.source.PaymentSourceEvent.TransactionGivenUp;
import io.masumi.node.source.ReferenceScript;
import java.util.List;
import java.util.function.Function;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;

@AutoConfiguration
@ConditionalOnRole("query")
@ProcessingGroup("payment-source-view")
final class PaymentSourceProjection {

    private final ViewProjector<PaymentSourceView, PaymentSourceView> view;
    private final ViewReader<PaymentSourceView> views;

    PaymentSourceProjection(JdbcTemplate jdbc, ViewUpdates updates) {
        ViewTable<PaymentSourceView, PaymentSourceView> table = new ViewTable<>(jdbc, "payment_source_view", PaymentSourceView.class,
                Function.identity(),
                new Column<>("id", row -> row.id().value()), List.of(
                        new Column<>("created_at", PaymentSourceView::createdAt),
                        new Column<>("network", PaymentSourceView::network),
                        new Column<>("smart_contract_address", PaymentSourceView::smartContractAddress)));
        view = updates.projector(table, Function.identity(),
                (row, emitter) -> emitter.emit(FindPaymentSource.class, query -> query.sourceId().equals(row.id()), row));
        views = new ViewReader<>(jdbc, table);
    }

    @EventHandler
    void on(PaymentSourceEvent event) {
        view.project(event.sourceId().value(), (before, when) -> after(before, event, when));
    }

    @ResetHandler
    void reset() {
        view.reset();
    }

    @QueryHandler
    PaymentSourceView on(FindPaymentSource query) {
        return views.find(query.sourceId().value());
    }

    @QueryHandler
    List<PaymentSourceView> on(ListPaymentSources query) {
        return views.list(views.page().from(query.cursorId()), query.take());
    }

    private static PaymentSourceView after(PaymentSourceView before, PaymentSourceEvent event, Occurrence when) {
        return switch (event) {
            case PaymentSourceCreated e -> new PaymentSourceView(e.sourceId(), when.version(), when.at(), when.at(), e.network(), e.type(),
                    e.smartContractAddress(), e.policyId(), e.parameters(), e.providerUrl(), List.of());
            case
                    ReferenceScriptDeploymentRequested _,ReferenceScriptDeployed _,ReferenceScriptDeploymentFailed _,ReferenceScriptAdopted _,ReferenceScriptRetirementRequested _,ReferenceScriptRetired _,ReferenceScriptRetirementFailed _,TransactionGivenUp _ ->
                new PaymentSourceView(before.id(), when.version(), before.createdAt(), when.at(), before.network(), before.type(),
                        before.smartContractAddress(), before.policyId(), before.parameters(), before.providerUrl(),
                        ReferenceScript.evolve(before.referenceScripts(), event));
        };
    }
}
