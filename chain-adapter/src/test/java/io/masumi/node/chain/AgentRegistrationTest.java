package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.agent.AgentOnChain;
import io.masumi.node.chain.agent.FindAgent;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.registry.RegistrationCommand;
import io.masumi.node.registry.RegistrationId;

class AgentRegistrationTest {

    private static final AgentDetails AGENT = new AgentDetails("Translator", "Translates", "https://agent.example/api", List.of(),
            new AgentDetails.Capability("translation", "1.0"), new AgentDetails.Author("Ada", null, null, null), null, List.of("text"),
            new AgentPricing(PricingType.Fixed, Funds.lovelace(5_000_000)), null, 1);

    @Test
    void anAgentIsMintedOnceDespiteALostReplyAndADeathAndBurntWhenAsked() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            RegistrationId id = new RegistrationId("cregistration0001");
            node.network.faults().loseSubmitReplies(1);
            node.crash.arm(CrashPoint.AFTER_SUBMITTING);
            node.commands().sendAndWait(new RegistrationCommand.RequestRegistration(id, node.source,
                    new WalletRef(node.sellingWallet().value(), node.seller.vkey(), node.seller.address()), null, null, AGENT,
                    NodeOnDevelopmentNetwork.OWNER));
            node.untilWithoutBlocks("death", node.crash::isDead);
            node.stop();
            node.start();
            node.until("minted", () -> node.events(id.value()).contains("RegistrationConfirmed"));
            String agent = node.database().sql("SELECT agent_identifier FROM chain_transaction").query(String.class).single();
            assertThat(find(node, agent).holder().vkey()).isEqualTo(node.seller.vkey());

            node.commands().sendAndWait(new RegistrationCommand.RequestDeregistration(id, NodeOnDevelopmentNetwork.OWNER));
            node.until("burnt", () -> node.events(id.value()).contains("DeregistrationConfirmed"));
            assertThat(find(node, agent)).isNull();
            assertThat(node.events(id.value())).containsExactly("RegistrationRequested", "RegistrationInitiated", "RegistrationConfirmed",
                    "DeregistrationRequested", "DeregistrationInitiated", "DeregistrationConfirmed");
        }
    }

    private static AgentOnChain find(NodeOnDevelopmentNetwork node, String agent) {
        return node.bean(QueryGateway.class).query(new FindAgent(Network.Preprod, agent), AgentOnChain.class).join();
    }
}
