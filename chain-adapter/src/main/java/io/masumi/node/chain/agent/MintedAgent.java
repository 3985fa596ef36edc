package io.masumi.node.chain.agent;

import io.masumi.node.registry.AgentDetails;

/** An agent's NFT that somebody holds. @param details what its metadata says, null if that cannot be read as an agent's */
public record MintedAgent(String agentIdentifier, AgentDetails details) {}
