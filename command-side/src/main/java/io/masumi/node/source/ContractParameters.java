package io.masumi.node.source;

import java.util.List;

/**
 * The parameters of an escrow contract (docs/contracts.md, "Parameters").
 *
 * @param requiredAdminSignatures how many of the admins must sign to resolve a dispute
 * @param adminAddresses bech32, in the contract's order
 * @param feeAddress bech32
 * @param feeRatePermille 0 to 1000
 * @param cooldownTime ms
 */
public record ContractParameters(int requiredAdminSignatures, List<String> adminAddresses, String feeAddress, int feeRatePermille,
        long cooldownTime) {}
