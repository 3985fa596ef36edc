package io.masumi.node.chain.saga;

import io.masumi.node.chain.action.ActionRequest;
import io.masumi.node.chain.action.ActionRole;
import io.masumi.node.chain.action.ChainActions;
import io.masumi.node.chain.action.WantedAction;
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
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;

/**
 * Makes chain actions of what payment sources want with reference scripts, and notes for the builders which outputs to refer to. No
 * saga: nothing has to be remembered from one event to the next. Handling an event again changes nothing.
 */
@ProcessingGroup(ReferenceScriptWishes.GROUP)
@DisallowReplay
final class ReferenceScriptWishes {

    static final String GROUP = "reference-scripts";

    private final ChainActions actions;
    private final Sources sources;

    ReferenceScriptWishes(ChainActions actions, Sources sources) {
        this.actions = actions;
        this.sources = sources;
    }

    @EventHandler
    void on(PaymentSourceEvent event, @SequenceNumber long sequenceNumber) {
        switch (event) {
            case ReferenceScriptDeploymentRequested e -> want(e, e.walletIds(), new WantedAction.DeployReferenceScript(e.script()),
                    sequenceNumber);
            case ReferenceScriptDeployed e -> sources.carried(e.sourceId(), e.script(), e.output());
            case ReferenceScriptAdopted e -> sources.carried(e.sourceId(), e.script(), e.output());
            case ReferenceScriptRetirementRequested e -> {
                // From now on nothing may lean on it.
                sources.carried(e.sourceId(), e.script(), null);
                want(e, List.of(e.walletId()), new WantedAction.RetireReferenceScript(e.script(), e.output()), sequenceNumber);
            }
            case ReferenceScriptRetirementFailed e -> sources.carried(e.sourceId(), e.script(), e.output());
            // One that was deployed may have been lost to a rollback.
            case ReferenceScriptDeploymentFailed e -> sources.carried(e.sourceId(), e.script(), null);
            case PaymentSourceCreated _,ReferenceScriptRetired _,TransactionGivenUp _ -> {
            }
        }
    }

    private void want(PaymentSourceEvent event, List<String> walletIds, WantedAction action, long sequenceNumber) {
        actions.want(new ActionRequest(ActionRole.PaymentSource, event.sourceId().value(), sequenceNumber, event.sourceId(), walletIds,
                action, 0, null));
    }
}
