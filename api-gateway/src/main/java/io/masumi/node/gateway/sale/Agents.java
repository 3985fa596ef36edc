package io.masumi.node.gateway.sale;

import io.masumi.node.chain.agent.AgentOnChain;
import io.masumi.node.chain.agent.FindAgent;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.message.Views;

/** Looks agents up on chain for the edge. */
final class Agents {

    private final Views views;

    public Agents(Views views) {
        this.views = views;
    }

    /**
     * The agent that a request is about.
     *
     * @param type the contract version that the request insists on, null for any
     * @throws Problem 404 if there is none, 400 if it is of another contract version
     */
    public AgentOnChain find(Network network, String agentIdentifier, PaymentSourceType type) {
        AgentOnChain agent = views.one(new FindAgent(network, agentIdentifier), AgentOnChain.class)
                .orElseThrow(() -> Problem.notFound("No agent with this agentIdentifier is registered on " + network
                        + " under a payment source of this node"));
        if (type != null && type != agent.source().type()) {
            throw Problem.invalid("paymentSourceType must be " + agent.source().type() + " for this agent");
        }
        return agent;
    }
}
