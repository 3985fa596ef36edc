package io.masumi.node.gateway.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.devnet.DevelopmentNetworkClient;
import io.masumi.node.gateway.HttpProbe;
import io.masumi.node.gateway.devnet.DevelopmentAccounts;
import io.masumi.node.gateway.node.NodeOptions;
import io.masumi.node.gateway.node.RunningNode;
import io.masumi.node.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A node that sells on its own development network, and one that joined it and buys: two databases, two sets of keys, one time. */
final class TwoNodes implements AutoCloseable {

    final MovableClock clock;
    final RunningNode selling;
    final RunningNode buying;
    final SaleClient seller;
    final SaleClient buyer;
    final DevelopmentNetworkClient network;

    private TwoNodes(MovableClock clock, RunningNode selling, RunningNode buying) {
        this.clock = clock;
        this.selling = selling;
        this.buying = buying;
        this.seller = new SaleClient(selling.port(), selling.newAdminKey().orElseThrow());
        this.buyer = new SaleClient(buying.port(), buying.newAdminKey().orElseThrow());
        this.network = new DevelopmentNetworkClient(selling.developmentNetwork().orElseThrow().url());
    }

    /** @param settings of both */
    static TwoNodes start(Path scratch, Map<String, Object> settings) {
        Path clockFile = scratch.resolve("clock-offset");
        Map<String, Object> all = new HashMap<>(settings);
        all.put("spring.main.sources", MovableClock.Shared.class.getName());
        all.put("masumi-test.clock", clockFile.toString());
        RunningNode selling = start(scratch.resolve("selling"), Optional.empty(), all);
        try {
            RunningNode buying = start(scratch.resolve("buying"), selling.developmentNetwork().map(network -> network.url()), all);
            return new TwoNodes(new MovableClock(clockFile), selling, buying);
        } catch (RuntimeException e) {
            selling.close();
            throw e;
        }
    }

    private static RunningNode start(Path data, Optional<String> join, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("masumi.database.url", TestPostgres.newDatabase());
        return RunningNode.start(new NodeOptions(Optional.of(0), data, join, Map.of()), all);
    }

    /** What a transaction cost, lovelace, as the network tells it. */
    long feeOnChain(String hash) {
        return Long.parseLong(look("/api/v0/txs/" + hash).path("fees").asString());
    }

    /** Anything that the network answers. */
    JsonNode look(String path) {
        HttpProbe.Answer answer = new HttpProbe(URI.create(network.url()).getPort()).get(path, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /** Keys that the selling node derived: the contract's admins. */
    DevelopmentAccounts keysOfTheSellingNode() {
        return keys(selling);
    }

    DevelopmentAccounts keysOfTheBuyingNode() {
        return keys(buying);
    }

    private static DevelopmentAccounts keys(RunningNode node) {
        try {
            return new DevelopmentAccounts(Files.readString(node.data().orElseThrow().resolve(RunningNode.ENCRYPTION_KEY_FILE)).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            buying.close();
        } finally {
            selling.close();
        }
    }
}
