package io.masumi.node.chain.identifier;

import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowTimes;
import java.util.List;

/**
 * A query: checks that an identifier is signed by the seller over exactly these terms (docs/domain.md, "Blockchain identifier").
 * Answers {@link IdentifierCheck}.
 *
 * @param requestedFunds null for fixed pricing
 * @param sellerAddress bech32 of the address that holds the agent's NFT
 */
public record VerifyIdentifier(BlockchainIdentifier identifier, String inputHash, String agentIdentifier, String purchaserIdentifier,
        List<Amount> requestedFunds, EscrowTimes times, String sellerVkey, String sellerAddress) {}
