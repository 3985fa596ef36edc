package io.masumi.node.gateway.sale;

import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.Retry;
import io.masumi.node.gateway.http.WireTime;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Clears the error of a record that waits for an operator.
 *
 * @param updatedAt of the record as the operator saw it
 * @param retryPreviousAction whether the action that failed is wanted again; not when absent
 */
record RecoveryRequest(
        @NotNull @Size(min = 1, max = BlockchainIdentifier.MAX_LENGTH) String blockchainIdentifier,
        @NotNull Network network,
        @NotNull WireTime updatedAt,
        Boolean retryPreviousAction) {

    public BlockchainIdentifier identifier() {
        return new BlockchainIdentifier(blockchainIdentifier);
    }

    Retry retry() {
        return Retry.of(Boolean.TRUE.equals(retryPreviousAction));
    }
}
