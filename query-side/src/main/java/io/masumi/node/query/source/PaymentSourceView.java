package io.masumi.node.query.source;

import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.PaymentSourceId;
import java.time.Instant;

/** A payment source as its events make it. @param version sequence number of its newest event */
public record PaymentSourceView(PaymentSourceId id, long version, Instant createdAt, Instant updatedAt, Network network,
        PaymentSourceType type, String smartContractAddress, String policyId, ContractParameters parameters, String providerUrl) {

    public PaymentSourceRef ref() {
        return new PaymentSourceRef(id.value(), network, type, smartContractAddress, policyId);
    }
}
