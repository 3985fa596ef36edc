package io.masumi.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyCommand.RevokeApiKey;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.gateway.HttpProbe.Answer;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** As "Who may do what" of docs/api.md has it, over real HTTP. */
@Tag("slow")
@GatewayTest
class AccessTest {

    private static final String AGENT = "a".repeat(120);

    @LocalServerPort
    private int port;
    @Autowired
    private CommandGateway commands;
    @Autowired
    private JdbcClient database;
    private HttpProbe http;

    @BeforeEach
    void client() {
        http = new HttpProbe(port);
    }

    /** @param needs read, pay, admin or any. @param onMainnet the same call for Mainnet, null where no network is named */
    record Endpoint(String method, String path, String body, String needs, String onMainnet) {

        static Endpoint get(String path, String needs) {
            return new Endpoint("GET", path, null, needs, path.contains("Preprod") ? path.replace("Preprod", "Mainnet") : null);
        }

        static Endpoint post(String path, String body, String needs) {
            return new Endpoint("POST", path, body, needs, body.contains("Preprod") ? body.replace("Preprod", "Mainnet") : null);
        }

        @Override
        public String toString() {
            return method + " " + path.replaceFirst("\\?.*", "");
        }
    }

    static Stream<Endpoint> endpoints() {
        String identifier = "{\"network\":\"Preprod\",\"blockchainIdentifier\":\"abcd\"}";
        String recovery = "{\"network\":\"Preprod\",\"blockchainIdentifier\":\"abcd\",\"updatedAt\":\"2026-01-01T00:00:00.000Z\"}";
        return Stream.of(
                Endpoint.get("/api/v1/api-key-status", "any"),
                Endpoint.get("/api/v1/api-key", "admin"),
                Endpoint.post("/api/v1/api-key", "{\"UsageCredits\":[]}", "admin"),
                new Endpoint("PATCH", "/api/v1/api-key", "{\"id\":\"cnone\"}", "admin", null),
                Endpoint.get("/api/v1/wallet/list", "admin"),
                Endpoint.post("/api/v1/wallet", "{\"network\":\"Preprod\"}", "admin"),
                Endpoint.get("/api/v1/utxos?network=Preprod&address=addr_test1abc", "read"),
                Endpoint.get("/api/v1/balance?network=Preprod&address=addr_test1abc", "read"),
                Endpoint.get("/api/v1/payment-source", "read"),
                Endpoint.get("/api/v1/payment-source-extended", "admin"),
                Endpoint.post("/api/v1/payment-source-extended", "{\"network\":\"Preprod\"}", "admin"),
                Endpoint.post("/api/v1/payment-source-extended/re-read", "{\"id\":\"cnone\",\"fromBlockHeight\":0}", "admin"),
                Endpoint.get("/api/v1/payment-source-extended/re-read?id=cnone", "admin"),
                Endpoint.post("/api/v1/payment-source-extended/reference-script", "{\"id\":\"cnone\"}", "admin"),
                Endpoint.post("/api/v1/wallet/merge", "{\"id\":\"cnone\"}", "admin"),
                new Endpoint("DELETE", "/api/v1/payment-source-extended/reference-script", "{\"id\":\"cnone\"}", "admin", null),
                Endpoint.get("/api/v1/projections/set-aside", "admin"),
                Endpoint.post("/api/v1/projections/set-aside/retry", "{}", "admin"),
                Endpoint.post("/api/v1/projections/sagas/rebuild", "{\"processor\":\"payment-saga\",\"aggregateId\":\"cnone\"}", "admin"),
                Endpoint.get("/api/v1/disputes?network=Preprod", "admin"),
                Endpoint.post("/api/v1/disputes/withdrawal", "{\"network\":\"Preprod\",\"escrowTxHash\":\"" + "0".repeat(64)
                        + "\",\"escrowOutputIndex\":0,\"outcome\":\"ForBuyer\"}", "admin"),
                Endpoint.post("/api/v1/disputes/withdrawal/signature", "{\"id\":\"cnone\",\"witnessSet\":\"a0\"}", "admin"),
                Endpoint.get("/api/v1/disputes/withdrawal?id=cnone", "admin"),
                Endpoint.get("/api/v1/disputes/withdrawals?network=Preprod", "admin"),
                Endpoint.get("/api/v1/payment?network=Preprod", "read"),
                Endpoint.post("/api/v1/payment", payment("Preprod"), "pay"),
                Endpoint.post("/api/v1/payment/resolve-blockchain-identifier", identifier, "read"),
                Endpoint.post("/api/v1/payment/submit-result", "{\"network\":\"Preprod\",\"blockchainIdentifier\":\"abcd\","
                        + "\"submitResultHash\":\"" + "0".repeat(64) + "\"}", "pay"),
                Endpoint.post("/api/v1/payment/authorize-refund", identifier, "pay"),
                Endpoint.post("/api/v1/payment/error-state-recovery", recovery, "pay"),
                Endpoint.post("/api/v1/payment/error-state-recovery/bulk", "{\"network\":\"Preprod\"}", "admin"),
                Endpoint.post("/api/v1/purchase/error-state-recovery/bulk", "{\"network\":\"Preprod\"}", "admin"),
                Endpoint.get("/api/v1/purchase?network=Preprod", "read"),
                Endpoint.post("/api/v1/purchase", purchase("Preprod"), "pay"),
                Endpoint.post("/api/v1/purchase/resolve-blockchain-identifier", identifier, "read"),
                Endpoint.post("/api/v1/purchase/request-refund", identifier, "pay"),
                Endpoint.post("/api/v1/purchase/cancel-refund-request", identifier, "pay"),
                Endpoint.post("/api/v1/purchase/error-state-recovery", recovery, "pay"),
                Endpoint.get("/api/v1/registry?network=Preprod", "read"),
                Endpoint.post("/api/v1/registry", registration("Preprod"), "pay"),
                Endpoint.post("/api/v1/registry/deregister", "{\"network\":\"Preprod\",\"agentIdentifier\":\"" + AGENT + "\"}", "pay"),
                new Endpoint("DELETE", "/api/v1/registry", "{\"id\":\"cnone\"}", "admin", null),
                Endpoint.get("/api/v1/registry/diff?network=Preprod", "read"),
                Endpoint.get("/api/v1/registry/count?network=Preprod", "read"),
                Endpoint.get("/api/v1/registry/wallet?network=Preprod&walletVkey=" + "a".repeat(56), "read"),
                Endpoint.get("/api/v1/registry/agent-identifier?network=Preprod&agentIdentifier=" + AGENT, "read"));
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void needsAKnownKeyOfEnoughPermission(Endpoint endpoint) {
        assertThat(call(endpoint, null).status()).isEqualTo(401);
        assertThat(call(endpoint, "masumi-nobody-ever-made-this-key").status()).isEqualTo(401);
        String tooLittle = switch (endpoint.needs()) {
            case "pay" -> key("\"permission\":\"Read\"");
            case "admin" -> key("\"permission\":\"ReadAndPay\"");
            default -> null;
        };
        if (tooLittle != null) {
            Answer refused = call(endpoint, tooLittle);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.error()).contains(endpoint.needs());
        }
        String enough = switch (endpoint.needs()) {
            case "admin" -> GatewayTest.ADMIN_KEY;
            case "pay" -> key("\"permission\":\"ReadAndPay\"");
            default -> key("\"permission\":\"Read\"");
        };
        assertThat(call(endpoint, enough).status()).isNotEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void keepsAKeyToItsNetworks(Endpoint endpoint) {
        if (endpoint.onMainnet() == null || endpoint.needs().equals("admin")) {
            return;
        }
        String preprodOnly = key("\"permission\":\"ReadAndPay\",\"NetworkLimit\":[\"Preprod\"]");
        Answer elsewhere = endpoint.method().equals("GET")
                ? http.get(endpoint.onMainnet(), preprodOnly)
                : http.post(endpoint.path(), endpoint.onMainnet(), preprodOnly);
        assertThat(elsewhere.status()).isEqualTo(401);
        assertThat(elsewhere.error()).contains("Mainnet");
        assertThat(call(endpoint, preprodOnly).status()).isNotEqualTo(401);
    }

    @Test
    void acceptsABearerToken() {
        Answer status = http.send(HttpRequest.newBuilder(http.uri("/api/v1/api-key-status"))
                .header("Authorization", "Bearer " + GatewayTest.ADMIN_KEY).build());
        assertThat(status.status()).isEqualTo(200);
        assertThat(status.data().path("permission").asString()).isEqualTo("Admin");
    }

    @Test
    void showsANewKeyOnceAndThenOnlyMasked() {
        Answer created = http.post("/api/v1/api-key", "{\"UsageCredits\":[{\"unit\":\"lovelace\",\"amount\":\"5\"}]}",
                GatewayTest.ADMIN_KEY);
        String token = created.data().path("token").asString();
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.data().toString()).contains("\"permission\":\"Read\"", "\"usageLimited\":true",
                "\"NetworkLimit\":[\"Preprod\",\"Mainnet\"]", "\"RemainingUsageCredits\":[{\"amount\":\"5\",\"unit\":\"\"}]",
                "\"status\":\"Active\"");
        assertThat(token).hasSizeGreaterThan(43);
        assertThat(http.get("/api/v1/api-key-status", token).text()).doesNotContain(token).contains(token.substring(token.length() - 4));
        String listed = http.get("/api/v1/api-key?take=100", GatewayTest.ADMIN_KEY).text();
        assertThat(listed).contains(created.data().path("id").asString()).doesNotContain(token);
    }

