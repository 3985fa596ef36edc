package io.masumi.node.chain.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.masumi.node.chain.datum.ShelleyAddress;
import io.masumi.node.chain.provider.BlockfrostChainProvider;
import io.masumi.node.chain.provider.BlockfrostChainProviders;
import io.masumi.node.chain.source.Source;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.escrow.Participant;
import io.masumi.node.registry.AgentDetails;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.axonframework.queryhandling.QueryHandler;

/** Looks agents up on chain. */
public final class AgentQueries {

    private static final Pattern AGENT_IDENTIFIER = Pattern.compile("[0-9a-f]{56}([0-9a-f]{2}){1,32}");
    private static final int POLICY_DIGITS = 56;

    private final Sources sources;
    private final BlockfrostChainProviders providers;

    public AgentQueries(Sources sources, BlockfrostChainProviders providers) {
        this.sources = sources;
        this.providers = providers;
    }

    /** @return null when there is no such agent, as {@link FindAgent} says */
    @QueryHandler
    public AgentOnChain find(FindAgent query) {
        if (query.agentIdentifier() == null || !AGENT_IDENTIFIER.matcher(query.agentIdentifier()).matches()) {
            return null;
        }
        return sources.of(query.network()).stream()
                .filter(source -> source.policyId().equals(query.agentIdentifier().substring(0, POLICY_DIGITS))).findFirst()
                .flatMap(source -> find(source, query.agentIdentifier())).orElse(null);
    }

    private Optional<AgentOnChain> find(Source source, String agentIdentifier) {
        BlockfrostChainProvider provider = providers.of(source);
        return holder(provider.holders(agentIdentifier)).flatMap(holder -> provider.mintTransaction(agentIdentifier)
                .flatMap(mint -> provider.metadata(mint, Long.toString(AgentMetadata.LABEL)))
                .flatMap((JsonNode label) -> AgentMetadata.read(label, agentIdentifier))
                .map((AgentDetails details) -> new AgentOnChain(agentIdentifier, source.ref(), source.parameters().cooldownTime(), holder,
                        details)));
    }

    /** An agent is one NFT in one hand; a script's hand cannot sell. */
    private static Optional<Participant> holder(Map<String, BigInteger> holders) {
        if (holders.size() != 1 || !holders.values().iterator().next().equals(BigInteger.ONE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ShelleyAddress.parse(holders.keySet().iterator().next()).participant())
                    .filter(holder -> holder.vkey() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
