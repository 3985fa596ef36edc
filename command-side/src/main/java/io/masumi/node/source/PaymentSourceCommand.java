package io.masumi.node.source;

import io.masumi.node.Requester;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a payment source. Every handler returns the version afterwards, a {@code Long}. */
public sealed interface PaymentSourceCommand {

    PaymentSourceId sourceId();

    /**
     * Adds a payment source whose scripts the node already holds and has verified.
     *
     * @param policyId registry policy id, hex
     * @param providerUrl base URL of a Blockfrost API; its key is kept with the node's secrets, never in an event
     */
    record CreatePaymentSource(@TargetAggregateIdentifier PaymentSourceId sourceId, Network network, PaymentSourceType type,
            String smartContractAddress, String policyId, ContractParameters parameters, String providerUrl,
            Requester requester) implements PaymentSourceCommand {}

    /**
     * Asks for an output that carries a script.
     *
     * @param walletIds hot wallets that may pay for it, in order of preference
     * @param gone the output known so far, which was looked for and is not there; null if none is known
     */
    record RequestReferenceScript(@TargetAggregateIdentifier PaymentSourceId sourceId, ContractScript script, List<String> walletIds,
            OutputRef gone, Requester requester) implements PaymentSourceCommand {}

    /** Takes an output of whomever for a script's; it was looked for, and carries it. */
    record AdoptReferenceScript(@TargetAggregateIdentifier PaymentSourceId sourceId, ContractScript script, OutputRef output,
            Requester requester) implements PaymentSourceCommand {}

    /** Asks for the deposit back. @param output the one meant. @param walletId the hot wallet whose key holds it */
    record RequestReferenceScriptRetirement(@TargetAggregateIdentifier PaymentSourceId sourceId, ContractScript script, OutputRef output,
            String walletId, Requester requester) implements PaymentSourceCommand {}

    /** The output is on chain, or in another block than before. */
    record RecordReferenceScriptDeployed(@TargetAggregateIdentifier PaymentSourceId sourceId, ContractScript script, OutputRef output,
            SourceTransaction transaction) implements PaymentSourceCommand {}

    /** The output was spent by the node's transaction, which is on chain, or in another block than before. */
    record RecordReferenceScriptRetired(@TargetAggregateIdentifier PaymentSourceId sourceId, ContractScript script, OutputRef output,
            SourceTransaction transaction) implements PaymentSourceCommand {}

    /** A transaction that was signed for it is given up. Recorded whatever it is about, once. */
    record RecordTransactionGivenUp(@TargetAggregateIdentifier PaymentSourceId sourceId, ContractScript script, ReferenceScriptStep step,
            GivenUpTransaction transaction) implements PaymentSourceCommand {}

    /** What was asked for last failed. */
    record RecordReferenceScriptFailed(@TargetAggregateIdentifier PaymentSourceId sourceId, ContractScript script, ErrorType errorType,
            String errorNote) implements PaymentSourceCommand {}
}
