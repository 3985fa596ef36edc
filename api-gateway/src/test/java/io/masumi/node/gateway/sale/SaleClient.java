package io.masumi.node.gateway.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masumi.node.escrow.DecisionLog;
import io.masumi.node.gateway.HttpProbe;
import io.masumi.node.gateway.HttpProbe.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A seller and a buyer who know a node by its HTTP API alone. */
final class SaleClient {

    static final String PRICE = "30000000";
    static final String PURCHASER = "aabbccddeeff00992a93";
    static final String INPUT_HASH = DecisionLog.inputHash(PURCHASER, "{\"a\":1}");
    static final String RESULT_HASH = DecisionLog.resultHash(PURCHASER, "done");

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String adminKey;
    private HttpProbe http;
    private String sellerKey;
    private String buyerKey;

    SaleClient(int port, String adminKey) {
        this.adminKey = adminKey;
        comeBack(port);
    }

    /** The same seller and buyer at another gateway of the node. */
    SaleClient at(int port) {
        SaleClient same = new SaleClient(port, adminKey);
        same.sellerKey = sellerKey;
        same.buyerKey = buyerKey;
        return same;
    }

    /** The node is up again, perhaps elsewhere. */
    void comeBack(int port) {
        http = new HttpProbe(port);
    }

    void makeKeys() {
        makeKeys("100000000");
    }

    /** @param credits what the buyer's key may spend, lovelace */
    void makeKeys(String credits) {
        sellerKey = key(Map.of("permission", "ReadAndPay", "usageLimited", "false", "UsageCredits", List.of()));
        buyerKey = key(Map.of("permission", "ReadAndPay", "usageLimited", "true", "UsageCredits",
                List.of(Map.of("unit", "lovelace", "amount", credits))));
    }

    String adminKey() {
        return adminKey;
    }

    String sellerKey() {
        return sellerKey;
    }

    String buyerKey() {
        return buyerKey;
    }

    private String key(Map<String, Object> request) {
        return ok(post("/api-key", request, adminKey)).path("token").asString();
    }

    JsonNode sellingWallet() {
        return ok(get("/wallet/list?walletType=Selling", adminKey)).path("Wallets").get(0);
    }

