package io.masumi.node.gateway.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.common.model.Networks;
import io.masumi.node.contracts.CompiledScript;
import io.masumi.node.contracts.Credential;
import io.masumi.node.contracts.EscrowContract;
import io.masumi.node.contracts.EscrowParameters;
import io.masumi.node.contracts.PlutusAddress;
import io.masumi.node.contracts.RegistryPolicy;
import io.masumi.node.gateway.HttpProbe;
import io.masumi.node.gateway.HttpProbe.Answer;
import io.masumi.node.gateway.node.NodeOptions;
import io.masumi.node.gateway.node.RunningNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An admin adds payment sources through the public API, on the whole node with its development network. */
@Tag("slow")
class PaymentSourcesTest {

    private static final String ADMIN = "ad".repeat(28);
    private static final String FEE = "fe".repeat(28);

    @TempDir
    static Path scratch;

    private static RunningNode node;
    private static SaleClient client;
    private static String adminKey;
    private static String provider;

    @BeforeAll
    static void start() throws IOException {
        Path data = scratch.resolve("data");
        Map<String, Object> settings = new HashMap<>(NodeProcess.SETTINGS);
        settings.put("masumi.chain.script-files", Files.createDirectory(scratch.resolve("scripts")).toString());
        node = RunningNode.start(new NodeOptions(Optional.of(0), data, Map.of()), settings);
        adminKey = node.newAdminKey().orElseThrow();
        client = new SaleClient(node.port(), adminKey);
        provider = "http://127.0.0.1:" + Files.readString(data.resolve("devnet.port")).strip() + "/api/v0";
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Test
    void aSourceIsCreatedFromItsAddressAlone() throws IOException {
        CompiledScript escrow = escrow(40);
        String address = address(escrow);
        Answer unknown = add(address, Map.of());
        assertThat(unknown.status()).as(unknown.text()).isEqualTo(400);
        assertThat(unknown.error()).contains(escrow.hash(), "masumi.chain.script-files");

        file("escrow.hex", escrow.doubleWrappedHex());
        assertThat(add(address, Map.of()).error()).contains("policyId is missing");
        CompiledScript registry = RegistryPolicy.script(address);
        file("blueprint.json", "{\"validators\":[{\"compiledCode\":\"" + registry.hex() + "\"}]}");
        Answer wrong = add(address, Map.of("feeRatePermille", 50));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.error()).isEqualTo("feeRatePermille is stated as 50, but the contract has 40");

        JsonNode wallet = SaleClient.ok(client.post("/wallet", Map.of("network", "Preprod"), adminKey));
        JsonNode source = SaleClient.ok(add(address, Map.of("requiredAdminSignatures", 1, "SellingWallets", List.of(
                Map.of("walletMnemonic", wallet.path("walletMnemonic").asString(), "note", "sells")))));
        assertThat(source.path("smartContractAddress").asString()).isEqualTo(address);
        assertThat(source.path("policyId").asString()).isEqualTo(registry.hash());
        assertThat(source.path("feeRatePermille").asInt()).isEqualTo(40);
        assertThat(source.path("requiredAdminSignatures").asInt()).isEqualTo(1);
        assertThat(source.at("/AdminWallets/0/walletAddress").asString()).isEqualTo(keyAddress(ADMIN));
        assertThat(source.at("/FeeReceiverNetworkWallet/walletAddress").asString()).isEqualTo(keyAddress(FEE));
        assertThat(source.path("contractSyncStatus").asString()).isEqualTo("custom_address");
        assertThat(source.path("SellingWalletsCount").asInt()).isEqualTo(1);
        assertThat(source.path("PurchasingWalletsCount").asInt()).isZero();
        assertThat(source.at("/PaymentSourceConfig/rpcProviderApiKey").asString()).doesNotContain("secret-key");
        assertThat(SaleClient.ok(client.get("/payment-source-extended", adminKey)).at("/ExtendedPaymentSources/0")).isEqualTo(source);

        Answer again = add(address, Map.of());
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("id").asString()).isEqualTo(source.path("id").asString());
    }

    @Test
    void theKnownDeploymentNeedsNoAddressButItsScript() {
        Answer unknown = add(null, Map.of());
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.error()).contains("bd2adb685621e224aae7571cb6bd8f0beb0fdd31875eb3a27feee6c0", "masumi.chain.script-files");
    }

    @Test
    void aProviderThatDoesNotAnswerIsNotTheClientsFault() {
        assertThat(add("http://127.0.0.1:9", null, Map.of()).status()).isEqualTo(503);
        Answer odd = add("ftp://127.0.0.1", null, Map.of());
        assertThat(odd.status()).isEqualTo(400);
        assertThat(odd.error()).contains("rpcProviderUrl");
    }

    /** The development network's source gets one by itself. */
    @Test
    void aReferenceScriptIsDeployedAndItsDepositTakenBack() {
        JsonNode deployed = awaitScript("Deployed");
        String id = source().path("id").asString();
        assertThat(deployed.path("script").asString()).isEqualTo("Escrow");
        Answer again = script("POST", Map.of("id", id));
        assertThat(again.status()).as(again.text()).isEqualTo(409);
        assertThat(again.error()).contains("deployed already", deployed.path("txHash").asString());
        Answer nowhere = script("POST", Map.of("id", id, "output", Map.of("txHash", "0".repeat(64), "outputIndex", 0)));
        assertThat(nowhere.status()).isEqualTo(400);
        assertThat(nowhere.error()).contains("0".repeat(64) + "#0");
        assertThat(script("POST", Map.of("id", "cnobody")).status()).isEqualTo(404);
        assertThat(script("POST", Map.of("id", id, "script", "Other")).status()).isEqualTo(400);
        assertThat(script("DELETE", Map.of("id", id, "script", "Registry")).status()).isEqualTo(404);

        JsonNode retiring = SaleClient.ok(script("DELETE", Map.of("id", id)));
        assertThat(retiring.at("/ReferenceScripts/0/state").asString()).startsWith("Retire");
        assertThat(awaitScript("Retired").path("txHash").isNull()).isTrue();
        String payer = client.sellingWallet().path("walletVkey").asString();
        SaleClient.ok(script("POST", Map.of("id", id, "script", "Escrow", "walletVkey", payer)));
        assertThat(awaitScript("Deployed").path("txHash").asString()).isNotEqualTo(deployed.path("txHash").asString());
    }

    private static JsonNode awaitScript(String state) {
        return await("reference script " + state).atMost(Duration.ofSeconds(60)).until(() -> source().at("/ReferenceScripts/0"),
                script -> script.path("state").asString("").equals(state));
    }

    /** The development network's own, which is the oldest. */
    private static JsonNode source() {
        JsonNode sources = SaleClient.ok(client.get("/payment-source-extended", adminKey)).path("ExtendedPaymentSources");
        return sources.get(sources.size() - 1);
    }

    private static Answer script(String method, Map<String, Object> body) {
        return new HttpProbe(node.port()).send(method, "/api/v1/payment-source-extended/reference-script",
                JsonMapper.shared().writeValueAsString(body), adminKey, "application/json");
    }

    @Test
    void anAdminHasAContractReadAgain() {
        String id = client.get("/payment-source", adminKey).data().path("PaymentSources").path(0).path("id").asString();
        assertThat(readAgain(Map.of("id", id)).error()).contains("either fromBlockHeight or transactionHash");
        assertThat(readAgain(Map.of("id", id, "fromBlockHeight", 0, "transactionHash", "ab".repeat(32))).status()).isEqualTo(400);
        assertThat(readAgain(Map.of("id", id, "fromBlockHeight", -1)).status()).isEqualTo(400);
        assertThat(readAgain(Map.of("id", id, "transactionHash", "ab")).status()).isEqualTo(400);
        assertThat(readAgain(Map.of("id", id, "fromBlockHeight", 1_000_000_000)).status()).isEqualTo(400);
        assertThat(readAgain(Map.of("id", id, "transactionHash", "ab".repeat(32))).status()).isEqualTo(404);
        assertThat(readAgain(Map.of("id", "none", "fromBlockHeight", 0)).status()).isEqualTo(404);

        await().atMost(Duration.ofSeconds(60)).until(() -> readAgain(Map.of("id", id, "fromBlockHeight", 0)).status() == 200);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            JsonNode newest = client.get("/payment-source-extended/re-read?id=" + id, adminKey).data().path("ReReadings").path(0);
            return newest.path("fromBlockHeight").asLong(-1) == 0 && newest.path("finishedAt").isString();
        });
    }

    private static Answer readAgain(Map<String, Object> body) {
        return client.post("/payment-source-extended/re-read", body, adminKey);
    }

    @Test
    void onlyAnAdminAddsSources() {
        client.makeKeys();
        assertThat(client.post("/payment-source-extended", Map.of(), client.sellerKey()).status()).isEqualTo(401);
        assertThat(client.post("/payment-source-extended", Map.of(), adminKey).error()).contains("network", "PaymentSourceConfig");
    }

    private static Answer add(String address, Map<String, Object> more) {
        return add(provider, address, more);
    }

    private static Answer add(String url, String address, Map<String, Object> more) {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("network", "Preprod");
        body.put("PaymentSourceConfig", Map.of("rpcProvider", "Blockfrost", "rpcProviderApiKey", "secret-key", "rpcProviderUrl", url));
        if (address != null) {
            body.put("smartContractAddress", address);
        }
        return client.post("/payment-source-extended", body, adminKey);
    }

    private static void file(String name, String text) throws IOException {
        Files.writeString(scratch.resolve("scripts").resolve(name), text);
    }

    private static CompiledScript escrow(int permille) {
        return EscrowContract.script(
                new EscrowParameters(1, List.of(ADMIN), PlutusAddress.of(new Credential.Key(FEE)), permille, 60_000));
    }

    private static String address(CompiledScript script) {
        return AddressProvider.getEntAddress(com.bloxbean.cardano.client.address.Credential.fromScript(script.hash()), Networks.testnet())
                .toBech32();
    }

    private static String keyAddress(String keyHash) {
        return AddressProvider.getEntAddress(
                com.bloxbean.cardano.client.address.Credential.fromKey(HexFormat.of().parseHex(keyHash)), Networks.testnet()).toBech32();
    }
}
