package io.masumi.node.gateway.sale;

import static org.assertj.core.api.Assertions.assertThat;

import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.address.Address;
import io.masumi.node.escrow.DecisionLog;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.Party;
import io.masumi.node.gateway.devnet.DevelopmentAccounts;
import io.masumi.node.gateway.HttpProbe.Answer;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Two nodes sell to and buy from each other through every row of the state table (docs/domain.md, "The life of an escrow"): each
 * story below is one sale, and all are told at once, in one time.
 */
@Tag("slow")
class TwoNodesTest {

    private static final String FIRST = DecisionLog.resultHash(SaleClient.PURCHASER, "first");
    private static final String SECOND = DecisionLog.resultHash(SaleClient.PURCHASER, "second");
    private static final String THIRD = DecisionLog.resultHash(SaleClient.PURCHASER, "third");

    private static final long PRICE = Long.parseLong(SaleClient.PRICE);
    /** The price less 50 permille. */
    private static final long EARNED = PRICE / 1000 * 950;

    /** How long after its time a node withdraws by itself: long enough to ask for something in between. */
    private static final Duration WITHDRAW_DELAY = Duration.ofMinutes(2);

    @TempDir
    Path scratch;

    private TwoNodes nodes;
    private Outsider outsider;
    private SharedTime time;
    private JsonNode agent;

    @FunctionalInterface
    private interface Story {
        void tell() throws Exception;
    }

    @Test
    void goThroughEveryRowOfTheStateTable() throws InterruptedException {
        Map<String, Story> stories = new LinkedHashMap<>();
        stories.put("withdrawal", this::withdrawal);
        stories.put("result submitted again", this::resultSubmittedAgain);
        stories.put("refund asked for", this::refundAskedFor);
        stories.put("refund because no result came", this::refundBecauseNoResultCame);
        stories.put("refund request taken back", this::refundRequestTakenBack);
        stories.put("dispute taken back", this::disputeTakenBack);
        stories.put("refund authorised", this::refundAuthorised);
        stories.put("dispute settled by the admins", this::disputeSettledByTheAdmins);
        stories.put("dispute settled at the desk", this::disputeSettledAtTheDesk);
        stories.put("nobody buys", this::nobodyBuys);
        try (TwoNodes started = TwoNodes.start(scratch, Map.of("masumi.chain.withdraw-delay", WITHDRAW_DELAY.toSeconds() + "s"))) {
            nodes = started;
            nodes.seller.makeKeys();
            nodes.buyer.makeKeys("1000000000");
            agent = nodes.seller.registerAgent();
            outsider = new Outsider(nodes);
            time = new SharedTime(nodes.clock, stories.size());
            tellAll(stories);
        }
    }

    private void tellAll(Map<String, Story> stories) throws InterruptedException {
        Map<String, Throwable> failures = new LinkedHashMap<>();
        try (ExecutorService tellers = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<Void>> told = new LinkedHashMap<>();
            stories.forEach((name, story) -> told.put(name, tellers.submit(() -> {
                try {
                    story.tell();
                } finally {
                    time.leave();
                }
                return null;
            })));
            for (Map.Entry<String, Future<Void>> each : told.entrySet()) {
                try {
                    each.getValue().get();
                } catch (ExecutionException e) {
                    failures.put(each.getKey(), e.getCause());
                }
            }
        }
        if (!failures.isEmpty()) {
            AssertionError all = new AssertionError("These sales went wrong: " + failures.keySet());
            failures.values().forEach(all::addSuppressed);
            throw all;
        }
    }

    private void withdrawal() throws InterruptedException {
        SaleOfTwo sale = bought();
        sale.submitResult(FIRST, "ResultSubmitted");
        time.until(sale.time("unlockTime").plusSeconds(1));
        SaleOfTwo.refused(nodes.buyer.requestRefund(sale.identifier()), "unlockTime is over");
        withdrawn(sale);
    }

