package io.masumi.node.chain.process;

import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.ChainActions;
import io.masumi.node.chain.source.Sources;
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
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;

/**
 * Makes chain actions of what payment sources want with reference scripts, and notes for the builders which outputs to refer to. No
 * saga: nothing has to be remembered from one event to the next. Handling an event again changes nothing.
 */
@ProcessingGroup(ReferenceScriptIntents.GROUP)
@DisallowReplay
final class ReferenceScriptIntents {

    static final String GROUP = "reference-scripts";

    private final PaymentSourceIntents wanted = new PaymentSourceIntents();
    private final ChainActions actions;
    private final Sources sources;

    ReferenceScriptIntents(ChainActions actions, Sources sources) {
        this.actions = actions;
        this.sources = sources;
    }

    @EventHandler
    void on(PaymentSourceEvent event, @SequenceNumber long sequenceNumber) {
        actions.hear(ActionRole.PaymentSource, event.sourceId().value(), sequenceNumber, intents -> {
            carry(event);
            intents.intend(wanted.of(null, event, sequenceNumber));
        });
    }

    private void carry(PaymentSourceEvent event) {
        switch (event) {
            case ReferenceScriptDeployed e -> sources.carried(e.sourceId(), e.script(), e.output());
            case ReferenceScriptAdopted e -> sources.carried(e.sourceId(), e.script(), e.output());
            // From now on nothing may lean on it.
            case ReferenceScriptRetirementRequested e -> sources.carried(e.sourceId(), e.script(), null);
            case ReferenceScriptRetirementFailed e -> sources.carried(e.sourceId(), e.script(), e.output());
            // One that was deployed may have been lost to a rollback.
            case ReferenceScriptDeploymentFailed e -> sources.carried(e.sourceId(), e.script(), null);
            case PaymentSourceCreated _,ReferenceScriptDeploymentRequested _,ReferenceScriptRetired _,TransactionGivenUp _ -> {
            }
        }
    }
}
