package io.masumi.node.gateway.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.escrow.Network;
import io.masumi.node.gateway.http.HexText;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.registry.AgentDetails;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;

/**
 * Asks to register an agent.
 *
 * @param sellingWalletVkey hex hash of the payment key of the wallet that mints and, unless there is a recipient, holds it
 * @param recipientWalletAddress bech32 of who is to hold it
 * @param sendFundingLovelace lovelace to send along with it
 * @param supportedPaymentSources of agents of the later contract version; must be absent
 * @param verifications of agents of the later contract version; must be absent
 */
record RegisterAgentRequest(
        @NotNull Network network,
        @NotNull @Pattern(regexp = "[0-9a-fA-F]{56}", message = "must be 56 hex digits") String sellingWalletVkey,
        @Size(min = 58, max = 120) @Pattern(regexp = "(addr1|addr_test1)[0-9a-z]+", message = "must be a bech32 address") String recipientWalletAddress,
        @Pattern(regexp = "\\d{1,17}", message = "must be a string of 1 to 17 decimal digits") String sendFundingLovelace,
        @Size(max = 25, message = "must have at most 25 entries") List<Object> supportedPaymentSources,
        @Size(max = 10, message = "must have at most 10 entries") List<Object> verifications,
        @JsonProperty("ExampleOutputs") @NotNull @Size(max = 25, message = "must have at most 25 entries") List<AgentMembers.@NotNull @Valid ExampleOutput> exampleOutputs,
        @JsonProperty("Tags") @NotNull @Size(min = 1, max = 15, message = "must have 1 to 15 entries") List<@NotNull @Size(max = 63) String> tags,
        @NotNull @Size(min = 1, max = 250) String name,
        @NotNull @Size(max = 250) String apiBaseUrl,
        @NotNull @Size(max = 250) String description,
        @JsonProperty("Capability") @NotNull @Valid AgentMembers.Capability capability,
        @JsonProperty("AgentPricing") @Valid AgentPricingBody agentPricing,
        @JsonProperty("Legal") @Valid AgentMembers.Legal legal,
        @JsonProperty("Author") @NotNull @Valid AgentMembers.Author author) {

    private static final int METADATA_VERSION = 1;

    /** Readers need an image (CIP-25), and requests cannot name one: a disc, small enough to stand in the metadata itself. */
    private static final String IMAGE = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0naHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmcnIHZpZXdCb3g9JzAgM"
            + "CAyIDInPjxjaXJjbGUgY3g9JzEnIGN5PScxJyByPScxJy8+PC9zdmc+";

    String sellingKeyHash() {
        return HexText.lowerCase(sellingWalletVkey);
    }

    /** Lovelace, null for the least that the ledger asks for. */
    Long funding() {
        return sendFundingLovelace == null ? null : Long.valueOf(sendFundingLovelace);
    }

    /** @throws Problem 400 if a member is not for agents of this contract version */
    AgentDetails details() {
        if (agentPricing == null) {
            throw Problem.invalid("AgentPricing is missing");
        }
        refuse("supportedPaymentSources", supportedPaymentSources);
        refuse("verifications", verifications);
        if (!isUri(apiBaseUrl)) {
            throw Problem.invalid("apiBaseUrl must be a URL");
        }
        return new AgentDetails(name, description, apiBaseUrl, exampleOutputs.stream().map(AgentMembers.ExampleOutput::read).toList(),
                capability.read(), author.read(), legal == null ? null : legal.read(), List.copyOf(tags), agentPricing.read(), IMAGE,
                METADATA_VERSION);
    }

    private static void refuse(String member, List<Object> entries) {
        if (entries != null && !entries.isEmpty()) {
            throw Problem.invalid(member + " is only for agents of a later contract version");
        }
    }

    private static boolean isUri(String text) {
        try {
            URI uri = URI.create(text);
            return uri.isAbsolute() && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
