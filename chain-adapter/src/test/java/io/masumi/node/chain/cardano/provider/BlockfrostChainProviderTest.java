package io.masumi.node.chain.cardano.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.chain.CardanoWorld;
import io.masumi.node.chain.cardano.provider.ScriptedServer.Reply;
import io.masumi.node.chain.wallet.FindUtxos;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.chain.wallet.WalletQueries;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.source.PaymentSourceId;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.retry.RetryPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class BlockfrostChainProviderTest {

    private CardanoWorld world;
    private String address;

    @BeforeEach
    void start() {
        world = new CardanoWorld();
        address = world.identity(world.seller).address();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void blocksComeAndGo() {
        world.fund(world.seller, 5_000_000);
        ChainPoint tip = world.provider.tip();
        assertThat(world.provider.blockAt(tip.blockHeight())).contains(tip);
        assertThat(world.provider.shows(tip)).isTrue();
        assertThat(tip.blockTime()).isEqualTo(world.network.startOfSlot(tip.slot()).toEpochMilli());

        world.network.rollback(1, RolledBackTransactions.LOST);
        assertThat(world.provider.blockAt(tip.blockHeight())).isEmpty();
        assertThat(world.provider.shows(tip)).isFalse();
        world.network.makeBlock();
        assertThat(world.provider.blockAt(tip.blockHeight())).isPresent();
        assertThat(world.provider.shows(tip)).isFalse();
        assertThat(world.provider.unspent(address)).isEmpty();
    }

    @Test
    void theHistoryOfAnAddressComesInOrder() {
        assertThat(world.provider.transactionsAt(address, 0, 10)).isEmpty();
        world.fund(world.seller, 5_000_000, 6_000_000);
        world.fund(world.seller, 7_000_000);
        List<AddressTransaction> all = world.provider.transactionsAt(address, 0, 10);
        assertThat(all).hasSize(3);
        assertThat(all.get(0).blockHeight()).isEqualTo(all.get(1).blockHeight()).isLessThan(all.get(2).blockHeight());
        assertThat(all.get(0).index()).isLessThan(all.get(1).index());
        assertThat(world.provider.transactionsAt(address, all.get(2).blockHeight(), 10)).containsExactly(all.get(2));
        assertThat(world.provider.transactionsAt(address, 0, 2)).containsExactly(all.get(0), all.get(1));
    }

    @Test
    void outputsAreUnspentUntilTheyAreSpent() {
        world.fund(world.seller, 5_000_000);
        Utxo utxo = world.provider.unspent(address).getFirst();
        assertThat(utxo.value()).isEqualTo(Funds.lovelace(5_000_000));
        assertThat(world.provider.unspentOutput(utxo.ref())).contains(utxo);
        assertThat(world.provider.unspentOutput(new OutputRef(utxo.ref().transactionHash(), 99))).isEmpty();
        assertThat(world.provider.unspentOutput(new OutputRef("00".repeat(32), 0))).isEmpty();

        ChainTransaction paid = world.provider.transaction(utxo.ref().transactionHash()).orElseThrow();
        assertThat(world.provider.unspentOutput(paid.inputs().getFirst().ref())).isEmpty();
        assertThat(paid.redeemers()).isEmpty();
        assertThat(world.provider.transaction("00".repeat(32))).isEmpty();
    }

    @Test
    void manyOutputsComeInPages() {
        for (int i = 0; i < 105; i++) {
            world.network.faucet(address, java.math.BigInteger.valueOf(2_000_000 + i));
        }
        world.block();
        assertThat(world.provider.unspent(address)).hasSize(105).doesNotHaveDuplicates();
        assertThat(world.provider.transactionsAt(address, 0, 103)).hasSize(103).doesNotHaveDuplicates();
        WalletQueries queries = new WalletQueries(world.providers);
        assertThat(queries.find(new FindUtxos(Network.Preprod, address, 10, 11, false))).hasSize(5);
        assertThat(queries.find(new FindUtxos(Network.Preprod, address, 1, 1, false)))
                .isNotEqualTo(queries.find(new FindUtxos(Network.Preprod, address, 1, 1, true)));
        assertThatThrownBy(() -> queries.find(new FindUtxos(Network.Preprod, "addr1nonsense", 1, 1, true)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> queries.find(new FindUtxos(Network.Preprod, address, 101, 1, true)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parametersAndSlotTimesAreTheLedgers() {
        LedgerParameters parameters = world.provider.parameters();
        assertThat(parameters.protocol().getMinFeeA()).isEqualTo(44);
        assertThat(parameters.protocol().getProtocolMajorVer()).isEqualTo(11);
        assertThat(parameters.slots().zeroTime()).isEqualTo(world.network.zeroTime());
        SlotTimes slots = parameters.slots();
        assertThat(slots.firstFrom(slots.startOf(7))).isEqualTo(7);
        assertThat(slots.firstFrom(slots.startOf(7) + 1)).isEqualTo(8);
        assertThat(slots.lastBefore(slots.startOf(7))).isEqualTo(6);
        assertThat(slots.lastBefore(slots.startOf(7) + 1)).isEqualTo(7);
        assertThat(slots.slotAt(slots.startOf(7) + 999)).isEqualTo(7);
    }

    @Test
    void healthIsTold() {
        world.provider.tip();
        assertThat(world.providers.health(new FindProviderHealth())).singleElement().satisfies(health -> {
            assertThat(health.sourceId()).isEqualTo(world.sourceId);
            assertThat(health.healthy()).isTrue();
        });
        assertThat(world.providers.concerns()).isEmpty();
        world.clock.advance(Duration.ofSeconds(1));
        world.network.close();
        assertThatThrownBy(() -> world.provider.tip()).isInstanceOf(ProviderUnavailableException.class);
        assertThat(world.providers.health(new FindProviderHealth())).singleElement().satisfies(health -> {
            assertThat(health.healthy()).isFalse();
            assertThat(health.lastError()).isNotBlank();
        });
        assertThat(world.providers.concerns()).singleElement().satisfies(concern -> {
            assertThat(concern.part()).isEqualTo("chain-provider");
            assertThat(concern.subject()).isEqualTo(world.sourceId.value());
            assertThat(concern.since()).isEqualTo(world.clock.instant());
            assertThat(concern.reason()).doesNotContain("127.0.0.1", "localhost");
        });
        assertThatThrownBy(() -> world.providers.of(new PaymentSourceId("none"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ourClockIsComparedWithTheProvidersOwn() {
        world.network.makeBlock();
        world.provider.tip();
        world.clock.advance(Duration.ofHours(1));
        assertThat(world.provider.clockAhead()).as("on a quiet network the newest block is old").contains(Duration.ZERO);
        assertThat(ahead(new Reply(200, "{\"server_time\":" + world.clock.instant().plusSeconds(100).toEpochMilli() + "}")))
                .contains(Duration.ofSeconds(-100));
        assertThat(ahead(new Reply(200, "{\"server_time\":" + world.clock.instant().minusSeconds(100).toEpochMilli() + "}")))
                .contains(Duration.ofSeconds(100));
    }

    /** Not every API has a clock, but every HTTP server puts its date on its replies. */
    @Test
    void ourClockIsComparedWithTheDateOfAReply() {
        world.clock.set(Instant.now().minusSeconds(3600));
        for (Reply reply : new Reply[]{new Reply(404, "{}"), new Reply(200, "<html>"), new Reply(500, "")}) {
            assertThat(ahead(reply)).hasValueSatisfying(ahead -> assertThat(ahead)
                    .isBetween(Duration.ofSeconds(-3700), Duration.ofSeconds(-3590)));
        }
        assertThat(ahead(new Reply(-1, ""))).isEmpty();
    }

    /** A block is never made before its time: so the provider's clock is the one that is slow, or ours is slower than it says. */
    @Test
    void theNewestBlockGoesBeforeAClockThatIsSlowerThanIt() {
        String block = "{\"slot\":1,\"hash\":\"aa\",\"height\":1,\"time\":" + world.clock.instant().plusSeconds(90).getEpochSecond() + "}";
        try (ScriptedServer server = new ScriptedServer(new Reply(200, block),
                new Reply(200, "{\"server_time\":" + world.clock.millis() + "}"), new Reply(-1, ""))) {
            BlockfrostChainProvider provider = provider(server);
            provider.tip();
            assertThat(provider.clockAhead()).contains(Duration.ofSeconds(-90));
            assertThat(provider.clockAhead()).as("and is enough without any").contains(Duration.ofSeconds(-90));
        }
    }

    private Optional<Duration> ahead(Reply reply) {
        try (ScriptedServer server = new ScriptedServer(reply)) {
            return provider(server).clockAhead();
        }
    }

    @Test
    void aFailedScriptDidNoneOfWhatItSays() {
        String amount = "[{\"unit\":\"lovelace\",\"quantity\":\"5\"}]";
        try (ScriptedServer server = new ScriptedServer(
                new Reply(200,
                        "{\"hash\":\"aa\",\"block\":\"bb\",\"block_height\":1,\"block_time\":2,\"slot\":3,\"index\":4,\"fees\":\"6\","
                                + "\"redeemer_count\":1,\"valid_contract\":false}"),
                new Reply(200,
                        ("{\"inputs\":[{\"address\":\"s\",\"amount\":%1$s,\"tx_hash\":\"01\",\"output_index\":0,\"collateral\":false},"
                                + "{\"address\":\"w\",\"amount\":%1$s,\"tx_hash\":\"02\",\"output_index\":1,\"collateral\":true}],"
                                + "\"outputs\":[{\"address\":\"s\",\"amount\":%1$s,\"output_index\":0,\"collateral\":false},"
                                + "{\"address\":\"w\",\"amount\":%1$s,\"output_index\":1,\"collateral\":true}]}").formatted(amount)))) {
            ChainTransaction seen = provider(server).transaction("aa").orElseThrow();
            assertThat(seen.scriptsPassed()).isFalse();
            assertThat(seen.redeemers()).isEmpty();
            assertThat(seen.inputs()).extracting(ChainTransaction.Input::address).containsExactly("w");
            assertThat(seen.outputs()).extracting(ChainTransaction.Output::address).containsExactly("w");
            assertThat(seen.at().blockTime()).isEqualTo(2000);
        }
    }

    @Test
    void anApiThatDoesNotSayWhoSpentAnOutputIsAskedForTheAddress() {
        String output = "{\"address\":\"w\",\"amount\":[],\"output_index\":0}";
        try (ScriptedServer server = new ScriptedServer(new Reply(200, "{\"inputs\":[],\"outputs\":[" + output + "]}"),
                new Reply(200, "[]"))) {
            assertThat(provider(server).unspentOutput(new OutputRef("aa", 0))).isEmpty();
            assertThat(server.asked()).last().asString().contains("/addresses/w/utxos");
        }
    }

    @Test
    void anAnswerOfAnotherShapeIsAFaultOfTheProvider() {
        for (String nonsense : List.of("{}", "[]", "3", "{\"slot\":\"x\",\"hash\":\"a\",\"height\":1,\"time\":1}", "null")) {
            try (ScriptedServer server = new ScriptedServer(new Reply(200, nonsense))) {
                assertThatThrownBy(() -> provider(server).tip()).isInstanceOf(ProviderUnavailableException.class);
                assertThatThrownBy(() -> provider(server).transaction("aa")).isInstanceOf(ProviderUnavailableException.class);
            }
        }
    }

    /** Else it would be asked until the memory is full. */
    @Test
    @Timeout(20)
    void anApiThatShowsTheSamePageForEverHasAFault() {
        String output = "{\"tx_hash\":\"aa\",\"output_index\":%d,\"address\":\"w\",\"amount\":[],\"block_height\":1,\"tx_index\":0}";
        String page = IntStream.range(0, 100).mapToObj(output::formatted).collect(Collectors.joining(",", "[", "]"));
        try (ScriptedServer server = new ScriptedServer(new Reply(200, page))) {
            assertThatThrownBy(() -> provider(server).unspent("w")).isInstanceOf(ProviderUnavailableException.class);
            assertThatThrownBy(() -> provider(server).assetsOf("aa".repeat(28), "bb".repeat(28), 5))
                    .isInstanceOf(ProviderUnavailableException.class);
            assertThatThrownBy(() -> provider(server).transactionsAt("w", 0, Integer.MAX_VALUE))
                    .isInstanceOf(ProviderUnavailableException.class);
        }
    }

    /** A wrong unit, or malice, would else make wallets pay their money away as fees and deposits. */
    @ParameterizedTest
    @ValueSource(strings = {"\"min_fee_a\":44000", "\"min_fee_b\":100000000", "\"coins_per_utxo_size\":\"34482\"", "\"price_mem\":5.77",
            "\"price_step\":1", "\"collateral_percent\":15000", "\"min_fee_ref_script_cost_per_byte\":1000", "\"min_fee_a\":-44",
            "\"coins_per_utxo_size\":\"many\""})
    void chargesThatCardanoNeverHadAreNotBelieved(String charge) {
        try (ScriptedServer server = new ScriptedServer(
                new Reply(200, "{\"slot\":1,\"hash\":\"aa\",\"height\":1,\"time\":1," + charge + "}"))) {
            assertThatThrownBy(() -> provider(server).parameters()).isInstanceOf(ProviderUnavailableException.class)
                    .hasMessageContaining(charge.substring(1, charge.indexOf(':') - 1));
        }
    }

    private BlockfrostChainProvider provider(ScriptedServer server) {
        return new BlockfrostChainProvider(new BlockfrostApi(HttpClient.newHttpClient(), server.url(), "",
                RetryPolicy.builder().maxRetries(1).delay(Duration.ofMillis(1)).build(), Duration.ofSeconds(15), world.clock,
                new Outages("localhost", world.clock)),
                world.clock);
    }
}
