package io.masumi.node.chain.cardano.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.chain.CardanoWorld;
import io.masumi.node.chain.InteropVectors;
import io.masumi.node.chain.agent.AgentOnChain;
import io.masumi.node.chain.agent.AgentQueries;
import io.masumi.node.chain.agent.FindAgent;
import io.masumi.node.chain.agent.FindMintedAgent;
import io.masumi.node.chain.agent.ListAgentsOfHolder;
import io.masumi.node.chain.agent.MintedAgent;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.wallet.HotWalletId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Agents are minted, found and burnt on the development network, with our registry's real script. */
@Tag("slow")
class RegistryOnDevelopmentNetworkTest {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryOnDevelopmentNetworkTest.class);

    private CardanoWorld world;
    private AgentQueries agents;

    @BeforeEach
    void fundWallets() {
        world = new CardanoWorld();
        world.fund(world.seller, 100_000_000, 10_000_000);
        agents = new AgentQueries(world.sources, world.providers);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anAgentIsRegisteredFoundAndDeregistered() {
        SignedTransaction minted = new AgentMinting(world).register(world.seller, null);
        measured("RegisterAgent", minted);
        String agentIdentifier = minted.agentIdentifier();
        assertThat(agentIdentifier).hasSize(120).startsWith(world.registryScript.hash());
        assertThat(minted.inputs()).anySatisfy(input -> assertThat(agentIdentifier).endsWith(RegistryDrafts.assetName(input)));

        AgentOnChain found = agents.find(new FindAgent(Network.Preprod, agentIdentifier));
        assertThat(found.details()).isEqualTo(AgentMinting.EXAMPLE);
        assertThat(found.holder()).isEqualTo(world.participant(world.seller));
        assertThat(found.source().id()).isEqualTo(world.sourceId.value());
        assertThat(found.cooldownTime()).isEqualTo(CardanoWorld.COOLDOWN);

        SignedTransaction burnt = world.factory.build(world.sourceId, world.seller,
                world.provider.unspent(world.identity(world.seller).address()),
                TransactionContent.of(new ChainAction.DeregisterAgent(agentIdentifier)));
        assertThat(world.provider.submit(burnt.bytes())).isEqualTo(new SubmitOutcome.Accepted(burnt.hash()));
        world.block();
        measured("DeregisterAgent", burnt);
        assertThat(burnt.agentIdentifier()).isNull();
        assertThat(agents.find(new FindAgent(Network.Preprod, agentIdentifier))).isNull();
    }

    @Test
    void theNftGoesToARecipientWithFunding() {
        String recipient = world.identity(world.buyer).address();
        SignedTransaction minted = world.factory.build(world.sourceId, world.seller,
                world.provider.unspent(world.identity(world.seller).address()),
                TransactionContent.of(new ChainAction.RegisterAgent(AgentMinting.EXAMPLE, recipient, 3_000_000L)));
        world.provider.submit(minted.bytes());
        world.block();

        assertThat(agents.find(new FindAgent(Network.Preprod, minted.agentIdentifier())).holder())
                .isEqualTo(world.participant(world.buyer));
        assertThat(world.provider.unspent(recipient).getFirst().value().lovelace().longValue()).isEqualTo(3_000_000L);
        assertThatThrownBy(() -> world.factory.build(world.sourceId, world.seller,
                world.provider.unspent(world.identity(world.seller).address()),
                TransactionContent.of(new ChainAction.DeregisterAgent(minted.agentIdentifier()))))
                .isInstanceOf(InsufficientFundsException.class);
    }

    @Test
    void listsTheAgentsThatAKeyHoldsAndLeavesOutWhatIsNone() {
        String holder = world.identity(world.buyer).address();
        AgentDetails nameless = new AgentDetails(null, null, "https://agent.example", null, null, null, null, null,
                new AgentPricing(PricingType.Free, Funds.NONE), null, 1);
        String good = new AgentMinting(world).register(world.seller, holder).agentIdentifier();
        String bad = new AgentMinting(world).register(world.seller, holder, nameless).agentIdentifier();
        String other = new AgentMinting(world).register(world.seller, null).agentIdentifier();

        assertThat(list(world.buyer, null)).containsExactly(new MintedAgent(good, AgentMinting.EXAMPLE));
        assertThat(list(world.buyer, world.escrowAddress)).hasSize(1);
        assertThat(list(world.buyer, "addr_test1elsewhere")).isEmpty();
        assertThat(list(world.seller, null)).extracting(MintedAgent::agentIdentifier).containsExactly(other);
        assertThat(agents.list(new ListAgentsOfHolder(Network.Preprod, "ab".repeat(28), null))).isEmpty();
        assertThat(agents.list(new ListAgentsOfHolder(Network.Preprod, "../blocks", null))).isEmpty();
        assertThat(agents.find(new FindMintedAgent(Network.Preprod, bad))).isEqualTo(new MintedAgent(bad, null));
        assertThat(agents.find(new FindMintedAgent(Network.Preprod, world.registryScript.hash() + "00".repeat(32)))).isNull();
        assertThat(world.provider.assetsOf(world.identity(world.buyer).vkey(), world.registryScript.hash(), 1)).hasSize(1);
    }

    private List<MintedAgent> list(HotWalletId holder, String contract) {
        return agents.list(new ListAgentsOfHolder(Network.Preprod, world.identity(holder).vkey(), contract));
    }

    @Test
    void whatIsNoAgentIsNotFound() {
        assertThat(agents.find(new FindAgent(Network.Preprod, world.registryScript.hash() + "00".repeat(32)))).isNull();
        assertThat(agents.find(new FindAgent(Network.Preprod, "00".repeat(60)))).isNull();
        assertThat(agents.find(new FindAgent(Network.Mainnet, world.registryScript.hash() + "00".repeat(32)))).isNull();
        assertThat(agents.find(new FindAgent(Network.Preprod, "../blocks/latest"))).isNull();
        assertThat(agents.find(new FindAgent(Network.Preprod, null))).isNull();
    }

    @Test
    void assetNamesAreThoseOfOtherNodes() {
        assertThat(InteropVectors.registryAssetNames().toList()).isNotEmpty()
                .allSatisfy(vector -> assertThat(RegistryDrafts
                        .assetName(new OutputRef(vector.get("txHash").asText(), vector.get("index").asInt())))
                        .isEqualTo(vector.get("assetName").asText()));
    }

    private static void measured(String what, SignedTransaction transaction) {
        LOG.info("{} {} bytes, fee {} lovelace{}", what, transaction.bytes().length, transaction.feeLovelace(),
                Measured.units(transaction));
    }
}
