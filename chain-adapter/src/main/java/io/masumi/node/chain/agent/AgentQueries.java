package io.masumi.node.chain.agent;

import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProvider;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import io.masumi.node.chain.source.Source;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.Participant;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.cardano.AssetId;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;

/** Looks agents up on chain. */
public final class AgentQueries {

    private static final Pattern AGENT_IDENTIFIER = Pattern.compile("[0-9a-f]{56}([0-9a-f]{2}){1,32}");
    private static final Pattern KEY_HASH = Pattern.compile("[0-9a-f]{56}");
    /** How many agents a provider is asked about at the same time. */
    private static final int AT_ONCE = 8;

    private final Sources sources;
    private final BlockfrostChainProviders providers;

    public AgentQueries(Sources sources, BlockfrostChainProviders providers) {
        this.sources = sources;
        this.providers = providers;
    }

    /** @return null when there is no such agent, as {@link FindAgent} says */
    @QueryHandler
    public AgentOnChain find(FindAgent query) {
        return source(query.network(), query.agentIdentifier()).flatMap(source -> {
            BlockfrostChainProvider provider = providers.of(source);
            return holder(provider.holders(query.agentIdentifier())).flatMap(holder -> details(provider, query.agentIdentifier())
                    .map(details -> new AgentOnChain(query.agentIdentifier(), source.ref(), source.parameters().cooldownTime(), holder,
                            details)));
        }).orElse(null);
    }

    /** @return null when there is no such NFT, as {@link FindMintedAgent} says */
    @QueryHandler
    public MintedAgent find(FindMintedAgent query) {
        return source(query.network(), query.agentIdentifier()).map(providers::of)
                .filter(provider -> !provider.holders(query.agentIdentifier()).isEmpty())
                .map(provider -> new MintedAgent(query.agentIdentifier(), details(provider, query.agentIdentifier()).orElse(null)))
                .orElse(null);
    }

    @QueryHandler
    public List<MintedAgent> list(ListAgentsOfHolder query) {
        if (!KEY_HASH.matcher(query.vkey()).matches()) {
            return List.of();
        }
        return sources.of(query.network()).stream()
                .filter(source -> query.smartContractAddress() == null
                        || query.smartContractAddress().equals(source.smartContractAddress()))
                .flatMap(source -> list(providers.of(source), source.policyId(), query.vkey())).toList();
    }

    private static Stream<MintedAgent> list(BlockfrostChainProvider provider, String policyId, String vkey) {
        return provider.assetsOf(vkey, policyId, ListAgentsOfHolder.MAX).stream()
                .filter(unit -> AGENT_IDENTIFIER.matcher(unit).matches())
                .gather(Gatherers.mapConcurrent(AT_ONCE,
                        unit -> details(provider, unit).map(details -> new MintedAgent(unit, details))))
                .flatMap(Optional::stream);
    }

    private Optional<Source> source(Network network, String agentIdentifier) {
        return agentIdentifier == null || !AGENT_IDENTIFIER.matcher(agentIdentifier).matches()
                ? Optional.empty()
                : sources.of(network).stream()
                        .filter(source -> source.policyId().equals(AssetId.of(agentIdentifier).policy().hex())).findFirst();
    }

    private static Optional<AgentDetails> details(BlockfrostChainProvider provider, String agentIdentifier) {
        return provider.mintTransaction(agentIdentifier)
                .flatMap(mint -> provider.metadata(mint, Long.toString(AgentMetadata.LABEL)))
                .flatMap(label -> AgentMetadata.read(label, agentIdentifier));
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
