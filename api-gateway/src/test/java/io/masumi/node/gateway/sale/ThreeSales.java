package io.masumi.node.gateway.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.gateway.HttpProbe.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A sale, a refund and a dispute at one node, which sells to itself, with every reply that an outsider gets on the way. */
final class ThreeSales {

    private final SaleClient client;
    private final Replies replies = new Replies();
    private JsonNode agent;
    private String sold;
    private String refunded;
    private String disputed;

    ThreeSales(SaleClient client) {
        this.client = client;
    }

    void register() {
        client.makeKeys("1000000000");
        agent = client.registerAgent();
    }

    JsonNode agent() {
        return agent;
    }

    Replies replies() {
        return replies;
    }

    List<String> identifiers() {
        return List.of(sold, refunded, disputed);
    }

    void buy(Instant now) {
        sold = bought("sold", now);
        refunded = bought("refunded", now);
        disputed = bought("disputed", now);
        refusals(now);
        for (String identifier : identifiers()) {
            client.awaitBoth(identifier, "FundsLocked");
        }
    }

    private String bought(String name, Instant now) {
        Answer payment = replies.note("payment " + name, client.post("/payment", client.terms(agent, now), client.sellerKey()));
        JsonNode created = SaleClient.ok(payment);
        SaleClient.ok(replies.note("purchase " + name, client.createPurchase(created)));
        assertThat(replies.note("purchase again " + name, client.createPurchase(created)).status()).isEqualTo(409);
        return created.path("blockchainIdentifier").asString();
    }

    private void refusals(Instant now) {
        Map<String, Object> late = new LinkedHashMap<>(client.terms(agent, now));
        late.put("payByTime", now.minusSeconds(60).toString());
        replies.note("payment that is late", client.post("/payment", late, client.sellerKey()));
        Map<String, Object> strange = new LinkedHashMap<>(client.terms(agent, now));
        strange.put("agentIdentifier", agent.path("agentIdentifier").asString().replaceAll(".{4}$", "0000"));
        replies.note("payment of an unknown agent", client.post("/payment", strange, client.sellerKey()));
        replies.note("payment without a body", client.post("/payment", Map.of(), client.sellerKey()));
        replies.note("payment without a key", client.post("/payment", client.terms(agent, now), null));
        replies.note("payment with a wrong key", client.post("/payment", client.terms(agent, now), "wrong"));
        replies.note("result of an unknown payment", client.submitResult("ab".repeat(40)));
        replies.note("result of another's payment", client.post("/payment/submit-result", Map.of("network", "Preprod",
                "blockchainIdentifier", sold, "submitResultHash", SaleClient.RESULT_HASH), client.buyerKey()));
        replies.note("refund of an unknown purchase", client.requestRefund("ab".repeat(40)));
        replies.note("authorised too early", client.authorizeRefund(sold));
        replies.note("refund request that is not there taken back", client.cancelRefundRequest(sold));
        replies.note("unknown payment", client.post("/payment/resolve-blockchain-identifier",
                Map.of("network", "Preprod", "blockchainIdentifier", "ab".repeat(40)), client.sellerKey()));
        replies.note("unknown address", client.get("/utxos?network=Preprod&address=nonsense", client.adminKey()));
        replies.note("unknown path", client.get("/nothing", client.adminKey()));
        replies.note("keys seen by no admin", client.get("/api-key", client.sellerKey()));
        replies.note("wallet that is not there", client.get("/wallet?walletType=Selling&id=nothing", client.adminKey()));
        replies.note("wrong source", client.post("/payment-source", Map.of("network", "Preprod"), client.adminKey()));
    }

    /** Seller and buyer do what they can. */
    void act() {
        SaleClient.ok(replies.note("result", client.submitResult(sold)));
        SaleClient.ok(replies.note("refund", client.requestRefund(refunded)));
        SaleClient.ok(replies.note("refund before the result", client.requestRefund(disputed)));
        client.awaitBoth(sold, "ResultSubmitted");
        client.awaitBoth(refunded, "RefundRequested");
        client.awaitBoth(disputed, "RefundRequested");
        SaleClient.ok(replies.note("result after the request", client.submitResult(disputed)));
        client.awaitBoth(disputed, "Disputed");
    }

    /** When the seller may authorise the disputed refund. */
    Instant sellersCooldown() {
        return Instant.ofEpochMilli(client.payment(disputed).path("cooldownTime").asLong()).plusSeconds(1);
    }

    void authorize() {
        SaleClient.ok(replies.note("authorised", client.authorizeRefund(disputed)));
        client.awaitBoth(disputed, "RefundRequested");
    }

    /** When everything can be withdrawn. */
    Instant unlocked() {
        return Instant.ofEpochMilli(Long.parseLong(client.payment(sold).path("unlockTime").asString())).plus(Duration.ofSeconds(5));
    }

    void end() {
        client.awaitBoth(sold, "Withdrawn");
        client.awaitBoth(refunded, "RefundWithdrawn");
        client.awaitBoth(disputed, "RefundWithdrawn");
        SaleClient.ok(replies.note("result again", client.submitResult(sold)));
        for (String path : List.of("/payment?network=Preprod&includeHistory=true", "/payment?network=Preprod&limit=1",
                "/registry?network=Preprod")) {
            replies.note("GET " + path, client.get(path, client.sellerKey()));
        }
        for (String path : List.of("/purchase?network=Preprod&includeHistory=true", "/api-key-status")) {
            replies.note("GET " + path, client.get(path, client.buyerKey()));
        }
        for (String path : List.of("/wallet/list", "/payment-source", "/api-key", "/utxos?network=Preprod&address="
                + client.sellingWallet().path("walletAddress").asString())) {
            replies.note("GET " + path.replaceAll("address=.*", ""), client.get(path, client.adminKey()));
        }
        gave(sold, "28500000", null);
        gave(refunded, null, SaleClient.PRICE);
        gave(disputed, null, SaleClient.PRICE);
    }

    private void gave(String identifier, String seller, String buyer) {
        for (JsonNode record : List.of(client.payment(identifier), client.purchase(identifier))) {
            assertThat(record.at("/WithdrawnForSeller/0/amount").asString(null)).as(record.toString()).isEqualTo(seller);
            assertThat(record.at("/WithdrawnForBuyer/0/amount").asString(null)).as(record.toString()).isEqualTo(buyer);
            assertThat(SaleClient.nextAction(record)).isEqualTo("None");
        }
    }
}