    private void resultSubmittedAgain() throws InterruptedException {
        SaleOfTwo sale = bought();
        sale.submitResult(FIRST, "ResultSubmitted");
        time.until(sale.cooldownOf(Party.Seller));
        sale.submitResult(SECOND, "ResultSubmitted");
        // With a result there, submitResultTime is no limit any more.
        time.until(sale.time("submitResultTime").plusSeconds(1));
        sale.submitResult(THIRD, "ResultSubmitted");
        withdrawn(sale);
    }

    private void refundAskedFor() throws InterruptedException {
        SaleOfTwo sale = bought();
        sale.requestRefund("RefundRequested");
        refunded(sale);
    }

    private void refundBecauseNoResultCame() throws InterruptedException {
        SaleOfTwo sale = bought();
        time.until(sale.time("submitResultTime").plusSeconds(1));
        SaleOfTwo.refused(nodes.seller.submitResult(sale.identifier(), FIRST), "submitResultTime is over");
        refunded(sale);
    }

    private void refundRequestTakenBack() throws InterruptedException {
        SaleOfTwo sale = bought();
        sale.requestRefund("RefundRequested");
        time.until(sale.cooldownOf(Party.Buyer));
        sale.cancelRefundRequest("FundsLocked");
        sale.submitResult(FIRST, "ResultSubmitted");
        withdrawn(sale);
    }

    private void disputeTakenBack() throws InterruptedException {
        SaleOfTwo sale = bought();
        sale.submitResult(FIRST, "ResultSubmitted");
        sale.requestRefund("Disputed");
        time.until(sale.cooldownOf(Party.Buyer));
        sale.cancelRefundRequest("ResultSubmitted");
        withdrawn(sale);
    }

    private void refundAuthorised() throws InterruptedException {
        SaleOfTwo sale = bought();
        sale.requestRefund("RefundRequested");
        sale.submitResult(FIRST, "Disputed");
        time.until(sale.cooldownOf(Party.Seller));
        sale.authorizeRefund();
        refunded(sale);
    }

    private void disputeSettledByTheAdmins() throws InterruptedException {
        SaleOfTwo sale = bought();
        sale.submitResult(FIRST, "ResultSubmitted");
        sale.requestRefund("Disputed");
        sale.submitResult(SECOND, "Disputed");
        SaleOfTwo.refused(nodes.buyer.requestRefund(sale.identifier()), "Disputed");
        outsider.requestRefundAgain(sale.newestTransaction(), nodes.keysOfTheBuyingNode().purchasing());
        sale.next(EscrowAction.RequestRefund, "Disputed");
        time.until(sale.time("externalDisputeUnlockTime").plusSeconds(1));
        SaleOfTwo.refused(nodes.seller.submitResult(sale.identifier(), THIRD), "externalDisputeUnlockTime is over");
        DevelopmentAccounts admins = nodes.keysOfTheSellingNode();
        outsider.settle(sale.newestTransaction(), nodes.seller.sellingWallet().path("walletAddress").asString(), 18_000_000,
                nodes.keysOfTheBuyingNode().purchasing().baseAddress(), 11_000_000, admins.admin(3), admins.admin(1));
        sale.next(EscrowAction.WithdrawDisputed, "DisputedWithdrawn");
        sale.gave(18_000_000, 11_000_000);
    }

