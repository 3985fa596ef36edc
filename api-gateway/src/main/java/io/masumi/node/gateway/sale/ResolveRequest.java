package io.masumi.node.gateway.sale;

import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.Network;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Asks for the record of an identifier.
 *
 * @param filterSmartContractAddress bech32; null for any
 * @param includeHistory "true" to add all transactions
 */
record ResolveRequest(
        @NotNull @Size(min = 1, max = BlockchainIdentifier.MAX_LENGTH) String blockchainIdentifier,
        @NotNull Network network,
        @Size(max = 250) String filterSmartContractAddress,
        @Pattern(regexp = "(?i)true|false", message = "must be \"true\" or \"false\"") String includeHistory) {

    public BlockchainIdentifier identifier() {
        return new BlockchainIdentifier(blockchainIdentifier);
    }

    public boolean withHistory() {
        return Boolean.parseBoolean(includeHistory);
    }
}
