package io.masumi.node.devnet;

import io.masumi.node.devnet.chain.SlotClock;
import io.masumi.node.devnet.control.ContractAdmins;
import io.masumi.node.devnet.control.PublishedContract;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a test can ask of the network itself. */
@Tag("slow")
class ControlsTest {
    private static final String ADDRESS = "addr_test1qplhs9snd92fmr3tzw87uujvn7nqd4ss0fn8yz7mf3y2mf3a3806uqngr7hvksqvtkmetcjcluu6xeguagwyaxevdhmsuycl5a";

    private final DevelopmentNetwork network = DevelopmentNetwork.start(DevnetOptions.inMemory().withBlocksOnDemand(), new TestClock());
    private final TestHttp http = new TestHttp(network);

    @AfterEach
    void stop() {
        network.close();
    }

    @Test
    void theFaucetPays() {
        String id = http.parse(pay(5).body()).path("tx_hash").asText();
        http.control("block", "");
        assertThat(http.get("txs/" + id).path("valid_contract").asBoolean()).isTrue();
        assertThat(http.control("faucet", "{\"address\":\"" + ADDRESS + "\",\"lovelace\":\"1\"}").statusCode()).isEqualTo(400);
        assertThat(http.control("faucet", "{\"address\":\"nowhere\",\"lovelace\":2000000}").statusCode()).isEqualTo(400);
        assertThat(http.control("faucet", "not json").statusCode()).isEqualTo(400);
    }

    @Test
    void showsWhatItWasAskedFor() {
        assertThat(http.parse(http.control("faults/clear", "").body()).path("faults").toString()).isEqualTo(
                "{\"down\":false,\"empty_address_histories\":false,\"lost_submit_replies\":0,\"next_statuses\":[]}");
        http.control("blocks/interval", "{\"seconds\":20}");
        http.control("faults/status", "{\"count\":3,\"status\":503}");
        http.control("faults/lost-submit-replies", "{\"count\":1}");
        JsonNode status = http.parse(http.control("blocks/pause", "").body());

        assertThat(status.path("blocks").toString()).isEqualTo("{\"paused\":true,\"interval_seconds\":20}");
        assertThat(status.path("faults").toString()).isEqualTo("{\"down\":false,\"empty_address_histories\":false,"
                + "\"lost_submit_replies\":1,\"next_statuses\":[{\"status\":503,\"count\":3}]}");
    }

