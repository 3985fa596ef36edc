package io.masumi.node.gateway.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.Party;
import io.masumi.node.gateway.HttpProbe.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** One sale between two nodes. Each step is held against what both of them show, and against the chain. */
final class SaleOfTwo {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    /** A transaction's time ends some five minutes after it was built, and its cooldown begins there. */
    private static final Duration LONGEST_COOLDOWN = Duration.ofMinutes(6);

    private final TwoNodes nodes;
    private final JsonNode created;
    private final List<EscrowAction> actions = new ArrayList<>();
    private final List<String> states = new ArrayList<>();
    private String resultHash;

    private SaleOfTwo(TwoNodes nodes, JsonNode created) {
        this.nodes = nodes;
        this.created = created;
    }

    /** The seller's node makes a payment of the terms, and nobody has bought it yet. */
    static SaleOfTwo offered(TwoNodes nodes, Map<String, Object> terms) {
        return new SaleOfTwo(nodes, nodes.seller.createPayment(terms));
    }

    SaleOfTwo bought() {
        JsonNode purchase = SaleClient.ok(nodes.buyer.createPurchase(created));
        assertThat(SaleClient.nextAction(purchase)).startsWith("FundsLocking");
        return next(EscrowAction.Lock, "FundsLocked");
    }

    String identifier() {
        return created.path("blockchainIdentifier").asString();
    }

    Instant time(String deadline) {
        return Instant.ofEpochMilli(Long.parseLong(created.path(deadline).asString()));
    }

    /** When this party's cooldown, as its own node shows it, is over. */
    Instant cooldownOf(Party party) {
        return Instant.ofEpochMilli((party == Party.Seller ? payment() : purchase()).path("cooldownTime").asLong()).plusSeconds(1);
    }

    JsonNode payment() {
        return nodes.seller.payment(identifier());
    }

    JsonNode purchase() {
        return nodes.buyer.purchase(identifier());
    }

    void submitResult(String hash, String to) {
        JsonNode asked = SaleClient.ok(nodes.seller.submitResult(identifier(), hash));
        assertThat(asked.at("/NextAction/resultHash").asString()).isEqualTo(hash);
        resultHash = hash;
        asked(asked, "SubmitResult", EscrowAction.SubmitResult, to);
    }

    void authorizeRefund() {
        JsonNode asked = SaleClient.ok(nodes.seller.authorizeRefund(identifier()));
        resultHash = null;
        asked(asked, "AuthorizeRefund", EscrowAction.AuthorizeRefund, "RefundRequested");
    }

    void requestRefund(String to) {
        asked(SaleClient.ok(nodes.buyer.requestRefund(identifier())), "SetRefundRequested", EscrowAction.RequestRefund, to);
    }

    void cancelRefundRequest(String to) {
        asked(SaleClient.ok(nodes.buyer.cancelRefundRequest(identifier())), "UnSetRefundRequested", EscrowAction.CancelRefundRequest, to);
    }

    private void asked(JsonNode reply, String wireName, EscrowAction action, String to) {
        assertThat(SaleClient.nextAction(reply)).isIn(wireName + "Requested", wireName + "Initiated");
        next(action, to);
    }

    /**
     * Waits until both nodes show one transaction more than before, and holds both to what it must have done.
     *
     * @param action what the transaction did, whoever sent it
     */
    SaleOfTwo next(EscrowAction action, String to) {
        actions.add(action);
        states.add(to);
        JsonNode payment = settled("payment", this::payment);
        JsonNode purchase = settled("purchase", this::purchase);
        boolean over = to.endsWith("Withdrawn");
        for (JsonNode record : List.of(payment, purchase)) {
            String told = record.toString();
            assertThat(record.path("onChainState").asString()).as(told).isEqualTo(to);
            assertThat(record.path("resultHash").asString(null)).as(told).isEqualTo(resultHash);
            assertThat(SaleClient.nextAction(record)).as(told).isEqualTo(over ? "None" : "WaitingForExternalAction");
            assertThat(record.at("/NextAction/errorNote").isNull()).as(told).isTrue();
            assertThat(statesIn(record)).as(told).isEqualTo(states);
        }
        assertThat(SaleClient.transactions(payment)).isEqualTo(SaleClient.transactions(purchase));
        bothShowTheSame(payment, purchase, "totalBuyerCardanoFees", "totalSellerCardanoFees", "WithdrawnForSeller", "WithdrawnForBuyer",
                "collateralReturnLovelace", "payByTime", "submitResultTime", "unlockTime", "externalDisputeUnlockTime");
        cooldowns(payment, purchase, over ? null : action);
        fees(payment);
        return this;
    }

