package io.masumi.node.query.source;

import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.source.ReferenceScript;
import io.masumi.node.query.projection.Versioned;
import java.time.Instant;
import java.util.List;

/**
 * A payment source as its events make it.
 *
 * @param version sequence number of its newest event
 * @param referenceScripts outputs that carry its scripts, or are to
 */
public record PaymentSourceView(PaymentSourceId id, long version, Instant createdAt, Instant updatedAt, Network network,
        PaymentSourceType type, String smartContractAddress, String policyId, ContractParameters parameters, String providerUrl,
        List<ReferenceScript> referenceScripts) implements Versioned {

    /** Rows from before there were reference scripts have none. */
    public PaymentSourceView {
        referenceScripts = referenceScripts == null ? List.of() : List.copyOf(referenceScripts);
    }

    public PaymentSourceRef ref() {
        return new PaymentSourceRef(id.value(), network, type, smartContractAddress, policyId);
    }
}
