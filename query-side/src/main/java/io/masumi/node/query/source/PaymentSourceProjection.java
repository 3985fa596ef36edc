package io.masumi.node.query.source;

import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.ViewProjector;
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
import java.time.Instant;
import java.util.List;
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
                    e.smartContractAddress(), e.policyId(), e.parameters(), e.providerUrl(), List.of());
            case
                    ReferenceScriptDeploymentRequested _,ReferenceScriptDeployed _,ReferenceScriptDeploymentFailed _,ReferenceScriptAdopted _,ReferenceScriptRetirementRequested _,ReferenceScriptRetired _,ReferenceScriptRetirementFailed _,TransactionGivenUp _ ->
                new PaymentSourceView(before.id(), when.version(), before.createdAt(), when.at(), before.network(), before.type(),
                        before.smartContractAddress(), before.policyId(), before.parameters(), before.providerUrl(),
                        ReferenceScript.evolve(before.referenceScripts(), event));
        };
    }
}
