package io.masumi.node.chain.cardano.provider;

import io.masumi.node.chain.cardano.key.SecretKind;
import io.masumi.node.chain.cardano.key.SecretStore;
import io.masumi.node.chain.source.Source;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.escrow.Network;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;
import io.masumi.node.source.PaymentSourceId;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;

/** The Blockfrost API of each payment source: its URL is the source's, its key is among the secrets. */
public final class BlockfrostChainProviders implements ChainProviders, HealthReporter, AutoCloseable {

    private final Sources sources;
    private final SecretStore secrets;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Map<PaymentSourceId, Connection> connections = new ConcurrentHashMap<>();
    /** By URL: whoever asks again and again before there is a source hears of an outage now and then too. */
    private final Map<String, Outages> elsewhere = new ConcurrentHashMap<>();

    private record Connection(String url, BlockfrostApi api, BlockfrostChainProvider provider) {}

    public BlockfrostChainProviders(Sources sources, SecretStore secrets, Clock clock) {
        this.sources = sources;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public BlockfrostChainProvider of(PaymentSourceId sourceId) {
        return of(sources.get(sourceId));
    }

    public BlockfrostChainProvider of(Source source) {
        return connections.compute(source.id(), (id, known) -> known != null && known.url().equals(source.providerUrl())
                ? known
                : connection(source)).provider();
    }

    /** The API at a URL that is not a payment source's yet. @param key its project id, a secret; null for none */
    public BlockfrostChainProvider at(String url, String key) {
        BlockfrostApi api = new BlockfrostApi(http, url, key == null ? "" : key, clock,
                elsewhere.computeIfAbsent(url, each -> new Outages(URI.create(each).getHost(), clock)));
        return new BlockfrostChainProvider(api, clock);
    }

    /** A provider of a network, empty when the network has no payment source. */
    public Optional<BlockfrostChainProvider> ofNetwork(Network network) {
        return sources.of(network).stream().findFirst().map(this::of);
    }

    /** The sources whose providers this process has used. */
    public Set<PaymentSourceId> inUse() {
        return Set.copyOf(connections.keySet());
    }

    /** Forgets a source's connection, so that the next call takes its URL and key anew. */
    public void forget(PaymentSourceId sourceId) {
        connections.remove(sourceId);
    }

    @QueryHandler
    public List<ProviderHealth> health(FindProviderHealth query) {
        return connections.entrySet().stream().map(each -> {
            Outages outages = each.getValue().api().outages();
            return new ProviderHealth(each.getKey(), each.getValue().url(), outages.lastSuccess(), outages.lastFailure(),
                    outages.lastError());
        }).toList();
    }

    /** What a provider answered stays in the log: it may say what is not for everybody. */
    @Override
    public List<Concern> concerns() {
        return connections.entrySet().stream().flatMap(each -> {
            Instant since = each.getValue().api().outages().failingSince();
            return since == null
                    ? Stream.empty()
                    : Stream.of(new Concern("chain-provider", each.getKey().value(),
                            "the payment source's chain provider does not answer, or"
                                    + " refuses to. What the source does waits and goes on by itself when it answers; the log says what it"
                                    + " answered, and after a 402 or 403 its key or its contingent must be looked at",
                            since));
        }).toList();
    }

    private Connection connection(Source source) {
        String key = secrets.use(SecretKind.PROVIDER_KEY, secretId(source.id()), secret -> secret).orElse("");
        BlockfrostApi api = new BlockfrostApi(http, source.providerUrl(), key, clock);
        return new Connection(source.providerUrl(), api, new BlockfrostChainProvider(api, clock));
    }

    /** The id under which a source's provider key is kept. */
    public static String secretId(PaymentSourceId sourceId) {
        return "provider-" + sourceId.value();
    }

    @Override
    public void close() {
        http.close();
    }
}
