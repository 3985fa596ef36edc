package io.masumi.node.registry;

import io.masumi.node.escrow.AgentPricing;
import java.util.List;

/** What an agent's registry metadata says (docs/domain.md, "Agent registry"); absent members are null. */
public record AgentDetails(String name, String description, String apiBaseUrl, List<ExampleOutput> exampleOutputs, Capability capability,
        Author author, Legal legal, List<String> tags, AgentPricing pricing, String image, int metadataVersion) {

    public record ExampleOutput(String name, String mimeType, String url) {}

    public record Capability(String name, String version) {}

    public record Author(String name, String contactEmail, String contactOther, String organization) {}

    public record Legal(String privacyPolicy, String terms, String other) {}
}
