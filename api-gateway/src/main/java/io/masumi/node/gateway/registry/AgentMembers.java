package io.masumi.node.gateway.registry;

import io.masumi.node.registry.AgentDetails;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Members of an agent's description that requests and replies share. */
final class AgentMembers {

    private AgentMembers() {}

    record ExampleOutput(@NotNull @Size(max = 60) String name, @NotNull @Size(max = 250) String url,
            @NotNull @Size(max = 60) String mimeType) {

        static ExampleOutput of(AgentDetails.ExampleOutput example) {
            return new ExampleOutput(example.name(), example.url(), example.mimeType());
        }

        AgentDetails.ExampleOutput read() {
            return new AgentDetails.ExampleOutput(name, mimeType, url);
        }
    }

    record Capability(@NotNull @Size(max = 250) String name, @NotNull @Size(max = 250) String version) {

        static Capability of(AgentDetails.Capability capability) {
            return capability == null ? null : new Capability(capability.name(), capability.version());
        }

        AgentDetails.Capability read() {
            return new AgentDetails.Capability(name, version);
        }
    }

    record Author(@NotNull @Size(max = 250) String name, @Size(max = 250) String contactEmail, @Size(max = 250) String contactOther,
            @Size(max = 250) String organization) {

        static Author of(AgentDetails.Author author) {
            return author == null ? null : new Author(author.name(), author.contactEmail(), author.contactOther(), author.organization());
        }

        AgentDetails.Author read() {
            return new AgentDetails.Author(name, contactEmail, contactOther, organization);
        }
    }

    record Legal(@Size(max = 250) String privacyPolicy, @Size(max = 250) String terms, @Size(max = 250) String other) {

        static Legal of(AgentDetails.Legal legal) {
            return legal == null ? null : new Legal(legal.privacyPolicy(), legal.terms(), legal.other());
        }

        AgentDetails.Legal read() {
            return new AgentDetails.Legal(privacyPolicy, terms, other);
        }
    }
}
