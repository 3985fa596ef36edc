package io.masumi.node.gateway.demo;

import io.masumi.node.escrow.DecisionLog;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** One sale between a seller and a buyer who know nothing but the HTTP API. */
final class DemoSale {

    private static final String PREPROD = "Preprod";
    private static final String INPUT = "{\"prompt\":\"What does an escrow do?\",\"words\":12}";
    private static final String OUTPUT = "It holds the money until the work is done, or gives it back.";
    private static final String PRICE = "10000000";

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAY_WITHIN = Duration.ofSeconds(15);
    private static final Duration RESULT_WITHIN = Duration.ofSeconds(22);
    private static final Duration UNLOCK_AFTER = Duration.ofSeconds(25);
    private static final Duration DISPUTE_AFTER = Duration.ofSeconds(30);
    private static final Duration SHORT_WAIT = Duration.ofSeconds(30);
    private static final Duration LONG_WAIT = Duration.ofSeconds(60);

    private final ApiClient admin;
    private final Receipt receipt;
    private final String purchaserId = HexFormat.of().formatHex(SecureRandom.getSeed(10));
    private String step = "start";

    DemoSale(ApiClient admin, Receipt receipt) {
        this.admin = admin;
        this.receipt = receipt;
    }

    /** What was being done. */
    String step() {
        return step;
    }

    /** @throws StepFailed when a step does not come to its end */
    void run() {
        JsonNode wallet = step("wallets", this::sellingWalletWithMoney);
        ApiClient seller = step("seller key", () -> key(Map.of("permission", "ReadAndPay", "usageLimited", "false", "UsageCredits",
                List.of())));
        ApiClient buyer = step("buyer key", () -> key(Map.of("permission", "ReadAndPay", "usageLimited", "true", "UsageCredits",
                List.of(Map.of("unit", "", "amount", "100000000")))));
        receipt.line("keys", "a seller's, and a buyer's with 100 ADA of credits");

        JsonNode agent = step("register the agent", () -> register(seller, wallet));
        receipt.line("agent registered", "RegisterAgent", agent.path("agentIdentifier").asString(), agent.path("CurrentTransaction"));

        JsonNode payment = step("POST /payment", () -> seller.post("/payment", sale(agent)));
        String identifier = payment.path("blockchainIdentifier").asString();
        receipt.line("POST /payment", payment.path("id").asString() + ", next: " + nextAction(payment));
        JsonNode purchase = step("POST /purchase", () -> buyer.post("/purchase", purchase(payment, wallet)));
        receipt.line("POST /purchase", purchase.path("id").asString() + ", next: " + nextAction(purchase));

        reach(seller, buyer, identifier, "FundsLocked", "Lock", SHORT_WAIT);

        String resultHash = DecisionLog.resultHash(purchaserId, OUTPUT);
        JsonNode asked = step("POST /payment/submit-result", () -> seller.post("/payment/submit-result",
                Map.of("network", PREPROD, "blockchainIdentifier", identifier, "submitResultHash", resultHash)));
        receipt.line("submit-result", resultHash + ", next: " + nextAction(asked));
        reach(seller, buyer, identifier, "ResultSubmitted", "SubmitResult", SHORT_WAIT);

        receipt.line("waiting", "until unlockTime; the node then withdraws by itself");
        reach(seller, buyer, identifier, "Withdrawn", "Withdraw", LONG_WAIT);
        receipt.total("Withdrawn");
    }

    private <T> T step(String name, Supplier<T> work) {
        step = name;
        return work.get();
    }

    private JsonNode sellingWalletWithMoney() {
        JsonNode wallets = until("the node set up its wallets", SHORT_WAIT, () -> admin.get("/wallet/list", Map.of("walletType",
                "Selling")), found -> !found.path("Wallets").isEmpty());
        JsonNode wallet = wallets.path("Wallets").get(0);
        until("the faucet paid", SHORT_WAIT, () -> admin.get("/balance", Map.of("network", PREPROD, "address",
                wallet.path("walletAddress").asString())), found -> !found.path("Balance").isEmpty());
        return wallet;
    }

    private ApiClient key(Map<String, Object> request) {
        return admin.withKey(admin.post("/api-key", request).path("token").asString());
    }

