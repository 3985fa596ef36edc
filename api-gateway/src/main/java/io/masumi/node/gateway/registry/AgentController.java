package io.masumi.node.gateway.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.chain.agent.FindMintedAgent;
import io.masumi.node.chain.agent.ListAgentsOfHolder;
import io.masumi.node.chain.agent.MintedAgent;
import io.masumi.node.escrow.Network;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.Permission;
import io.masumi.node.gateway.http.HexText;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Views;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the chain says about agents, whoever registered them. */
@RestController
@RequestMapping("/api/v1/registry")
@Tag(name = "registry")
final class AgentController {

    private final Views views;

    AgentController(Views views) {
        this.views = views;
    }

    record AgentRequest(@NotNull @Size(min = 57, max = 250) String agentIdentifier, @NotNull Network network) {

        AgentRequest {
            agentIdentifier = HexText.lowerCase(agentIdentifier);
        }
    }

    @GetMapping("/agent-identifier")
    @Needs(Permission.READ)
    Reply<AgentMetadataReply> agent(@Valid @ParameterObject AgentRequest request, Caller caller) {
        caller.mustUse(request.network());
        MintedAgent agent = views.one(new FindMintedAgent(request.network(), request.agentIdentifier()), MintedAgent.class)
                .orElseThrow(() -> Problem.notFound("No agent with this agentIdentifier is registered on " + request.network()
                        + " under a payment source of this node"));
        return Reply.of(AgentMetadataReply.of(agent).orElseThrow(() -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT,
                "The metadata under this agentIdentifier is not an agent's")));
    }

    /** @param walletVkey hex hash of the payment key. @param smartContractAddress bech32 of one payment source, null for all */
    record HolderRequest(@NotNull @Pattern(regexp = "[0-9a-fA-F]{56}", message = "must be 56 hex digits") String walletVkey,
            @NotNull Network network, @Size(max = 250) String smartContractAddress) {

        HolderRequest {
            walletVkey = HexText.lowerCase(walletVkey);
        }
    }

    record Agents(@JsonProperty("Assets") List<AgentMetadataReply> assets) {}

    @GetMapping("/wallet")
    @Needs(Permission.READ)
    Reply<Agents> ofHolder(@Valid @ParameterObject HolderRequest request, Caller caller) {
        caller.mustUse(request.network());
        return Reply.of(new Agents(views.list(new ListAgentsOfHolder(request.network(), request.walletVkey(),
                request.smartContractAddress()), MintedAgent.class).stream().map(AgentMetadataReply::of).flatMap(Optional::stream)
                .toList()));
    }
}