    private void disputeSettledAtTheDesk() throws InterruptedException {
        SaleOfTwo sale = bought();
        sale.submitResult(FIRST, "ResultSubmitted");
        sale.requestRefund("Disputed");
        DisputeDeskClient desk = new DisputeDeskClient(nodes.seller);
        DevelopmentAccounts keys = nodes.keysOfTheSellingNode();
        List<Account> admins = List.of(keys.admin(2), keys.admin(3));
        List<String> vkeys = admins.stream().map(TwoNodesTest::vkey).toList();
        nodes.network.faucet(admins.getFirst().baseAddress(), BigInteger.valueOf(20_000_000));
        nodes.network.faucet(admins.getFirst().baseAddress(), BigInteger.valueOf(10_000_000));
        JsonNode dispute = desk.dispute(sale.identifier());
        assertThat(dispute.path("resultHash").asString()).isEqualTo(FIRST);
        assertThat(dispute.path("paymentId").asString()).isEqualTo(sale.payment().path("id").asString());
        assertThat(dispute.path("purchaseId").isNull()).isTrue();
        assertThat(dispute.path("requiredWeight").asInt()).isEqualTo(admins.size());
        long locked = Long.parseLong(dispute.at("/Funds/0/amount").asString());
        refusedAs(404, desk.split(dispute, 0, locked, vkeys), "too early");

        time.until(sale.time("externalDisputeUnlockTime").plusSeconds(1));
        refusedAs(400, desk.split(dispute, PRICE, PRICE, vkeys), "add up");
        refusedAs(400, desk.split(dispute, 10_000_000, locked - 10_000_000, vkeys.subList(0, 1)), "those chosen have 1");
        JsonNode withdrawal = SaleClient.ok(desk.split(dispute, 10_000_000, locked - 10_000_000, vkeys));
        assertThat(withdrawal.path("status").asString()).isEqualTo("Collecting");
        refusedAs(400, desk.signHash(withdrawal, keys.admin(1)), vkey(keys.admin(1)));
        JsonNode halfSigned = SaleClient.ok(desk.signHash(withdrawal, admins.getFirst()));
        assertThat(halfSigned.path("signedWeight").asInt()).isEqualTo(1);
        SaleClient.ok(desk.signInWallet(withdrawal, admins.getLast()));
        sale.next(EscrowAction.WithdrawDisputed, "DisputedWithdrawn");
        sale.gave(10_000_000, locked - 10_000_000);
        JsonNode confirmed = desk.awaitWithdrawal(withdrawal, "Confirmed");
        assertThat(confirmed.at("/Transaction/txHash").asString()).isEqualTo(sale.newestTransaction());
    }

    private static String vkey(Account account) {
        return HexFormat.of().formatHex(new Address(account.baseAddress()).getPaymentCredentialHash().orElseThrow());
    }

    private static void refusedAs(int status, Answer answer, String why) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.error()).contains(why);
    }

    private void nobodyBuys() throws InterruptedException {
        SaleOfTwo sale = SaleOfTwo.offered(nodes, terms());
        time.until(sale.time("payByTime").plus(Duration.ofMinutes(1)));
        // That nothing was locked is a fact once the chain has gone on by some twenty blocks: quiet ones come every five seconds.
        JsonNode payment = nodes.seller.awaitPayment(sale.identifier(), each -> {
            nodes.network.makeBlock();
            return SaleClient.nextAction(each).equals("None");
        });
        assertThat(payment.path("onChainState").isNull()).isTrue();
        assertThat(nodes.buyer.createPurchase(payment).error()).contains("payByTime");
    }

    private SaleOfTwo bought() {
        return SaleOfTwo.offered(nodes, terms()).bought();
    }

    private void withdrawn(SaleOfTwo sale) throws InterruptedException {
        time.until(sale.time("unlockTime").plus(WITHDRAW_DELAY).plusSeconds(1));
        sale.next(EscrowAction.Withdraw, "Withdrawn");
        sale.gave(EARNED, 0);
    }

    private void refunded(SaleOfTwo sale) throws InterruptedException {
        time.until(sale.time("submitResultTime").plus(WITHDRAW_DELAY).plusSeconds(1));
        sale.next(EscrowAction.WithdrawRefund, "RefundWithdrawn");
        sale.gave(0, PRICE);
    }

    private Map<String, Object> terms() {
        Instant now = time.now();
        Map<String, Object> terms = nodes.seller.terms(agent, now);
        terms.put("payByTime", now.plus(Duration.ofMinutes(5)).toString());
        terms.put("submitResultTime", now.plus(Duration.ofMinutes(40)).toString());
        terms.put("unlockTime", now.plus(Duration.ofMinutes(60)).toString());
        terms.put("externalDisputeUnlockTime", now.plus(Duration.ofMinutes(80)).toString());
        return terms;
    }
}
