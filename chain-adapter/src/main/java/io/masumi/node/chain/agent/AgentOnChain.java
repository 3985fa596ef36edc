package io.masumi.node.chain.agent;

import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.registry.AgentDetails;

/** An agent as the chain shows it. @param cooldownTime of the source's contract, ms */
public record AgentOnChain(String agentIdentifier, PaymentSourceRef source, long cooldownTime, Participant holder, AgentDetails details) {}
