package io.masumi.node.chain.source;

import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.escrow.Network;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.ContractScript;
import io.masumi.node.source.PaymentSourceId;
import java.util.Optional;

/**
 * What the chain adapter needs of a payment source to act for it.
 *
 * @param policyId registry policy id, hex
 * @param providerUrl base URL of a Blockfrost API
 * @param escrowScriptOutput an output that carries the escrow script (CIP-33), if one is deployed
 * @param registryScriptOutput an output that carries the registry policy, if one is deployed
 */
public record Source(PaymentSourceId id, Network network, String smartContractAddress, String policyId, ContractParameters parameters,
        String providerUrl, Optional<OutputRef> escrowScriptOutput, Optional<OutputRef> registryScriptOutput) {

    /** An output that carries the script, if one is deployed. */
    public Optional<OutputRef> output(ContractScript script) {
        return switch (script) {
            case Escrow -> escrowScriptOutput;
            case Registry -> registryScriptOutput;
        };
    }

    /** The hash that a script goes by, hex. */
    public String hash(ContractScript script) {
        return switch (script) {
            case Escrow -> ShelleyAddress.parse(smartContractAddress).paymentScriptHash().orElseThrow();
            case Registry -> policyId;
        };
    }

    public PaymentSourceRef ref() {
        return new PaymentSourceRef(id.value(), network, PaymentSourceType.Web3CardanoV1, smartContractAddress, policyId);
    }
}
