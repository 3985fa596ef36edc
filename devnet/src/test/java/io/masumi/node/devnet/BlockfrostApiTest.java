package io.masumi.node.devnet;

import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.api.model.Amount;
import com.bloxbean.cardano.client.backend.api.BackendService;
import com.bloxbean.cardano.client.backend.blockfrost.service.BFBackendService;
import com.bloxbean.cardano.client.cip.cip20.MessageMetadata;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.function.helper.SignerProviders;
import com.bloxbean.cardano.client.plutus.spec.ConstrPlutusData;
import com.bloxbean.cardano.client.plutus.spec.BigIntPlutusData;
import com.bloxbean.cardano.client.plutus.spec.BytesPlutusData;
import com.bloxbean.cardano.client.quicktx.QuickTxBuilder;
import com.bloxbean.cardano.client.quicktx.Tx;
import com.bloxbean.cardano.client.transaction.spec.Asset;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.script.ScriptPubkey;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.StreamSupport;
import io.masumi.node.devnet.chain.Block;

import static org.assertj.core.api.Assertions.assertThat;

/** The wire form of the replies, where clients other than cardano-client-lib depend on it too. */
class BlockfrostApiTest {
    private static final String UNUSED = "addr_test1qplhs9snd92fmr3tzw87uujvn7nqd4ss0fn8yz7mf3y2mf3a3806uqngr7hvksqvtkmetcjcluu6xeguagwyaxevdhmsuycl5a";

    private final Account account = new Account(Networks.testnet());
    private DevelopmentNetwork network;
    private BackendService backend;
    private TestHttp http;

    @BeforeEach
    void start() {
        network = DevelopmentNetwork.start(DevnetOptions.inMemory().withBlocksOnDemand(), new TestClock());
        backend = new BFBackendService(network.baseUrl(), "any");
        http = new TestHttp(network);
        network.faucet(account.baseAddress(), TestScripts.ada(100));
        network.makeBlock();
    }

    @AfterEach
    void stop() {
        network.close();
    }

    @Test
    void saysThatItIsADevelopmentNetwork() {
        assertThat(http.get("health").path("is_healthy").asBoolean()).isTrue();
        assertThat(http.get("health").path("development_network").asBoolean()).isTrue();
        assertThat(http.get("genesis").path("network_magic").asInt()).isEqualTo(42);
        assertThat(http.get("genesis").path("system_start").asLong() * 1000).isEqualTo(network.zeroTime());
    }

    @Test
    void errorsHaveBlockfrostsShape() {
        assertThat(http.error("txs/" + "0".repeat(64))).isEqualTo(http.parse(
                "{\"status_code\":404,\"error\":\"Not Found\",\"message\":\"The requested component has not been found.\"}"));
        for (String unknown : new String[]{"blocks/99", "epochs/9", "addresses/" + UNUSED, "addresses/" + UNUSED + "/utxos",
                "addresses/" + UNUSED + "/transactions", "assets/" + "0".repeat(60), "scripts/" + "0".repeat(56)}) {
            assertThat(http.status(unknown)).as(unknown).isEqualTo(404);
        }
        for (String malformed : new String[]{"addresses/nonsense", "addresses/" + account.enterpriseAddress().replace("addr_test", "addr"),
                "addresses/" + account.baseAddress() + "/utxos?count=101", "addresses/" + account.baseAddress() + "/utxos?page=0",
                "addresses/" + account.baseAddress() + "/utxos?order=up", "assets/xyz", "blocks/xyz", "nothing"}) {
            assertThat(http.error(malformed).path("status_code").asInt()).as(malformed).isEqualTo(400);
        }
        String transactions = "addresses/" + account.baseAddress() + "/transactions";
        for (String range : new String[]{"?from=x", "?from=1:", "?to=-1", "?from=5&to=4", "?from=5:2&to=5:1"}) {
            assertThat(http.error(transactions + range).path("message").asText()).as(range)
                    .isEqualTo("Invalid (malformed or out of range) from/to parameter(s).");
        }
        assertThat(http.error(transactions + "?count=0").path("message").asText()).isEqualTo("querystring/count must be >= 1");
        assertThat(http.error(transactions + "?count=101").path("message").asText()).isEqualTo("querystring/count must be <= 100");
        assertThat(http.error(transactions + "?page=x").path("message").asText()).isEqualTo("querystring/page must be integer");
        assertThat(http.error("nothing").path("message").asText()).isEqualTo("Invalid path. Please check https://docs.blockfrost.io/");
    }

    @Test
    void refusalsNameTheBrokenRulesAsANodeDoes() {
        HttpResponse<String> refused = http.submit(new byte[]{1, 2, 3});
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(http.parse(refused.body()).path("message").asText()).contains("TxSubmitFail", "TxCmdTxReadError", "DecoderFailure");

        byte[] payment = signed(new Tx().payToAddress(UNUSED, Amount.ada(2)).from(account.baseAddress()));
        assertThat(http.parse(http.submit(payment).body()).isTextual()).isTrue();
        JsonNode again = http.parse(http.submit(payment).body());
        assertThat(again.path("error").asText()).isEqualTo("Bad Request");
        assertThat(http.parse(again.path("message").asText()).findPath("error").get(0).asText()).startsWith("ConwayMempoolFailure")
                .contains("All inputs are spent");
    }

