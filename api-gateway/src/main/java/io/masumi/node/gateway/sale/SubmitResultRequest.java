package io.masumi.node.gateway.sale;

import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.Network;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** Hands in a result. @param submitResultHash hex of the MIP-004 result hash */
record SubmitResultRequest(
        @NotNull Network network,
        @NotNull @Pattern(regexp = "[0-9a-fA-F]{64}", message = "must be 64 hex digits") String submitResultHash,
        @NotNull @Size(min = 1, max = BlockchainIdentifier.MAX_LENGTH) String blockchainIdentifier) {

    BlockchainIdentifier identifier() {
        return new BlockchainIdentifier(blockchainIdentifier);
    }
}
