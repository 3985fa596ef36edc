package io.masumi.node.chain.process;

import java.util.List;

import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.outbox.ActionRequest;
import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.Intent;
import io.masumi.node.escrow.Funds;
import io.masumi.node.source.PaymentSourceEvent;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptDeploymentRequested;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptRetirementRequested;
import io.masumi.node.source.ReferenceScript;

/** What a payment source wants done with reference scripts. */
final class PaymentSourceIntents extends RecordIntents<List<ReferenceScript>, PaymentSourceEvent> {

    PaymentSourceIntents() {
        super(ActionRole.PaymentSource, PaymentSourceEvent.class, PaymentSourceIntents::evolved, (_, _) -> Funds.NONE);
    }

    /** What became of a transaction calls nothing off, as with registrations. */
    @Override
    Intent of(List<ReferenceScript> scripts, PaymentSourceEvent event, long sequenceNumber) {
        return switch (event) {
            case ReferenceScriptDeploymentRequested e -> intent(e, e.walletIds(), new ChainAction.DeployReferenceScript(e.script()),
                    sequenceNumber);
            case ReferenceScriptRetirementRequested e -> intent(e, List.of(e.walletId()),
                    new ChainAction.RetireReferenceScript(e.script(), e.output()), sequenceNumber);
            default -> new Intent.AsBefore();
        };
    }

    @Override
    boolean isPending(List<ReferenceScript> scripts) {
        return scripts.stream().anyMatch(script -> script.phase().isUnderWay());
    }

    private static List<ReferenceScript> evolved(List<ReferenceScript> scripts, PaymentSourceEvent event) {
        return ReferenceScript.evolve(scripts == null ? List.of() : scripts, event);
    }

    private static Intent intent(PaymentSourceEvent event, List<String> walletIds, ChainAction action, long sequenceNumber) {
        return new Intent.This(new ActionRequest(ActionRole.PaymentSource, event.sourceId().value(), sequenceNumber, event.sourceId(),
                walletIds, action, 0, null));
    }
}
