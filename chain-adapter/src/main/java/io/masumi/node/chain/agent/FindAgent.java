package io.masumi.node.chain.agent;

import io.masumi.node.escrow.Network;

/**
 * Looks an agent up on chain: who holds its NFT now, and what its metadata says. Answers {@link AgentOnChain}, or null when
 * no payment source of the network has its policy, nobody holds the NFT, or its metadata cannot be read.
 */
public record FindAgent(Network network, String agentIdentifier) {}