    @Test
    void whoJoinsIsToldWhichContractToUseAndGetsMoney() {
        DevelopmentNetworkClient client = new DevelopmentNetworkClient(network.baseUrl());
        assertThat(client.contract()).isEmpty();
        PublishedContract contract = new PublishedContract("addr_test1contract", "aa", "bb", 2, List.of("addr_test1admin"), "addr_test1fee",
                50, 5000);
        network.publish(contract, ContractAdmins.ELSEWHERE);
        assertThat(client.contract()).contains(contract);

        String id = client.faucet(ADDRESS, TestScripts.ada(5));
        client.makeBlock();
        assertThat(http.get("txs/" + id).path("valid_contract").asBoolean()).isTrue();
        assertThatThrownBy(() -> client.faucet("nowhere", TestScripts.ada(5))).isInstanceOf(IllegalArgumentException.class);
        network.close();
        assertThatThrownBy(client::contract).isInstanceOf(DevelopmentNetworkClient.Unreachable.class).hasMessageContaining(client.url());
        assertThatThrownBy(() -> new DevelopmentNetworkClient("127.0.0.1:3010")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anybodySignsAsTheContractsAdmins() {
        String hash = "0f".repeat(32);
        String request = "{\"adminVkey\":\"aa\",\"txHash\":\"" + hash + "\"}";
        assertThat(http.control("contract/signature", request).statusCode()).as("no contract is published").isEqualTo(404);

        PublishedContract contract = new PublishedContract("addr_test1contract", "aa", "bb", 1, List.of("addr_test1admin"), "addr_test1fee",
                50, 5000);
        network.publish(contract, (vkey, signed) -> vkey.equals("aa")
                ? Optional.of(new ContractAdmins.Signature("pk", HexFormat.of().formatHex(signed)))
                : Optional.empty());
        assertThat(http.parse(http.control("contract/signature", request).body())).isEqualTo(
                http.parse("{\"publicKey\":\"pk\",\"signature\":\"" + hash + "\"}"));
        assertThat(http.control("contract/signature", request.replace("aa", "bb")).statusCode()).as("no such admin").isEqualTo(404);
        assertThat(http.control("contract/signature", request.replace("0f", "")).statusCode()).as("no hash").isEqualTo(400);
    }

    @Test
    void blocksAreRolledBack() {
        String id = http.parse(pay(5).body()).path("tx_hash").asText();
        http.control("block", "");
        assertThat(http.parse(http.control("rollback", "{\"blocks\":1}").body()).path("height").asLong()).isZero();
        assertThat(http.get("mempool").findValuesAsText("tx_hash")).containsExactly(id);
        http.control("block", "");
        http.control("rollback", "{\"blocks\":1,\"transactions\":\"lost\"}");
        assertThat(http.get("mempool")).isEmpty();
        assertThat(http.control("rollback", "{\"blocks\":1}").statusCode()).isEqualTo(400);
    }

    @Test
    void repliesAreLostAfterTheTransactionIsAccepted() {
        byte[] payment = anAcceptedPayment();
        http.control("faults/lost-submit-replies", "{\"count\":1}");
        assertThatThrownBy(() -> http.submit(payment)).isInstanceOf(UncheckedIOException.class);
        assertThat(http.get("mempool")).hasSize(1);
        assertThat(http.submit(payment).body()).contains("All inputs are spent");
    }

    @Test
    void requestsFailWithAStatus() {
        http.control("faults/status", "{\"count\":2,\"status\":429}");
        assertThat(http.status("blocks/latest")).isEqualTo(429);
        assertThat(http.error("blocks/latest").path("status_code").asInt()).isEqualTo(429);
        assertThat(http.status("blocks/latest")).isEqualTo(200);
    }

    @Test
    void failuresAreCountedNotKept() {
        assertThat(http.control("faults/status", "{\"count\":2000000000,\"status\":503}").statusCode()).isEqualTo(200);
        assertThat(http.status("blocks/latest")).isEqualTo(503);
        http.control("faults/clear", "");
        http.control("faults/status", "{\"count\":1,\"status\":500}");
        http.control("faults/status", "{\"count\":1,\"status\":429}");
        assertThat(http.status("blocks/latest")).isEqualTo(500);
        assertThat(http.status("blocks/latest")).isEqualTo(429);
        assertThat(http.status("blocks/latest")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"faults/status|{\"count\":1,\"status\":200}", "faults/status|{\"count\":1,\"status\":99}",
            "faults/status|{\"count\":-1,\"status\":503}", "faults/status|{\"count\":1}", "faults/lost-submit-replies|{\"count\":-1}",
            "rollback|{\"blocks\":-1}", "rollback|{\"blocks\":0,\"transactions\":\"gone\"}", "rollback|{\"blocks\":1.5}", "rollback|[]",
            "blocks/interval|{\"seconds\":0}", "blocks/interval|{\"seconds\":-3}", "blocks/interval|{\"seconds\":99999999999999999999}",
            "faucet|{}", "no-such-control|{}"})
    void whatMakesNoSenseIsRefused(String path, String body) {
        assertThat(http.parse(http.control(path, body).body()).path("status_code").asInt()).isEqualTo(400);
        assertThat(http.status("blocks/latest")).isEqualTo(200);
    }

    @Test
    void blocksComeLateOrNotAtAll() {
        TestClock clock = new TestClock();
        try (DevelopmentNetwork running = DevelopmentNetwork.start(DevnetOptions.inMemory(), clock)) {
            TestHttp client = new TestHttp(running);
            assertThat(client.control("blocks/pause", "").statusCode()).isEqualTo(200);
            long height = client.get("blocks/latest").path("height").asLong();
            clock.advance(Duration.ofSeconds(60));
            Awaitility.await().during(Duration.ofMillis(400)).until(() -> client.get("blocks/latest").path("height").asLong() == height);
            assertThat(client.control("blocks/interval", "{\"seconds\":20}").statusCode()).isEqualTo(200);
            client.control("blocks/resume", "");
            Awaitility.await().until(() -> client.get("blocks/latest").path("height").asLong() == height + 1);
            clock.advance(Duration.ofSeconds(19));
            Awaitility.await().during(Duration.ofMillis(400))
                    .until(() -> client.get("blocks/latest").path("height").asLong() == height + 1);
            clock.advance(Duration.ofSeconds(1));
            Awaitility.await().until(() -> client.get("blocks/latest").path("height").asLong() == height + 2);
        }
    }

    @Test
    void theProviderGoesDownAndComesBack() {
        http.control("faults/down", "");
        assertThatThrownBy(() -> http.status("blocks/latest")).isInstanceOf(UncheckedIOException.class);
        http.control("faults/clear", "");
        assertThat(http.status("blocks/latest")).isEqualTo(200);
    }

    @Test
    void anIndexOfAddressesIsBehind() {
        String id = http.parse(pay(5).body()).path("tx_hash").asText();
        http.control("block", "");
        http.control("faults/empty-address-histories", "");
        assertThat(http.get("addresses/" + ADDRESS + "/transactions")).isEmpty();
        assertThat(http.get("addresses/" + ADDRESS + "/utxos")).hasSize(1);
        assertThat(http.status("txs/" + id)).isEqualTo(200);
        http.control("faults/clear", "");
        assertThat(http.get("addresses/" + ADDRESS + "/transactions")).hasSize(1);
    }

    @Test
    void blocksAreMadeAsTimePasses() {
        DevnetOptions options = DevnetOptions.inMemory().withEmptyBlockInterval(Duration.ofSeconds(1));
        try (DevelopmentNetwork running = DevelopmentNetwork.start(options, Clock.systemUTC())) {
            String id = running.faucet(ADDRESS, TestScripts.ada(3));
            TestHttp client = new TestHttp(running);
            Awaitility.await().until(() -> client.status("txs/" + id) == 200);
            long height = client.get("blocks/latest").path("height").asLong();
            Awaitility.await().until(() -> client.get("blocks/latest").path("height").asLong() > height);
            running.pauseBlocks();
            assertThat(client.get("blocks/latest").path("slot").asLong() * SlotClock.SLOT_LENGTH_MILLIS + running.zeroTime())
                    .isLessThanOrEqualTo(Clock.systemUTC().millis());
        }
    }

    @Test
    void argumentsOfTheMainClassAreRead() {
        assertThat(DevelopmentNetworkMain.options(new String[]{"--port", "4000", "--data", "x"}))
                .satisfies(options -> assertThat(options.port()).isEqualTo(4000))
                .satisfies(options -> assertThat(options.directory()).hasToString("Optional[x]"));
        assertThatThrownBy(() -> DevelopmentNetworkMain.options(new String[]{"--colour", "red"})).hasMessageContaining("--colour");
        assertThatThrownBy(() -> DevelopmentNetworkMain.options(new String[]{"--port"})).hasMessageContaining("needs a value");
    }

    /** A faucet payment that the chain has forgotten again: bytes that will be accepted. */
    private byte[] anAcceptedPayment() {
        String id = http.parse(pay(5).body()).path("tx_hash").asText();
        http.control("block", "");
        byte[] cbor = java.util.HexFormat.of().parseHex(http.get("txs/" + id + "/cbor").path("cbor").asText());
        http.control("rollback", "{\"blocks\":1,\"transactions\":\"lost\"}");
        return cbor;
    }

    private java.net.http.HttpResponse<String> pay(long ada) {
        return http.control("faucet", "{\"address\":\"" + ADDRESS + "\",\"lovelace\":" + ada * 1_000_000 + "}");
    }
}