    @Test
    void letsSingleFlagsOverrideThePermission() {
        Answer payer = http.get("/api/v1/api-key-status", key("\"permission\":\"Read\",\"canPay\":true"));
        assertThat(payer.data().path("permission").asString()).isEqualTo("ReadAndPay");
        Answer admin = http.get("/api/v1/api-key-status", key("\"canAdmin\":true"));
        assertThat(admin.data().path("canPay").asBoolean()).isTrue();
    }

    @Test
    void endsARevokedKeyAlthoughItIsInMemory() {
        Answer created = http.post("/api/v1/api-key", "{\"UsageCredits\":[]}", GatewayTest.ADMIN_KEY);
        String token = created.data().path("token").asString();
        assertThat(http.get("/api/v1/api-key-status", token).status()).isEqualTo(200);
        commands.sendAndWait(new RevokeApiKey(new ApiKeyId(created.data().path("id").asString()), Requester.NODE));
        Awaitility.await().until(() -> http.get("/api/v1/api-key-status", token).status() == 401);
    }

    /** Whoever projects may die between its commit and telling of it, or lose the database's answer to the commit. */
    @Test
    void endsARevokedKeyAlthoughNobodyWasTold() {
        Answer created = http.post("/api/v1/api-key", "{\"UsageCredits\":[]}", GatewayTest.ADMIN_KEY);
        String token = created.data().path("token").asString();
        assertThat(http.get("/api/v1/api-key-status", token).status()).isEqualTo(200);
        assertThat(database.sql("UPDATE api_key_view SET state = replace(state, '\"revoked\":false', '\"revoked\":true') WHERE id = ?")
                .param(created.data().path("id").asString()).update()).isEqualTo(1);
        Awaitility.await().until(() -> http.get("/api/v1/api-key-status", token).status() == 401);
    }

