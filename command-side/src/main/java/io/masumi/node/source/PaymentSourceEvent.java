package io.masumi.node.source;

import io.masumi.node.EventName;
import io.masumi.node.Requester;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;

/** What happened to a payment source. Stored for ever under the names given here. */
public sealed interface PaymentSourceEvent {

    PaymentSourceId sourceId();

    @EventName("masumi.source.PaymentSourceCreated")
    record PaymentSourceCreated(PaymentSourceId sourceId, Network network, PaymentSourceType type, String smartContractAddress,
            String policyId, ContractParameters parameters, String providerUrl, Requester requester) implements PaymentSourceEvent {}
}
