package io.masumi.node.gateway.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.chain.agent.AgentOnChain;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.Permission;
import io.masumi.node.gateway.escrow.Agents;
import io.masumi.node.gateway.http.HexText;
import io.masumi.node.gateway.http.RecordJson;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.registry.RegistryQuery.ListRegistrations;
import io.masumi.node.query.registry.RegistryQuery.Status;
import io.masumi.node.registry.AgentDetails;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Agents that this node registered, and what the chain says about any agent. */
@RestController
@RequestMapping("/api/v1/registry")
@Tag(name = "registry")
final class RegistryController {

    private static final int POLICY_DIGITS = 56;

    private final Views views;
    private final Registering registering;
    private final Agents agents;

    RegistryController(Views views, Registering registering, Agents agents) {
        this.views = views;
        this.registering = registering;
        this.agents = agents;
    }

    /** @param limit 1 to 100, 10 when absent. @param cursorId id of the entry that the page starts with */
    record PageRequest(@Min(1) @Max(100) Integer limit, @Size(max = 250) String cursorId, @NotNull Network network,
            @Size(max = 250) String filterSmartContractAddress, PaymentSourceType filterPaymentSourceType, Status filterStatus,
            @Size(max = 250) String searchQuery, @Size(min = 57, max = 250) String filterAgentIdentifier) {

        PageRequest {
            limit = limit == null ? 10 : limit;
            filterAgentIdentifier = HexText.lowerCase(filterAgentIdentifier);
        }
    }

    record Assets(@JsonProperty("Assets") List<RecordJson> assets) {}

    @GetMapping
    @Needs(Permission.READ)
    Reply<Assets> list(@Valid @ParameterObject PageRequest page, Caller caller) {
        caller.mustUse(page.network());
        List<WireRecord> rows = page.filterPaymentSourceType() == PaymentSourceType.Web3CardanoV2
                ? List.of()
                : views.list(new ListRegistrations(page.network(), page.limit(), page.cursorId(), page.filterSmartContractAddress(),
                        page.filterStatus(), page.searchQuery(), page.filterAgentIdentifier()), WireRecord.class);
        return Reply.of(new Assets(RecordJson.of(rows)));
    }

    @PostMapping
    @Needs(Permission.PAY)
    Reply<RecordJson> register(@Valid @RequestBody RegisterAgentRequest body, Caller caller) {
        caller.mustUse(body.network());
        return Reply.of(RecordJson.of(registering.register(body, caller)));
    }

    @PostMapping("/deregister")
    @Needs(Permission.PAY)
    Reply<RecordJson> deregister(@Valid @RequestBody DeregisterAgentRequest body, Caller caller) {
        caller.mustUse(body.network());
        return Reply.of(RecordJson.of(registering.deregister(body, caller)));
    }

    record AgentRequest(@NotNull @Size(min = 57, max = 250) String agentIdentifier, @NotNull Network network) {

        AgentRequest {
            agentIdentifier = HexText.lowerCase(agentIdentifier);
        }
    }

    /** What the chain says about an agent. Payment sources and verifications are of a later contract version, so null. */
    record Metadata(String name, String description, String apiBaseUrl,
            @JsonProperty("ExampleOutputs") List<AgentMembers.ExampleOutput> exampleOutputs, @JsonProperty("Tags") List<String> tags,
            @JsonProperty("Capability") AgentMembers.Capability capability, @JsonProperty("Author") AgentMembers.Author author,
            @JsonProperty("Legal") AgentMembers.Legal legal, @JsonProperty("AgentPricing") AgentPricingBody agentPricing, String image,
            int metadataVersion, List<Object> supportedPaymentSources, List<Object> verifications) {

        static Metadata of(AgentDetails agent) {
            return new Metadata(agent.name(), agent.description(), agent.apiBaseUrl(),
                    agent.exampleOutputs() == null
                            ? List.of()
                            : agent.exampleOutputs().stream().map(AgentMembers.ExampleOutput::of).toList(),
                    agent.tags() == null ? List.of() : agent.tags(), AgentMembers.Capability.of(agent.capability()),
                    AgentMembers.Author.of(agent.author()), AgentMembers.Legal.of(agent.legal()), AgentPricingBody.of(agent.pricing()),
                    agent.image() == null ? "" : agent.image(), agent.metadataVersion(), null, null);
        }
    }

    record AgentReply(String policyId, String assetName, String agentIdentifier, @JsonProperty("Metadata") Metadata metadata) {}

    @GetMapping("/agent-identifier")
    @Needs(Permission.READ)
    Reply<AgentReply> agent(@Valid @ParameterObject AgentRequest request, Caller caller) {
        caller.mustUse(request.network());
        AgentOnChain agent = agents.find(request.network(), request.agentIdentifier(), null);
        String identifier = agent.agentIdentifier();
        return Reply.of(new AgentReply(identifier.substring(0, POLICY_DIGITS), identifier.substring(POLICY_DIGITS), identifier,
                Metadata.of(agent.details())));
    }
}
