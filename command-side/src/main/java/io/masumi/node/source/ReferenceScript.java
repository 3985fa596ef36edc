package io.masumi.node.source;

import io.masumi.node.cardano.OutputRef;
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
import java.util.stream.Stream;

/**
 * How it stands with the output that carries one of a payment source's scripts (CIP-33), so that transactions can refer to it
 * instead of holding it.
 *
 * @param output that carries the script, null if there is none
 * @param errorNote why the last attempt failed, else null
 */
public record ReferenceScript(ContractScript script, Phase phase, OutputRef output, String errorNote) {

    /** The names are on the wire. */
    public enum Phase {
        DeploymentRequested,
        Deployed,
        DeploymentFailed,
        RetirementRequested,
        Retired,
        RetirementFailed;

        /** Whether a transaction about it is wanted or on its way. */
        public boolean isUnderWay() {
            return this == DeploymentRequested || this == RetirementRequested;
        }
    }

    /** What a source's reference scripts are after an event. */
    public static List<ReferenceScript> evolve(List<ReferenceScript> before, PaymentSourceEvent event) {
        return switch (event) {
            case PaymentSourceCreated _ -> List.of();
            // Whatever carries the script until then may be gone already: that is why another is wanted.
            case ReferenceScriptDeploymentRequested e -> with(before, e.script(), Phase.DeploymentRequested, null, null);
            case ReferenceScriptDeployed e -> with(before, e.script(), Phase.Deployed, e.output(), null);
            case ReferenceScriptDeploymentFailed e -> with(before, e.script(), Phase.DeploymentFailed, null, e.errorNote());
            case ReferenceScriptAdopted e -> with(before, e.script(), Phase.Deployed, e.output(), null);
            case ReferenceScriptRetirementRequested e -> with(before, e.script(), Phase.RetirementRequested, e.output(), null);
            case ReferenceScriptRetired e -> with(before, e.script(), Phase.Retired, null, null);
            case TransactionGivenUp _ -> before;
            case ReferenceScriptRetirementFailed e -> with(before, e.script(), Phase.RetirementFailed, e.output(), e.errorNote());
        };
    }

    private static List<ReferenceScript> with(List<ReferenceScript> before, ContractScript script, Phase phase, OutputRef output,
            String errorNote) {
        return Stream.concat(before.stream().filter(each -> each.script() != script),
                Stream.of(new ReferenceScript(script, phase, output, errorNote))).sorted((a, b) -> a.script().compareTo(b.script()))
                .toList();
    }
}
