package io.masumi.node.source;

import io.masumi.node.Requester;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;
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
            String smartContractAddress, String policyId, ContractParameters parameters, String providerUrl, Requester requester)
            implements
                PaymentSourceCommand {}
}
