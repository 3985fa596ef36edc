package io.masumi.node.contracts;

import java.util.List;
import java.util.Objects;

/**
 * What distinguishes one deployment of the escrow contract from another, in the order in which the script takes it.
 *
 * @param requiredAdmins how many entries of {@code adminKeyHashes} must sign to resolve a dispute
 * @param adminKeyHashes 28-byte key hashes in lower-case hex; one that is listed twice counts twice
 * @param feeAddress where the network fee goes on withdrawal
 * @param feePermille share of each locked asset that is the fee, in thousandths
 * @param cooldownMillis how long a party must wait after acting, in milliseconds
 */
public record EscrowParameters(int requiredAdmins, List<String> adminKeyHashes, PlutusAddress feeAddress, int feePermille,
        long cooldownMillis) {

    public EscrowParameters {
        adminKeyHashes = adminKeyHashes.stream().map(hash -> Hex.checked("admin key hash", hash, 28)).toList();
        Objects.requireNonNull(feeAddress, "fee address");
        if (feePermille < 0 || feePermille > 1000) {
            throw new IllegalArgumentException("fee must be 0 to 1000 permille: " + feePermille);
        }
        if (cooldownMillis < 0) {
            throw new IllegalArgumentException("cooldown must not be negative: " + cooldownMillis + " ms");
        }
    }
}
