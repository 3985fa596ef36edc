package io.masumi.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masumi.node.Requester;
import io.masumi.node.chain.cardano.key.WalletKeys;
import io.masumi.node.devnet.DevelopmentNetworkClient;
import io.masumi.node.escrow.Network;
import io.masumi.node.gateway.HttpProbe.Answer;
import io.masumi.node.gateway.node.NodeOptions;
import io.masumi.node.gateway.node.RunningNode;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.testing.TestPostgres;
import io.masumi.node.wallet.HotWalletCommand.AddHotWallet;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.wallet.WalletType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The life of agents through the public API, on the whole node with its development network. */
@Tag("slow")
class RegistryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path scratch;

    private static RunningNode node;
    private static HttpProbe http;
    private static String admin;
    private static JsonNode seller;
    private static JsonNode recipient;

    @BeforeAll
    static void addAWalletToReceiveAgents() {
        node = RunningNode.start(new NodeOptions(Optional.of(0), scratch.resolve("data"), Map.of()),
                Map.of("masumi.database.url", TestPostgres.newDatabase()));
        http = new HttpProbe(node.port());
        admin = node.newAdminKey().orElseThrow();
        seller = http.get("/api/v1/wallet/list?walletType=Selling", admin).data().path("Wallets").get(0);
        recipient = freshWallet();
        PaymentSourceId source = new PaymentSourceId(seller.path("paymentSourceId").asString());
        node.context().getBean(WalletKeys.class).add(source, Network.Preprod, recipient.path("walletMnemonic").asString());
        node.context().getBean(CommandGateway.class).sendAndWait(new AddHotWallet(HotWalletId.of(source, vkey(recipient)), source,
                Network.Preprod, WalletType.Selling, vkey(recipient), address(recipient), null, null, Requester.NODE));
        DevelopmentNetworkClient network = new DevelopmentNetworkClient(node.developmentNetwork().orElseThrow().url());
        network.faucet(address(recipient), BigInteger.valueOf(10_000_000));
        network.faucet(address(recipient), BigInteger.valueOf(100_000_000));
        network.makeBlock();
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Test
    void anAgentSellsThroughTheWalletItWasSentToAndIsBurntFromThere() {
        String owner = key();
        JsonNode requested = register(address(recipient), owner);
        String id = requested.path("id").asString();
        assertThat(requested.path("state").asString()).isIn("RegistrationRequested", "RegistrationInitiated");
        assertThat(requested.at("/SmartContractWallet/walletVkey").asString()).isEqualTo(vkey(seller));
        assertThat(requested.at("/RecipientWallet/walletAddress").asString()).isEqualTo(address(recipient));
        String agent = awaitState(id, "RegistrationConfirmed").path("agentIdentifier").asString();
        assertThat(onChain("/assets/" + agent + "/addresses").json().at("/0/address").asString()).isEqualTo(address(recipient));

        JsonNode held = ofWallet(recipient).get(0);
        assertThat(held.path("agentIdentifier").asString()).isEqualTo(agent);
        assertThat(held).isEqualTo(agentOnChain(agent).data());
        assertThat(held.at("/Metadata/name").asString()).isEqualTo("An agent");
        assertThat(held.at("/Metadata/image").asString()).startsWith("data:image/");
        assertThat(ofWallet(seller).findValuesAsString("agentIdentifier")).doesNotContain(agent);

        Answer payment = http.post("/api/v1/payment", AccessTest.payment("Preprod").replace("a".repeat(120), agent), owner);
        assertThat(payment.status()).as(payment.text()).isEqualTo(200);
        assertThat(payment.data().at("/SmartContractWallet/walletVkey").asString()).isEqualTo(vkey(recipient));

        assertThat(deregister(agent, key()).status()).as("somebody else's").isEqualTo(403);
        assertThat(delete(id).status()).as("it is on chain").isEqualTo(404);
        Answer burning = deregister(agent, owner);
        assertThat(burning.status()).as(burning.text()).isEqualTo(200);
        assertThat(burning.data().path("state").asString()).isIn("DeregistrationRequested", "DeregistrationInitiated");
        Answer again = deregister(agent, owner);
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.data().path("state").asString()).startsWith("Deregistration");
        awaitState(id, "DeregistrationConfirmed");
        assertThat(deregister(agent, owner).status()).as("done").isEqualTo(200);

        assertThat(onChain("/assets/" + agent).json().path("quantity").asString()).isEqualTo("0");
        assertThat(agentOnChain(agent).status()).isEqualTo(404);
        assertThat(ofWallet(recipient).findValuesAsString("agentIdentifier")).doesNotContain(agent);
        Answer unsold = http.post("/api/v1/payment", AccessTest.payment("Preprod").replace("a".repeat(120), agent), owner);
        assertThat(unsold.status()).isEqualTo(404);
        assertThat(unsold.error()).contains("No agent with this agentIdentifier is registered");

        int before = count();
        Answer deleted = delete(id);
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
        assertThat(deleted.data().path("id").asString()).isEqualTo(id);
        assertThat(count()).isEqualTo(before - 1);
        assertThat(http.get("/api/v1/registry/diff?network=Preprod&limit=100", admin).data().findValuesAsString("id")).doesNotContain(id);
        assertThat(delete(id).status()).isEqualTo(404);
        assertThat(deregister(agent, owner).status()).as("deleted").isEqualTo(404);
        assertThat(delete("cnobody").status()).isEqualTo(404);
    }

    @Test
    void anAgentThatWasGivenAwayIsNotOursToBurn() {
        JsonNode stranger = freshWallet();
        String owner = admin;
        JsonNode before = register(null, owner);
        awaitState(before.path("id").asString(), "RegistrationConfirmed");
        String id = register(address(stranger), owner).path("id").asString();
        JsonNode given = awaitState(id, "RegistrationConfirmed");
        String agent = given.path("agentIdentifier").asString();

        assertThat(ofWallet(stranger).findValuesAsString("agentIdentifier")).containsExactly(agent);
        Answer refused = deregister(agent, owner);
        assertThat(refused.status()).as(refused.text()).isEqualTo(404);
        assertThat(refused.error()).contains(address(stranger));
        assertThat(entry(id).path("state").asString()).isEqualTo("RegistrationConfirmed");
        Answer unsold = http.post("/api/v1/payment", AccessTest.payment("Preprod").replace("a".repeat(120), agent), owner);
        assertThat(unsold.status()).isEqualTo(404);
        assertThat(unsold.error()).contains("No selling wallet of this node holds this agent");
        assertThat(deregister("ab".repeat(60), owner).status()).isEqualTo(404);

        String since = given.path("updatedAt").asString();
        JsonNode changes = http.get("/api/v1/registry/diff?network=Preprod&lastUpdate=" + since + "&cursorId=" + id, admin).data();
        assertThat(changes.at("/Assets/0")).as("itself first").isEqualTo(given);
        assertThat(changes.findValuesAsString("id")).doesNotContain(before.path("id").asString());
        assertThat(http.get("/api/v1/registry/diff?network=Preprod&filterPaymentSourceType=Web3CardanoV2", admin).data().path("Assets"))
                .isEmpty();
    }

    /** A key that its owner does not fully trust must not be able to send the node's money to anybody. */
    @Test
    void onlyAnAdminGivesAgentsAndMoneyToOthers() {
        String stranger = "\"recipientWalletAddress\":\"" + address(freshWallet()) + "\"";
        String toRecipient = "\"recipientWalletAddress\":\"" + address(recipient) + "\"";
        String limited = limitedKey("");
        String unlimited = key();

        for (String key : List.of(limited, unlimited)) {
            Answer given = http.post("/api/v1/registry", registration(stranger), key);
            assertThat(given.status()).as(given.text()).isEqualTo(404);
            assertThat(given.error()).contains("recipientWalletAddress");
            Answer much = http.post("/api/v1/registry", registration("\"sendFundingLovelace\":\"3000000000\""), key);
            assertThat(much.status()).as(much.text()).isEqualTo(400);
            assertThat(much.error()).contains("sendFundingLovelace must be at most 20000000");
        }
        String elsewhere = limitedKey(",\"walletScopeEnabled\":\"true\",\"WalletScopeHotWalletIds\":[\"" + seller.path("id").asString()
                + "\"]");
        assertThat(http.post("/api/v1/registry", registration(toRecipient), elsewhere).status()).as("not in its scope").isEqualTo(404);
        Answer unpaid = http.post("/api/v1/registry", registration("\"sendFundingLovelace\":\"5000000\""), limited);
        assertThat(unpaid.status()).as(unpaid.text()).isEqualTo(400);
        assertThat(unpaid.error()).contains("credits");
        assertThat(http.get("/api/v1/registry?network=Preprod&searchQuery=given%20away", admin).data().path("Assets")).isEmpty();
    }

    private static String limitedKey(String more) {
        return http.post("/api/v1/api-key", "{\"permission\":\"ReadAndPay\",\"UsageCredits\":[]" + more + "}", admin).data()
                .path("token").asString();
    }

    private static String registration(String more) {
        return AccessTest.registration("Preprod").replace("a".repeat(56), vkey(seller)).replace("An agent", "given away")
                .replaceFirst("}$", "," + more + "}");
    }

    private static JsonNode freshWallet() {
        return http.post("/api/v1/wallet", "{\"network\":\"Preprod\"}", admin).data();
    }

    private static String vkey(JsonNode wallet) {
        return wallet.path("walletVkey").asString();
    }

    private static String address(JsonNode wallet) {
        return wallet.path("walletAddress").asString();
    }

    private static String key() {
        return http.post("/api/v1/api-key", "{\"permission\":\"ReadAndPay\",\"usageLimited\":\"false\",\"UsageCredits\":[]}", admin).data()
                .path("token").asString();
    }

    private static JsonNode register(String recipientAddress, String key) {
        String body = AccessTest.registration("Preprod").replace("a".repeat(56), vkey(seller));
        Answer answer = http.post("/api/v1/registry", recipientAddress == null
                ? body
                : body.replaceFirst("}$", ",\"recipientWalletAddress\":\"" + recipientAddress + "\"}"), key);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.data();
    }

    private static JsonNode entry(String id) {
        return StreamSupport
                .stream(http.get("/api/v1/registry?network=Preprod&limit=100", admin).data().path("Assets").spliterator(), false)
                .filter(entry -> entry.path("id").asString().equals(id)).findFirst().orElseThrow();
    }

    private static JsonNode awaitState(String id, String state) {
        return await(state).atMost(PATIENCE).until(() -> entry(id), entry -> entry.path("state").asString().equals(state));
    }

    private static Answer agentOnChain(String agent) {
        return http.get("/api/v1/registry/agent-identifier?network=Preprod&agentIdentifier=" + agent, admin);
    }

    private static JsonNode ofWallet(JsonNode wallet) {
        Answer answer = http.get("/api/v1/registry/wallet?network=Preprod&walletVkey=" + vkey(wallet), admin);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.data().path("Assets");
    }

    private static Answer deregister(String agent, String key) {
        return http.post("/api/v1/registry/deregister", "{\"network\":\"Preprod\",\"agentIdentifier\":\"" + agent + "\"}", key);
    }

    private static Answer delete(String id) {
        return http.send("DELETE", "/api/v1/registry", "{\"id\":\"" + id + "\"}", admin, "application/json");
    }

    private static int count() {
        return http.get("/api/v1/registry/count?network=Preprod", admin).data().path("total").asInt();
    }

    private static Answer onChain(String path) {
        try {
            int port = Integer.parseInt(Files.readString(scratch.resolve("data").resolve("devnet.port")).strip());
            return new HttpProbe(port).get("/api/v0" + path, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
