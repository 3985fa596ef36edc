package io.masumi.node.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.masumi.node.EventName;
import io.masumi.node.Requester;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;
import java.util.List;

/** What happened to a payment source. Stored for ever under the names given here. */
public sealed interface PaymentSourceEvent {

    PaymentSourceId sourceId();

    @EventName("masumi.source.PaymentSourceCreated")
    record PaymentSourceCreated(PaymentSourceId sourceId, Network network, PaymentSourceType type, String smartContractAddress,
            String policyId, ContractParameters parameters, String providerUrl, Requester requester) implements PaymentSourceEvent {}

    /** An output that carries a script is wanted. @param walletIds hot wallets that may pay for it, in order of preference */
    @EventName("masumi.source.ReferenceScriptDeploymentRequested")
    record ReferenceScriptDeploymentRequested(PaymentSourceId sourceId, ContractScript script, List<String> walletIds,
            Requester requester) implements PaymentSourceEvent {}

    /** The node's output that carries a script is on chain. @param transaction null in what was stored before it was recorded */
    @EventName("masumi.source.ReferenceScriptDeployed")
    record ReferenceScriptDeployed(PaymentSourceId sourceId, ContractScript script, OutputRef output,
            @JsonInclude(JsonInclude.Include.NON_NULL) SourceTransaction transaction) implements PaymentSourceEvent {}

    /** A transaction that the node signed is given up. What is wanted, or not, says the next event. */
    @EventName("masumi.source.TransactionGivenUp")
    record TransactionGivenUp(PaymentSourceId sourceId, ContractScript script, ReferenceScriptStep step,
            GivenUpTransaction transaction) implements PaymentSourceEvent {}

    @EventName("masumi.source.ReferenceScriptDeploymentFailed")
    record ReferenceScriptDeploymentFailed(PaymentSourceId sourceId, ContractScript script, ErrorType errorType,
            String errorNote) implements PaymentSourceEvent {}

    /** An operator named an output that is on chain already, and was found to carry the script. */
    @EventName("masumi.source.ReferenceScriptAdopted")
    record ReferenceScriptAdopted(PaymentSourceId sourceId, ContractScript script, OutputRef output,
            Requester requester) implements PaymentSourceEvent {}

    /** The deposit in an output that carries a script is wanted back. @param walletId the hot wallet whose key holds the output */
    @EventName("masumi.source.ReferenceScriptRetirementRequested")
    record ReferenceScriptRetirementRequested(PaymentSourceId sourceId, ContractScript script, OutputRef output, String walletId,
            Requester requester) implements PaymentSourceEvent {}

    /**
     * The output was spent, and its deposit is the wallet's again.
     *
     * @param transaction what spent it, null in what was stored before it was recorded
     */
    @EventName("masumi.source.ReferenceScriptRetired")
    record ReferenceScriptRetired(PaymentSourceId sourceId, ContractScript script, OutputRef output, String transactionHash,
            @JsonInclude(JsonInclude.Include.NON_NULL) SourceTransaction transaction) implements PaymentSourceEvent {}

    @EventName("masumi.source.ReferenceScriptRetirementFailed")
    record ReferenceScriptRetirementFailed(PaymentSourceId sourceId, ContractScript script, OutputRef output, ErrorType errorType,
            String errorNote) implements PaymentSourceEvent {}
}
