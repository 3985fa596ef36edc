package io.masumi.node.gateway.sale;

import io.masumi.node.gateway.HttpProbe.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A sale whose seller and buyer ask again for as long as the node cannot do it now. */
final class InsistentSale {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Gateways gateways;
    private final JsonNode agent;
    private final Instant begin;
    private JsonNode payment;

    InsistentSale(Gateways gateways, JsonNode agent, Instant begin) {
        this.gateways = gateways;
        this.agent = agent;
        this.begin = begin;
    }

    void buy() {
        payment = gateways.insist(client -> client.post("/payment", client.terms(agent, begin), client.sellerKey()), List.of(OK)).data();
        // A conflict when it was done, and nobody could say so.
        gateways.insist(client -> client.createPurchase(payment), List.of(OK, CONFLICT));
        awaitBoth("FundsLocked");
    }

    void deliver() {
        gateways.insist(client -> client.submitResult(identifier()), List.of(OK));
        awaitBoth("ResultSubmitted");
    }

    void end() {
        awaitBoth("Withdrawn");
    }

    String identifier() {
        return payment.path("blockchainIdentifier").asString();
    }

    Instant unlocked() {
        return Instant.ofEpochMilli(Long.parseLong(payment.path("unlockTime").asString())).plus(Duration.ofSeconds(5));
    }

    private void awaitBoth(String state) {
        gateways.until(client -> client.post("/payment/resolve-blockchain-identifier", request(), client.sellerKey()),
                answer -> shows(answer, state), List.of(OK, NOT_FOUND));
        gateways.until(client -> client.post("/purchase/resolve-blockchain-identifier", request(), client.buyerKey()),
                answer -> shows(answer, state), List.of(OK, NOT_FOUND));
    }

    private Map<String, Object> request() {
        return Map.of("network", "Preprod", "blockchainIdentifier", identifier());
    }

    private static boolean shows(Answer answer, String state) {
        return answer.status() == OK && answer.data().path("onChainState").asString("").equals(state);
    }
}
