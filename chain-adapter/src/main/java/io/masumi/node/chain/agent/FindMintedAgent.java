package io.masumi.node.chain.agent;

import io.masumi.node.escrow.Network;

/**
 * Asks what the chain says of an agent, whoever holds it and whether or not it can be bought from. Answers {@link MintedAgent},
 * or null when no payment source of the network has its policy or nobody holds the NFT.
 */
public record FindMintedAgent(Network network, String agentIdentifier) {}