    private Answer call(Endpoint endpoint, String token) {
        return http.send(endpoint.method(), endpoint.path(), endpoint.body(), token, "application/json");
    }

    private String key(String members) {
        Answer created = http.post("/api/v1/api-key", "{\"UsageCredits\":[]," + members + "}", GatewayTest.ADMIN_KEY);
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        return created.data().path("token").asString();
    }

    static String payment(String network) {
        return "{\"network\":\"" + network + "\",\"inputHash\":\"" + "0".repeat(64) + "\",\"agentIdentifier\":\"" + AGENT
                + "\",\"identifierFromPurchaser\":\"0123456789abcdef\"}";
    }

    static String purchase(String network) {
        return "{\"network\":\"" + network + "\",\"inputHash\":\"" + "0".repeat(64) + "\",\"agentIdentifier\":\"" + AGENT
                + "\",\"identifierFromPurchaser\":\"0123456789abcdef\",\"blockchainIdentifier\":\"abcd\",\"sellerVkey\":\""
                + "a".repeat(56) + "\",\"payByTime\":\"1\",\"submitResultTime\":\"1\",\"unlockTime\":\"1\","
                + "\"externalDisputeUnlockTime\":\"1\"}";
    }

    static String registration(String network) {
        return "{\"network\":\"" + network + "\",\"sellingWalletVkey\":\"" + "a".repeat(56)
                + "\",\"name\":\"An agent\",\"description\":\"It works\",\"apiBaseUrl\":\"https://agent.example.com\",\"Tags\":[\"a\"],"
                + "\"ExampleOutputs\":[],\"Capability\":{\"name\":\"c\",\"version\":\"1\"},\"Author\":{\"name\":\"n\"},"
                + "\"AgentPricing\":{\"pricingType\":\"Fixed\",\"Pricing\":[{\"unit\":\"\",\"amount\":\"1000000\"}]}}";
    }

    @Test
    void everyEndpointOfTheGatewaySaysWhoMayCallIt() {
        List<String> described = http.get("/docs/openapi.json", null).json().path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream().map(
                        method -> method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey()))
                .toList();
        assertThat(described).hasSizeGreaterThan(20).allSatisfy(endpoint -> assertThat(
                Stream.concat(endpoints().map(Endpoint::toString), Stream.of("GET /api/v1/health")).toList()).contains(endpoint));
    }
}
