package io.masumi.node.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.chain.agent.MintedAgent;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.registry.AgentDetails;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What of a stranger's metadata clients are shown: nothing that breaks what they are promised. */
class AgentMetadataReplyTest {

    private static final String AGENT = "ab".repeat(28) + "cd".repeat(32);
    private static final String LONG = "x".repeat(251);

    @Test
    void splitsTheIdentifierAndHasAnImageAlways() {
        AgentMetadataReply shown = AgentMetadataReply.of(new MintedAgent(AGENT, agent("n", "u", "a", 1))).orElseThrow();
        assertThat(shown.policyId()).isEqualTo("ab".repeat(28));
        assertThat(shown.assetName()).isEqualTo("cd".repeat(32));
        assertThat(shown.metadata().image()).isEmpty();
        assertThat(shown.metadata().author().name()).isEqualTo("a");
    }

    @Test
    void leavesOutOptionalMembersAndEntriesThatAreTooLong() {
        List<AgentDetails.ExampleOutput> outputs = Stream.concat(
                Stream.of(new AgentDetails.ExampleOutput("x".repeat(61), "t", "u"), new AgentDetails.ExampleOutput("n", null, "u"),
                        new AgentDetails.ExampleOutput("n", "t", LONG)),
                Stream.generate(() -> new AgentDetails.ExampleOutput("n", "t", "u")).limit(30)).toList();
        AgentDetails big = new AgentDetails("n", LONG, "u", outputs, new AgentDetails.Capability("c", LONG),
                new AgentDetails.Author("a", LONG, "other", null), new AgentDetails.Legal(LONG, "terms", null),
                List.of("tag", LONG), new AgentPricing(PricingType.Fixed, Funds.lovelace(1)), LONG, 2);
        AgentMetadataReply.Metadata shown = AgentMetadataReply.of(new MintedAgent(AGENT, big)).orElseThrow().metadata();
        assertThat(shown.description()).isNull();
        assertThat(shown.exampleOutputs()).hasSize(25).allMatch(each -> each.name().equals("n"));
        assertThat(shown.tags()).containsExactly("tag");
        assertThat(shown.image()).isEmpty();
        assertThat(shown.capability()).isEqualTo(new AgentMembers.Capability("c", null));
        assertThat(shown.author()).isEqualTo(new AgentMembers.Author("a", null, "other", null));
        assertThat(shown.legal()).isEqualTo(new AgentMembers.Legal(null, "terms", null));
        assertThat(shown.agentPricing().pricing()).hasSize(1);
    }

    @Test
    void showsNoAgentWhoseNeededMembersAreMissingOrTooLong() {
        assertThat(Stream.of(agent(LONG, "u", "a", 1), agent("n", LONG, "a", 1), agent("n", "u", LONG, 1), agent("n", "u", null, 1),
                agent("n", "u", "a", 3), agent("n", "u", "a", 0), null).map(details -> new MintedAgent(AGENT, details)))
                .allSatisfy(agent -> assertThat(AgentMetadataReply.of(agent)).isEmpty());
        AgentDetails anonymous = new AgentDetails("n", null, "u", null, null, null, null, null,
                new AgentPricing(PricingType.Free, Funds.NONE), null, 1);
        assertThat(AgentMetadataReply.of(new MintedAgent(AGENT, anonymous))).isEmpty();
    }

    private static AgentDetails agent(String name, String url, String author, int version) {
        return new AgentDetails(name, null, url, null, null, new AgentDetails.Author(author, null, null, null), null, null,
                new AgentPricing(PricingType.Free, Funds.NONE), null, version);
    }
}
