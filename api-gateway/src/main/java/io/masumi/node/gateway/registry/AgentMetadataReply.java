package io.masumi.node.gateway.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.chain.agent.MintedAgent;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.cardano.AssetId;
import java.util.List;
import java.util.Optional;

/**
 * What the chain says about an agent. Anybody can mint anything under the registry's policy, and clients are promised certain
 * members of certain sizes: an agent whose needed members break that is not shown at all, and of one whose optional members or
 * list entries do, the rest is.
 */
record AgentMetadataReply(String policyId, String assetName, String agentIdentifier, @JsonProperty("Metadata") Metadata metadata) {

    private static final int LONGEST_TEXT = 250;
    private static final int LONGEST_OUTPUT_NAME = 60;
    private static final int MAX_OUTPUTS = 25;
    private static final int NEWEST_METADATA_VERSION = 2;

    /** Payment sources and verifications are of a later contract version, so null. */
    record Metadata(String name, String description, String apiBaseUrl,
            @JsonProperty("ExampleOutputs") List<AgentMembers.ExampleOutput> exampleOutputs, @JsonProperty("Tags") List<String> tags,
            @JsonProperty("Capability") AgentMembers.Capability capability, @JsonProperty("Author") AgentMembers.Author author,
            @JsonProperty("Legal") AgentMembers.Legal legal, @JsonProperty("AgentPricing") AgentPricingBody agentPricing, String image,
            int metadataVersion, List<Object> supportedPaymentSources, List<Object> verifications) {}

    /** Empty if it cannot be shown as clients are promised. */
    static Optional<AgentMetadataReply> of(MintedAgent agent) {
        String identifier = agent.agentIdentifier();
        AssetId asset = AssetId.of(identifier);
        return Optional.ofNullable(agent.details()).filter(AgentMetadataReply::isShown).map(AgentMetadataReply::metadata)
                .map(shown -> new AgentMetadataReply(asset.policy().hex(), asset.name(), identifier, shown));
    }

    private static boolean isShown(AgentDetails agent) {
        return fits(agent.name()) && fits(agent.apiBaseUrl()) && agent.author() != null && fits(agent.author().name())
                && agent.metadataVersion() >= 1 && agent.metadataVersion() <= NEWEST_METADATA_VERSION;
    }

    private static Metadata metadata(AgentDetails agent) {
        return new Metadata(agent.name(), ifItFits(agent.description()), agent.apiBaseUrl(),
                orNone(agent.exampleOutputs()).stream().filter(AgentMetadataReply::fits).limit(MAX_OUTPUTS)
                        .map(AgentMembers.ExampleOutput::of).toList(),
                orNone(agent.tags()).stream().filter(AgentMetadataReply::fits).toList(), capability(agent.capability()),
                author(agent.author()), legal(agent.legal()), AgentPricingBody.of(agent.pricing()),
                fits(agent.image()) ? agent.image() : "", agent.metadataVersion(), null, null);
    }

    private static AgentMembers.Capability capability(AgentDetails.Capability capability) {
        return capability == null ? null : new AgentMembers.Capability(ifItFits(capability.name()), ifItFits(capability.version()));
    }

    private static AgentMembers.Author author(AgentDetails.Author author) {
        return new AgentMembers.Author(author.name(), ifItFits(author.contactEmail()), ifItFits(author.contactOther()),
                ifItFits(author.organization()));
    }

    private static AgentMembers.Legal legal(AgentDetails.Legal legal) {
        return legal == null
                ? null
                : new AgentMembers.Legal(ifItFits(legal.privacyPolicy()), ifItFits(legal.terms()), ifItFits(legal.other()));
    }

    private static boolean fits(AgentDetails.ExampleOutput output) {
        return fits(output.url()) && output.name() != null && output.name().length() <= LONGEST_OUTPUT_NAME
                && output.mimeType() != null && output.mimeType().length() <= LONGEST_OUTPUT_NAME;
    }

    private static boolean fits(String text) {
        return text != null && text.length() <= LONGEST_TEXT;
    }

    private static String ifItFits(String text) {
        return fits(text) ? text : null;
    }

    private static <T> List<T> orNone(List<T> list) {
        return list == null ? List.of() : list;
    }
}