    private JsonNode register(ApiClient seller, JsonNode wallet) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("network", PREPROD);
        body.put("sellingWalletVkey", wallet.path("walletVkey").asString());
        body.put("name", "Demo agent");
        body.put("description", "Answers questions about escrows");
        body.put("apiBaseUrl", "https://agent.example.com");
        body.put("Tags", List.of("demo"));
        body.put("ExampleOutputs", List.of());
        body.put("Capability", Map.of("name", "answers", "version", "1"));
        body.put("Author", Map.of("name", "Masumi"));
        body.put("AgentPricing", Map.of("pricingType", "Fixed", "Pricing", List.of(Map.of("unit", "", "amount", PRICE))));
        String id = seller.post("/registry", body).path("id").asString();
        JsonNode entry = until("the agent's NFT was minted", SHORT_WAIT, () -> registration(seller, id),
                found -> !found.path("state").asString().matches("RegistrationRequested|RegistrationInitiated"));
        if (!entry.path("state").asString().equals("RegistrationConfirmed")) {
            throw new StepFailed("the registration is " + entry.path("state").asString() + ": " + entry.path("error").asString());
        }
        return entry;
    }

    private static JsonNode registration(ApiClient seller, String id) {
        JsonNode entries = seller.get("/registry", Map.of("network", PREPROD)).path("Assets");
        for (JsonNode entry : entries) {
            if (entry.path("id").asString().equals(id)) {
                return entry;
            }
        }
        throw new StepFailed("the registration is not listed");
    }

    private Map<String, Object> sale(JsonNode agent) {
        Instant now = Instant.now();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("network", PREPROD);
        body.put("agentIdentifier", agent.path("agentIdentifier").asString());
        body.put("identifierFromPurchaser", purchaserId);
        body.put("inputHash", DecisionLog.inputHash(purchaserId, INPUT));
        body.put("payByTime", now.plus(PAY_WITHIN).toString());
        body.put("submitResultTime", now.plus(RESULT_WITHIN).toString());
        body.put("unlockTime", now.plus(UNLOCK_AFTER).toString());
        body.put("externalDisputeUnlockTime", now.plus(DISPUTE_AFTER).toString());
        return body;
    }

    private Map<String, Object> purchase(JsonNode payment, JsonNode wallet) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("network", PREPROD);
        body.put("sellerVkey", wallet.path("walletVkey").asString());
        body.put("identifierFromPurchaser", purchaserId);
        for (String same : List.of("blockchainIdentifier", "agentIdentifier", "inputHash", "payByTime", "submitResultTime", "unlockTime",
                "externalDisputeUnlockTime")) {
            body.put(same, payment.path(same).asString());
        }
        return body;
    }

    /** Waits until both sides show the state; fails at once when one of them needs an operator. */
    private void reach(ApiClient seller, ApiClient buyer, String identifier, String state, String action, Duration limit) {
        step = "reach " + state;
        Map<String, Object> which = Map.of("network", PREPROD, "blockchainIdentifier", identifier);
        JsonNode payment = reach(() -> seller.post("/payment/resolve-blockchain-identifier", which), "payment", state, limit);
        JsonNode purchase = reach(() -> buyer.post("/purchase/resolve-blockchain-identifier", which), "purchase", state, limit);
        receipt.line(state, action, "payment " + both(payment) + "; purchase " + both(purchase), payment.path("CurrentTransaction"));
    }

    private JsonNode reach(Supplier<JsonNode> look, String side, String state, Duration limit) {
        return until("the " + side + " was " + state, limit, () -> {
            JsonNode found = look.get();
            if (nextAction(found).equals("WaitingForManualAction")) {
                throw new StepFailed("the " + side + " needs an operator: " + found.at("/NextAction/errorNote").asString());
            }
            return found;
        }, found -> found.path("onChainState").asString("").equals(state));
    }

    private JsonNode until(String what, Duration limit, Supplier<JsonNode> look, Predicate<JsonNode> enough) {
        long end = System.nanoTime() + limit.toNanos();
        JsonNode found = look.get();
        while (!enough.test(found)) {
            if (System.nanoTime() > end) {
                throw new StepFailed("not within " + limit.toSeconds() + " s that " + what + "; last seen: " + found);
            }
            pause();
            found = look.get();
        }
        return found;
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailed("interrupted");
        }
    }

    private static String nextAction(JsonNode found) {
        return found.at("/NextAction/requestedAction").asString();
    }

    private static String both(JsonNode found) {
        return found.path("onChainState").asString("–") + " (next: " + nextAction(found) + ")";
    }
}