    @Test
    void submissionsAreCbor() {
        for (String type : new String[]{"application/json", "text/plain"}) {
            HttpResponse<String> refused = http.submitAs(type, new byte[]{1});
            assertThat(refused.statusCode()).isEqualTo(415);
            assertThat(http.parse(refused.body()).path("error").asText()).isEqualTo("Unsupported Media Type");
        }
        assertThat(http.submitAs("application/cbor; charset=binary", new byte[]{1}).statusCode()).isEqualTo(400);
    }

    /** Whatever comes in is answered with 400, soon, and the network goes on. */
    @Test
    @Timeout(30)
    void hostileSubmissionsAreRefused() {
        byte[] deep = new byte[100_000];
        Arrays.fill(deep, (byte) 0x81);
        byte[] manyItems = new byte[250_000];
        Arrays.fill(manyItems, (byte) 0x80);
        manyItems[0] = (byte) 0x9f;
        byte[] tags = new byte[100_000];
        Arrays.fill(tags, (byte) 0xc1);
        HexFormat hex = HexFormat.of();
        for (byte[] hostile : new byte[][]{{}, deep, manyItems, tags, new byte[5_000_000], hex.parseHex("9bffffffffffffffff"),
                hex.parseHex("84a0a0f5f6"), hex.parseHex("84bbffffffffffffffff"), hex.parseHex("5bffffffffffffffff"),
                hex.parseHex("84f6f6f6f6"),
                hex.parseHex("84a30080018002" + "c249010000000000000000" + "a0f5f6")}) {
            HttpResponse<String> refused = http.submit(hostile);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(http.parse(refused.body()).path("status_code").asInt()).isEqualTo(400);
        }
        network.makeBlock();
        assertThat(http.get("blocks/latest").path("height").asLong()).isEqualTo(2);
    }

    @Test
    void addressesOfABlockAreShown() {
        String id = http.get("blocks/1/txs").get(0).asText();
        JsonNode touched = http.get("blocks/1/addresses");
        assertThat(touched.findValuesAsText("address")).contains(account.baseAddress()).hasSize(2).isSorted();
        assertThat(touched.findValuesAsText("tx_hash")).containsOnly(id);
        assertThat(http.get("blocks/0/addresses")).isEmpty();
        assertThat(http.status("blocks/99/addresses")).isEqualTo(404);
    }

    @Test
    void blocksAreFoundByHashAndHeight() {
        Block second = network.makeBlock();
        Block third = network.makeBlock();

        JsonNode block = http.get("blocks/2");
        assertThat(block).isEqualTo(http.get("blocks/" + second.hash()));
        assertThat(block.path("next_block").asText()).isEqualTo(third.hash());
        assertThat(block.path("confirmations").asInt()).isEqualTo(1);
        assertThat(block.path("time").asLong()).isEqualTo(network.startOfSlot(second.slot()).getEpochSecond());
        assertThat(http.get("blocks/latest").path("hash").asText()).isEqualTo(third.hash());
        assertThat(http.get("blocks/1/next").findValuesAsText("height")).containsExactly("2", "3");
        assertThat(http.get("blocks/1/next?count=1&page=2").findValuesAsText("height")).containsExactly("3");
        assertThat(http.get("blocks/3/previous").findValuesAsText("height")).containsExactly("0", "1", "2");
        assertThat(http.get("blocks/3/previous?count=2").findValuesAsText("height")).containsExactly("1", "2");
        assertThat(http.get("blocks/1/txs")).hasSize(1);
        assertThat(http.get("blocks/latest/txs")).isEmpty();
    }

    @Test
    void listsArePagedFromEitherEnd() {
        for (int i = 1; i <= 4; i++) {
            network.faucet(UNUSED, TestScripts.ada(i));
            network.makeBlock();
        }
        String utxos = "addresses/" + UNUSED + "/utxos";
        assertThat(quantities(http.get(utxos))).containsExactly("1000000", "2000000", "3000000", "4000000");
        assertThat(quantities(http.get(utxos + "?count=3&page=2"))).containsExactly("4000000");
        assertThat(quantities(http.get(utxos + "?count=2&order=desc"))).containsExactly("4000000", "3000000");
        assertThat(quantities(http.get(utxos + "/lovelace"))).hasSize(4);
        String transactions = "addresses/" + UNUSED + "/transactions";
        assertThat(http.get(transactions).findValuesAsText("block_height")).containsExactly("2", "3", "4", "5");
        assertThat(http.get(transactions + "?from=3&to=4").findValuesAsText("block_height")).containsExactly("3", "4");
        assertThat(http.get(transactions + "?from=3:1").findValuesAsText("block_height")).containsExactly("4", "5");
        assertThat(http.get(transactions + "?order=desc&count=1").findValuesAsText("block_height")).containsExactly("5");
        assertThat(http.get("addresses/" + UNUSED).path("amount").get(0).path("quantity").asText()).isEqualTo("10000000");
        assertThat(http.get("addresses/" + UNUSED + "/total").path("tx_count").asInt()).isEqualTo(4);
    }