    /** Registers an agent with a fixed price and waits for its NFT. @return the registry entry */
    JsonNode registerAgent() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("network", "Preprod");
        body.put("sellingWalletVkey", sellingWallet().path("walletVkey").asString());
        body.put("name", "Test agent");
        body.put("description", "Works for tests");
        body.put("apiBaseUrl", "https://agent.example.com");
        body.put("Tags", List.of("test"));
        body.put("ExampleOutputs", List.of());
        body.put("Capability", Map.of("name", "tests", "version", "1"));
        body.put("Author", Map.of("name", "Masumi"));
        body.put("AgentPricing", Map.of("pricingType", "Fixed", "Pricing", List.of(Map.of("unit", "", "amount", PRICE))));
        String id = ok(post("/registry", body, sellerKey)).path("id").asString();
        return await().atMost(PATIENCE).until(() -> registration(id),
                entry -> entry.path("state").asString().equals("RegistrationConfirmed"));
    }

    private JsonNode registration(String id) {
        return StreamSupport.stream(ok(get("/registry?network=Preprod", sellerKey)).path("Assets").spliterator(), false)
                .filter(entry -> entry.path("id").asString().equals(id)).findFirst().orElseThrow();
    }

    /** @param now the node's time */
    Map<String, Object> terms(JsonNode agent, Instant now) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("network", "Preprod");
        body.put("agentIdentifier", agent.path("agentIdentifier").asString());
        body.put("identifierFromPurchaser", PURCHASER);
        body.put("inputHash", INPUT_HASH);
        body.put("payByTime", now.plus(Duration.ofMinutes(10)).toString());
        body.put("submitResultTime", now.plus(Duration.ofMinutes(20)).toString());
        body.put("unlockTime", now.plus(Duration.ofMinutes(21)).toString());
        body.put("externalDisputeUnlockTime", now.plus(Duration.ofMinutes(22)).toString());
        return body;
    }

    JsonNode createPayment(Map<String, Object> terms) {
        return ok(post("/payment", terms, sellerKey));
    }

    Answer createPurchase(JsonNode payment) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("network", "Preprod");
        body.put("sellerVkey", payment.at("/SmartContractWallet/walletVkey").asString());
        body.put("identifierFromPurchaser", PURCHASER);
        for (String same : List.of("blockchainIdentifier", "agentIdentifier", "inputHash", "payByTime", "submitResultTime", "unlockTime",
                "externalDisputeUnlockTime")) {
            body.put(same, payment.path(same).asString());
        }
        return post("/purchase", body, buyerKey);
    }

    Answer submitResult(String identifier) {
        return submitResult(identifier, RESULT_HASH);
    }

    Answer submitResult(String identifier, String resultHash) {
        return post("/payment/submit-result",
                Map.of("network", "Preprod", "blockchainIdentifier", identifier, "submitResultHash", resultHash), sellerKey);
    }

    Answer authorizeRefund(String identifier) {
        return post("/payment/authorize-refund", of(identifier), sellerKey);
    }

    Answer requestRefund(String identifier) {
        return post("/purchase/request-refund", of(identifier), buyerKey);
    }

    Answer cancelRefundRequest(String identifier) {
        return post("/purchase/cancel-refund-request", of(identifier), buyerKey);
    }

    private static Map<String, Object> of(String identifier) {
        return Map.of("network", "Preprod", "blockchainIdentifier", identifier);
    }

    JsonNode payment(String identifier) {
        return resolve("/payment", identifier, sellerKey);
    }

    JsonNode purchase(String identifier) {
        return resolve("/purchase", identifier, buyerKey);
    }

    private JsonNode resolve(String path, String identifier, String key) {
        return ok(post(path + "/resolve-blockchain-identifier",
                Map.of("network", "Preprod", "blockchainIdentifier", identifier, "includeHistory", "true"), key));
    }

    /** Waits until both sides show the state. */
    void awaitBoth(String identifier, String state) {
        awaitPayment(identifier, payment -> payment.path("onChainState").asString("").equals(state));
        await("purchase " + state).atMost(PATIENCE).until(() -> purchase(identifier),
                purchase -> purchase.path("onChainState").asString("").equals(state));
    }

    JsonNode awaitPayment(String identifier, Predicate<JsonNode> enough) {
        return await("payment").atMost(PATIENCE).until(() -> payment(identifier), payment -> {
            assertThat(nextAction(payment)).as(payment.toString()).isNotEqualTo("WaitingForManualAction");
            return enough.test(payment);
        });
    }

    static String nextAction(JsonNode record) {
        return record.at("/NextAction/requestedAction").asString();
    }

    /** What the buyer's key may still spend, lovelace. */
    long buyersLovelace() {
        return Long.parseLong(ok(get("/api-key-status", buyerKey)).path("RemainingUsageCredits").get(0).path("amount").asString());
    }

    /** What was held for the purchase besides goes back. Of 100 ADA, for a price that no collateral return is added to. */
    void awaitBuyersCreditsLessPriceAndFees(String identifier) {
        long fees = purchase(identifier).path("totalBuyerCardanoFees").decimalValue().movePointRight(6).longValueExact();
        assertThat(fees).isPositive();
        await("credits").untilAsserted(() -> assertThat(buyersLovelace()).isEqualTo(100_000_000 - Long.parseLong(PRICE) - fees));
    }

    /** Hashes of a record's transactions on chain, oldest first. */
    static List<String> transactions(JsonNode record) {
        List<String> hashes = new ArrayList<>();
        record.path("TransactionHistory").forEach(each -> hashes.addFirst(each.path("txHash").asString()));
        hashes.add(record.at("/CurrentTransaction/txHash").asString());
        return hashes;
    }

    Answer get(String path, String key) {
        return http.get("/api/v1" + path, key);
    }

    Answer post(String path, Map<String, Object> body, String key) {
        return http.post("/api/v1" + path, JsonMapper.shared().writeValueAsString(body), key);
    }

    /** Whether the request got an answer at all: the node may be killed under it. */
    static boolean answered(Runnable request) {
        try {
            request.run();
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.data();
    }
}
