package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.agent.AgentOnChain;
import io.masumi.node.chain.agent.FindAgent;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.registry.RegistrationCommand;
import io.masumi.node.registry.RegistrationId;

@Tag("slow")
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
            register(node, id, null);
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

    @Test
    void anAgentIsMintedAndBurntOnceByTheWalletThatItWasSentToHoweverOftenTheNodeDies() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            RegistrationId id = new RegistrationId("cregistration0002");
            node.crash.arm(CrashPoint.BEFORE_BUILDING);
            register(node, id, node.buyer);
            dieEverywhere(node, () -> node.events(id.value()).contains("RegistrationConfirmed"));
            List<String> minted = node.chain().assetsOf(node.buyer.vkey(), node.source.policyId(), 10);
            assertThat(minted).hasSize(1);
            assertThat(node.chain().assetsOf(node.seller.vkey(), node.source.policyId(), 10)).isEmpty();

            node.crash.arm(CrashPoint.BEFORE_BUILDING);
            node.commands().sendAndWait(new RegistrationCommand.RequestDeregistration(id, NodeOnDevelopmentNetwork.OWNER));
            dieEverywhere(node, () -> node.events(id.value()).contains("DeregistrationConfirmed"));
            assertThat(find(node, minted.getFirst())).isNull();
            assertThat(node.database().sql("SELECT count(*) FROM chain_transaction").query(Long.class).single()).isEqualTo(2);
        }
    }

    @Test
    void aMintThatExpiredIsBuiltAnewAndThereIsOneAgent() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            RegistrationId id = new RegistrationId("cregistration0003");
            node.crash.arm(CrashPoint.BEFORE_SUBMITTING);
            register(node, id, null);
            node.untilWithoutBlocks("death", node.crash::isDead);
            node.stop();
            node.clock.advance(Duration.ofMinutes(6));
            node.network.makeBlock();
            node.start();
            node.until("minted", () -> node.events(id.value()).contains("RegistrationConfirmed"));

            assertThat(node.chain().assetsOf(node.seller.vkey(), node.source.policyId(), 10)).hasSize(1);
            assertThat(node.events(id.value())).containsExactly("RegistrationRequested", "RegistrationInitiated", "TransactionGivenUp",
                    "RegistrationInitiated",
                    "RegistrationConfirmed");
            assertThat(node.database().sql("SELECT status FROM chain_transaction ORDER BY number").query(String.class).list())
                    .startsWith("Dropped").hasSize(2);
        }
    }

    private static void dieEverywhere(NodeOnDevelopmentNetwork node, Callable<Boolean> done) {
        List<CrashPoint> points = List.of(CrashPoint.BEFORE_BUILDING, CrashPoint.BEFORE_STORING, CrashPoint.BEFORE_ANNOUNCING,
                CrashPoint.BEFORE_SUBMITTING, CrashPoint.AFTER_SUBMITTING, CrashPoint.BEFORE_RECORDING);
        for (int i = 0; i < points.size(); i++) {
            node.until("death " + points.get(i), node.crash::isDead);
            node.stop();
            if (i + 1 < points.size()) {
                node.crash.arm(points.get(i + 1));
            }
            node.start();
        }
        node.until("effect", done);
    }

    private static void register(NodeOnDevelopmentNetwork node, RegistrationId id, Participant recipient) {
        node.commands().sendAndWait(new RegistrationCommand.RequestRegistration(id, node.source,
                new WalletRef(node.sellingWallet().value(), node.seller.vkey(), node.seller.address()), recipient, null, AGENT,
                NodeOnDevelopmentNetwork.OWNER));
    }

    private static AgentOnChain find(NodeOnDevelopmentNetwork node, String agent) {
        return node.bean(QueryGateway.class).query(new FindAgent(Network.Preprod, agent), AgentOnChain.class).join();
    }
}