    @Test
    void outputsShowWhatSpentThem() {
        byte[] payment = signed(new Tx().payToAddress(UNUSED, Amount.ada(2)).from(account.baseAddress()));
        String funding = http.get("addresses/" + account.baseAddress() + "/utxos").get(0).path("tx_hash").asText();
        String id = network.submit(payment);
        network.makeBlock();

        JsonNode before = http.get("txs/" + funding + "/utxos");
        assertThat(before.path("outputs").get(0).path("consumed_by_tx").asText()).isEqualTo(id);
        JsonNode after = http.get("txs/" + id + "/utxos");
        assertThat(after.path("inputs").get(0).path("tx_hash").asText()).isEqualTo(funding);
        assertThat(after.path("outputs").get(0).path("consumed_by_tx").isNull()).isTrue();
        assertThat(http.get("txs/" + id + "/cbor").path("cbor").asText()).isEqualTo(HexFormat.of().formatHex(payment));
        assertThat(http.get("txs/" + id).path("size").asInt()).isEqualTo(payment.length);
    }

    @Test
    void assetsAndMetadataAreShown() throws Exception {
        ScriptPubkey policy = new ScriptPubkey(HexFormat.of().formatHex(account.hdKeyPair().getPublicKey().getKeyHash()));
        Asset asset = Asset.builder().name("0xabcd").value(BigInteger.valueOf(7)).build();
        Tx mint = new Tx().mintAssets(policy, asset, account.baseAddress())
                .attachMetadata(MessageMetadata.create().add("Masumi").add("Test"))
                .from(account.baseAddress());
        String id = network.submit(signed(mint));
        network.makeBlock();

        String unit = policy.getPolicyId() + "abcd";
        JsonNode shown = http.get("assets/" + unit);
        assertThat(shown.path("quantity").asText()).isEqualTo("7");
        assertThat(shown.path("initial_mint_tx_hash").asText()).isEqualTo(id);
        assertThat(shown.path("fingerprint").asText()).startsWith("asset1");
        assertThat(http.get("assets/policy/" + policy.getPolicyId()).findValuesAsText("asset")).containsExactly(unit);
        assertThat(http.get("assets/" + unit + "/addresses").findValuesAsText("address")).containsExactly(account.baseAddress());
        assertThat(http.get("assets/" + unit + "/transactions").findValuesAsText("tx_hash")).containsExactly(id);
        assertThat(http.get("addresses/" + account.baseAddress() + "/utxos/" + unit)).hasSize(1);
        JsonNode metadata = http.get("txs/" + id + "/metadata").get(0);
        assertThat(metadata.path("label").asText()).isEqualTo("674");
        assertThat(metadata.path("json_metadata")).isEqualTo(http.parse("{\"msg\":[\"Masumi\",\"Test\"]}"));
        assertThat(http.get("txs/" + id + "/metadata/cbor").get(0).path("metadata").asText()).startsWith("a11902a2a1636d7367");
        assertThat(http.get("scripts/" + policy.getPolicyId()).path("type").asText()).isEqualTo("timelock");
        assertThat(http.get("scripts/" + policy.getPolicyId() + "/json").path("json").path("type").asText()).isEqualTo("sig");
    }

    @Test
    void datumsAreShownByHash() {
        ConstrPlutusData datum = ConstrPlutusData.of(1, BigIntPlutusData.of(-5), BytesPlutusData.of(new byte[]{1, 2}));
        network.submit(signed(new Tx().payToContract(UNUSED, Amount.ada(3), datum).from(account.baseAddress())));
        network.makeBlock();

        JsonNode output = http.get("addresses/" + UNUSED + "/utxos").get(0);
        assertThat(output.path("inline_datum").asText()).isEqualTo(datum.serializeToHex());
        assertThat(output.path("data_hash").asText()).isEqualTo(datum.getDatumHash());
        assertThat(http.get("scripts/datum/" + datum.getDatumHash() + "/cbor").path("cbor").asText()).isEqualTo(datum.serializeToHex());
        assertThat(http.get("scripts/datum/" + datum.getDatumHash()).path("json_value"))
                .isEqualTo(http.parse("{\"fields\":[{\"int\":-5},{\"bytes\":\"0102\"}],\"constructor\":1}"));
    }

    private byte[] signed(Tx tx) {
        Transaction transaction = new QuickTxBuilder(backend).compose(tx).withSigner(SignerProviders.signerFrom(account)).buildAndSign();
        try {
            return transaction.serialize();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Iterable<String> quantities(JsonNode utxos) {
        return StreamSupport.stream(utxos.spliterator(), false).map(utxo -> utxo.path("amount").get(0).path("quantity").asText()).toList();
    }
}