    private JsonNode settled(String side, java.util.concurrent.Callable<JsonNode> look) {
        return await(side + " " + actions + " " + states).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(LOOK_EVERY)
                .until(look, record -> {
                    assertThat(SaleClient.nextAction(record)).as(record.toString()).isNotEqualTo("WaitingForManualAction");
                    return confirmed(record).size() == actions.size() && !SaleClient.nextAction(record).matches(".*(Requested|Initiated)");
                });
    }

    private static void bothShowTheSame(JsonNode payment, JsonNode purchase, String... members) {
        for (String member : members) {
            assertThat(payment.path(member)).as(member).isEqualTo(purchase.path(member));
        }
    }

    /** Who acted must wait, and the other need not. @param action null when the escrow is over */
    private void cooldowns(JsonNode payment, JsonNode purchase, EscrowAction action) {
        long seller = payment.path("cooldownTime").asLong();
        long buyer = purchase.path("cooldownTime").asLong();
        assertThat(payment.path("cooldownTimeOtherParty").asLong()).isEqualTo(buyer);
        assertThat(purchase.path("cooldownTimeOtherParty").asLong()).isEqualTo(seller);
        boolean sellerActed = action == EscrowAction.SubmitResult || action == EscrowAction.AuthorizeRefund;
        boolean buyerActed = action == EscrowAction.RequestRefund || action == EscrowAction.CancelRefundRequest;
        holds(seller, sellerActed);
        holds(buyer, buyerActed);
    }

    private void holds(long cooldown, boolean acted) {
        if (acted) {
            Instant now = nodes.clock.instant();
            assertThat(Instant.ofEpochMilli(cooldown)).isBetween(now, now.plus(LONGEST_COOLDOWN));
        } else {
            assertThat(cooldown).isZero();
        }
    }

    /** The fee of each party's transactions, as the network tells it. A lock may share its transaction with others. */
    private void fees(JsonNode record) {
        long[] paid = new long[Party.values().length];
        List<JsonNode> transactions = confirmed(record);
        for (int i = 0; i < transactions.size(); i++) {
            long fee = Long.parseLong(transactions.get(i).path("fees").asString());
            long onChain = nodes.feeOnChain(transactions.get(i).path("txHash").asString());
            if (actions.get(i) == EscrowAction.Lock) {
                assertThat(fee).isPositive().isLessThanOrEqualTo(onChain);
            } else {
                assertThat(fee).isEqualTo(onChain);
            }
            paid[actions.get(i).signer().ordinal()] += fee;
        }
        assertThat(lovelace(record, "totalSellerCardanoFees")).isEqualTo(paid[Party.Seller.ordinal()]);
        assertThat(lovelace(record, "totalBuyerCardanoFees")).isEqualTo(paid[Party.Buyer.ordinal()]);
    }

    /** What the escrow gave to whom, lovelace. */
    void gave(long toSeller, long toBuyer) {
        for (JsonNode record : List.of(payment(), purchase())) {
            assertThat(funds(record, "WithdrawnForSeller")).isEqualTo(toSeller);
            assertThat(funds(record, "WithdrawnForBuyer")).isEqualTo(toBuyer);
        }
    }

    /** The newest transaction, which made the escrow's output. */
    String newestTransaction() {
        return payment().at("/CurrentTransaction/txHash").asString();
    }

    static void refused(Answer answer, String why) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(404);
        assertThat(answer.error()).contains(why);
    }

    private static long funds(JsonNode record, String member) {
        return StreamSupport.stream(record.path(member).spliterator(), false)
                .peek(amount -> assertThat(amount.path("unit").asString()).isEmpty())
                .mapToLong(amount -> Long.parseLong(amount.path("amount").asString())).sum();
    }

    private static long lovelace(JsonNode record, String member) {
        return record.path(member).decimalValue().movePointRight(6).longValueExact();
    }

    /** Transactions that the node saw on chain, oldest first. */
    private static List<JsonNode> confirmed(JsonNode record) {
        List<JsonNode> all = new ArrayList<>();
        record.path("TransactionHistory").forEach(all::addFirst);
        Stream.of(record.path("CurrentTransaction")).filter(JsonNode::isObject).forEach(all::add);
        return all.stream().filter(each -> each.path("status").asString().equals("Confirmed")).toList();
    }

    private static List<String> statesIn(JsonNode record) {
        List<String> to = new ArrayList<>();
        String before = null;
        for (JsonNode each : confirmed(record)) {
            assertThat(each.path("previousOnChainState").asString(null)).as(record.toString()).isEqualTo(before);
            before = each.path("newOnChainState").asString();
            to.add(before);
        }
        return to;
    }
}
