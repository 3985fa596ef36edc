package io.masumi.node.devnet.control;

import java.util.List;
import java.util.Objects;

/**
 * The escrow contract that who keeps a network wants those who join it to use. To the network itself it is a notice and
 * nothing more: whoever reads it checks for itself that the scripts are the address's.
 *
 * @param smartContractAddress bech32
 * @param escrowScript the script's bytes, hex
 * @param registryScript the registry policy's bytes, hex
 * @param requiredAdminSignatures how many of the admins must sign to settle a dispute
 * @param adminAddresses bech32
 * @param feeAddress bech32
 * @param feeRatePermille of each locked asset
 * @param cooldownTime milliseconds
 */
public record PublishedContract(String smartContractAddress, String escrowScript, String registryScript, int requiredAdminSignatures,
        List<String> adminAddresses, String feeAddress, int feeRatePermille, long cooldownTime) {

    public PublishedContract {
        Objects.requireNonNull(smartContractAddress, "smartContractAddress");
        Objects.requireNonNull(escrowScript, "escrowScript");
        Objects.requireNonNull(registryScript, "registryScript");
        Objects.requireNonNull(feeAddress, "feeAddress");
        adminAddresses = List.copyOf(adminAddresses);
    }
}
