package io.masumi.node.gateway.sale;

import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.Network;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Names the payment or purchase to act on. */
record IdentifierRequest(
        @NotNull @Size(min = 1, max = BlockchainIdentifier.MAX_LENGTH) String blockchainIdentifier,
        @NotNull Network network) {

    public BlockchainIdentifier identifier() {
        return new BlockchainIdentifier(blockchainIdentifier);
    }
}
