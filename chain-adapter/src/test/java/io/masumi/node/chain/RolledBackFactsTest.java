package io.masumi.node.chain;

import static io.masumi.node.chain.NodeOnDevelopmentNetwork.OWNER;
import static io.masumi.node.chain.NodeOnDevelopmentNetwork.RESULT_HASH;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.RecordedFacts;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Party;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.sale.SaleQuery.FindSale;

/**
 * The block of each fact of an escrow's life is dropped: once so that its transaction waits for another block, once so that
 * nobody has it any more but we who made it. Each time payment and purchase say what the chain says, lose no event, and go on.
 */
@Tag("slow")
class RolledBackFactsTest {

    /** A cooldown begins at the end of a transaction's validity, five minutes after it was built. */
    private static final Duration AFTER_COOLDOWN = NodeOnDevelopmentNetwork.COOLDOWN.plusMinutes(5).plusSeconds(5);
    private static final Duration AFTER_DEADLINE = Duration.ofMinutes(10);
    private static final String OTHER_RESULT = "a1".repeat(32);

    private NodeOnDevelopmentNetwork node;

    /** What is asked for in a sale, and the fact it leads to. @param resultHash that is to be submitted, else null */
    private record Step(Sale sale, EscrowAction action, OnChainState to, String fact, String resultHash) {

        static Step of(Sale sale, EscrowAction action, OnChainState to, String fact) {
            return new Step(sale, action, to, fact, null);
        }
    }

    /** Both records of a sale. */
    private record Shown(EscrowStatus payment, EscrowStatus purchase, List<String> paymentEvents, List<String> purchaseEvents) {}

    @Test
    void eachFactIsUndoneAndComesAgainWhetherItsTransactionWaitsOrIsLost() {
        try (NodeOnDevelopmentNetwork started = NodeOnDevelopmentNetwork.funded("masumi.chain.auto-withdraw-payments=false",
                "masumi.chain.auto-withdraw-refunds=false")) {
            node = started;
            Sale paid = node.sale();
            Sale refunded = node.sale();
            Sale argued = node.sale();
            Stream.of(paid, refunded, argued).forEach(sale -> node.commands().sendAndWait(sale.createPayment()));

            comeAgain(
                    Stream.of(paid, refunded, argued).map(sale -> Step.of(sale, EscrowAction.Lock, OnChainState.FundsLocked, "FundsLocked"))
                            .toList());
            comeAgain(
                    List.of(result(paid, OnChainState.ResultSubmitted, RESULT_HASH), refundRequest(refunded, OnChainState.RefundRequested),
                            result(argued, OnChainState.ResultSubmitted, RESULT_HASH)));
            node.clock.advance(AFTER_COOLDOWN);
            comeAgain(List.of(result(paid, OnChainState.ResultSubmitted, OTHER_RESULT), cancellation(refunded, OnChainState.FundsLocked),
                    refundRequest(argued, OnChainState.Disputed)));
            node.clock.advance(AFTER_COOLDOWN);
            comeAgain(List.of(refundRequest(refunded, OnChainState.RefundRequested), cancellation(argued, OnChainState.ResultSubmitted)));
            comeAgain(List.of(result(refunded, OnChainState.Disputed, RESULT_HASH),
                    result(argued, OnChainState.ResultSubmitted, OTHER_RESULT)));
            node.clock.advance(AFTER_COOLDOWN);
            comeAgain(List.of(Step.of(refunded, EscrowAction.AuthorizeRefund, OnChainState.RefundRequested, "RefundAuthorized")));
            node.clock.set(Instant.ofEpochMilli(paid.times.submitResultTime()).plus(AFTER_DEADLINE));
            comeAgain(List.of(Step.of(refunded, EscrowAction.WithdrawRefund, OnChainState.RefundWithdrawn, "RefundWithdrawn")));
            node.clock.set(Instant.ofEpochMilli(paid.times.unlockTime()).plus(AFTER_DEADLINE));
            comeAgain(List.of(Step.of(paid, EscrowAction.Withdraw, OnChainState.Withdrawn, "FundsWithdrawn"),
                    Step.of(argued, EscrowAction.Withdraw, OnChainState.Withdrawn, "FundsWithdrawn")));

            assertThat(node.database().sql("SELECT DISTINCT status FROM chain_transaction").query(String.class).list())
                    .doesNotContain("Dropped");
            assertThat(node.database().sql("SELECT count(*) FROM chain_action WHERE role <> 'Payment'").query(Long.class).single())
                    .isEqualTo(9);
        }
    }

    @Test
    void whatIsTooLateToComeAgainIsBuiltAnewAsTheLastWishHasIt() {
        try (NodeOnDevelopmentNetwork started = NodeOnDevelopmentNetwork.funded("masumi.chain.auto-withdraw-payments=false",
                "masumi.chain.auto-withdraw-refunds=false")) {
            node = started;
            Sale paid = node.agree();
            Sale refunded = node.agree();
            Stream.of(paid, refunded).map(sale -> Step.of(sale, EscrowAction.Lock, OnChainState.FundsLocked, "FundsLocked"))
                    .forEach(this::awaitDone);
            node.block();
            long height = node.chain().tip().blockHeight() + 1;
            int locks = node.atContract().size();
            for (List<Step> steps : List.of(
                    List.of(result(paid, OnChainState.ResultSubmitted, RESULT_HASH), refundRequest(refunded, OnChainState.RefundRequested)),
                    List.of(cancellation(refunded, OnChainState.FundsLocked)),
                    List.of(result(paid, OnChainState.ResultSubmitted, OTHER_RESULT),
                            refundRequest(refunded, OnChainState.RefundRequested)))) {
                node.clock.advance(AFTER_COOLDOWN);
                steps.forEach(this::ask);
                steps.forEach(this::awaitDone);
            }
            node.dropFrom(height, RolledBackTransactions.LOST);
            node.untilWithoutBlocks("undone", () -> isUndone(paid) && isUndone(refunded));
            awaitDone(result(paid, OnChainState.ResultSubmitted, OTHER_RESULT));
            awaitDone(refundRequest(refunded, OnChainState.RefundRequested));

            assertThat(node.payment(paid).escrow().resultHash()).isEqualTo(OTHER_RESULT);
            assertThat(node.atContract()).hasSize(locks + 2);
            node.until("nothing is on its way", () -> node.database()
                    .sql("SELECT count(*) FROM chain_transaction WHERE status IN ('Signed', 'Submitted')").query(Long.class).single() == 0);
            assertThat(node.atContract()).hasSize(locks + 2);
            assertThat(node.payment(paid).next()).isEqualTo(NextAction.WAIT);
            assertThat(node.purchase(refunded).next()).isEqualTo(NextAction.WAIT);
        }
    }

    private static Step result(Sale sale, OnChainState to, String hash) {
        return new Step(sale, EscrowAction.SubmitResult, to, "ResultSubmitted", hash);
    }

    private static Step refundRequest(Sale sale, OnChainState to) {
        return Step.of(sale, EscrowAction.RequestRefund, to, "RefundRequested");
    }

    private static Step cancellation(Sale sale, OnChainState to) {
        return Step.of(sale, EscrowAction.CancelRefundRequest, to, "RefundRequestCancelled");
    }

    /** All these happen, and their blocks are dropped twice: in the end each has had one effect. */
    private void comeAgain(List<Step> steps) {
        Map<Step, Shown> before = new HashMap<>();
        int atContract = node.atContract().size();
        steps.forEach(step -> before.put(step, step.action() == EscrowAction.Lock ? null : shown(step.sale())));
        steps.forEach(this::ask);
        steps.forEach(this::awaitDone);
        int transactions = node.atContract().size();
        long built = built();
        Map<Step, Shown> after = new HashMap<>();
        steps.forEach(step -> after.put(step, shown(step.sale())));

        for (RolledBackTransactions fate : RolledBackTransactions.values()) {
            long from = steps.stream().mapToLong(step -> shown(step.sale()).payment().transaction().at().blockHeight()).min().orElseThrow();
            Map<Step, Shown> there = new HashMap<>();
            steps.forEach(step -> there.put(step, shown(step.sale())));
            node.dropFrom(from, fate);
            node.untilWithoutBlocks("undone after " + fate + " of " + steps, () -> steps.stream().allMatch(step -> isUndone(step.sale())));

            assertThat(node.atContract()).hasSize(atContract);
            steps.forEach(step -> isAsBefore(step, before.get(step), there.get(step)));
            steps.forEach(this::awaitDone);
            assertThat(node.atContract()).hasSize(transactions);
            steps.forEach(step -> isAsItWas(step, there.get(step)));
        }
        assertThat(built()).isEqualTo(built);
    }

    private void ask(Step step) {
        Sale sale = step.sale();
        node.commands().sendAndWait(switch (step.action()) {
            case Lock -> sale.createPurchase();
            case SubmitResult -> new PaymentCommand.SubmitResult(sale.paymentId(), step.resultHash(), OWNER);
            case RequestRefund -> new PurchaseCommand.RequestRefund(sale.purchaseId(), OWNER);
            case CancelRefundRequest -> new PurchaseCommand.CancelRefundRequest(sale.purchaseId(), OWNER);
            case AuthorizeRefund -> new PaymentCommand.AuthorizeRefund(sale.paymentId(), OWNER);
            case Withdraw -> new PaymentCommand.RequestWithdrawal(sale.paymentId(), OWNER);
            case WithdrawRefund -> new PurchaseCommand.RequestRefundWithdrawal(sale.purchaseId(), OWNER);
            case WithdrawDisputed -> throw new IllegalArgumentException("admins do that");
        });
    }

    private void awaitDone(Step step) {
        node.until(step.fact(), () -> isDone(step));
    }

    private boolean isDone(Step step) {
        return Stream.of(node.events(step.sale().paymentId().value()), node.events(step.sale().purchaseId().value()))
                .allMatch(events -> events.getLast().equals(step.fact())) && node.payment(step.sale()).escrow().state() == step.to()
                && node.purchase(step.sale()).escrow().state() == step.to();
    }

    private boolean isUndone(Sale sale) {
        return isUndone(sale.paymentId().value()) && isUndone(sale.purchaseId().value());
    }

    /** What cannot come again is given up, and built anew, at once. */
    private boolean isUndone(String id) {
        return node.events(id).stream().filter(event -> !event.equals("TransactionGivenUp") && !event.equals("ActionInitiated")).toList()
                .getLast().equals("FactsUndone");
    }

    /** Of the fact nothing is left but the events, and whoever made it is about to do it with the same transaction. */
    private void isAsBefore(Step step, Shown before, Shown lost) {
        Shown now = shown(step.sale());
        if (before == null) {
            assertThat(now.payment()).isEqualTo(EscrowStatus.NOTHING_LOCKED);
            assertThat(now.purchase()).isEqualTo(EscrowStatus.NOTHING_LOCKED);
        } else {
            assertThat(now.payment()).isEqualTo(before.payment());
            assertThat(now.purchase()).isEqualTo(before.purchase());
        }
        assertThat(now.paymentEvents()).startsWith(lost.paymentEvents().toArray(String[]::new)).hasSize(lost.paymentEvents().size() + 1);
        assertThat(now.purchaseEvents()).startsWith(lost.purchaseEvents().toArray(String[]::new)).hasSize(lost.purchaseEvents().size() + 1);
        NextAction again = NextAction.requested(step.action(), step.resultHash()).initiated(step.action(),
                lost.payment().transaction().hash());
        boolean sellers = step.action().signer() == Party.Seller;
        assertThat(node.payment(step.sale()).next()).isEqualTo(sellers ? again : NextAction.WAIT);
        assertThat(node.purchase(step.sale()).next()).isEqualTo(sellers ? NextAction.WAIT : again);
        node.untilWithoutBlocks("visible", () -> Stream.of(payment(step.sale()), purchase(step.sale())).allMatch(
                json -> json.contains("\"onChainState\":" + (before == null ? "null" : "\"" + before.payment().state() + "\""))));
        assertThat(sellers ? payment(step.sale()) : purchase(step.sale())).contains("\"requestedAction\":\"" + again.wireName() + "\"");
    }

    /** Everything but the block is what it was before the rollback. */
    private void isAsItWas(Step step, Shown was) {
        Shown now = shown(step.sale());
        assertThat(now.payment().transaction().hash()).isEqualTo(was.payment().transaction().hash());
        assertThat(now.payment().transaction().at().blockHash()).isNotEqualTo(was.payment().transaction().at().blockHash());
        assertThat(withoutBlock(now.payment())).isEqualTo(withoutBlock(was.payment()));
        assertThat(withoutBlock(now.purchase())).isEqualTo(withoutBlock(was.purchase()));
        NextAction next = step.to().isTerminal() ? NextAction.NONE : NextAction.WAIT;
        assertThat(node.payment(step.sale()).next()).isEqualTo(next);
        assertThat(node.purchase(step.sale()).next()).isEqualTo(next);
    }

    private Shown shown(Sale sale) {
        return new Shown(node.payment(sale).escrow(), node.purchase(sale).escrow(), node.events(sale.paymentId().value()),
                node.events(sale.purchaseId().value()));
    }

    private static EscrowStatus withoutBlock(EscrowStatus s) {
        return new EscrowStatus(s.state(), s.buyer(), s.collateralReturnLovelace(), s.resultHash(), s.output(), s.locked(),
                s.sellerCooldownTime(), s.buyerCooldownTime(), s.sellerFees(), s.buyerFees(), s.withdrawnForSeller(), s.withdrawnForBuyer(),
                null, RecordedFacts.NONE, s.cameBy(), s.paidIn(), s.paidInBySeller());
    }

    private long built() {
        return node.database().sql("SELECT count(*) FROM chain_transaction").query(Long.class).single();
    }

    private String payment(Sale sale) {
        return json(FindSale.of(sale.paymentId(), false));
    }

    private String purchase(Sale sale) {
        return json(FindSale.of(sale.purchaseId(), false));
    }

    private String json(Object query) {
        return Objects.requireNonNull(node.bean(QueryGateway.class).query(query, WireRecord.class).join()).json();
    }
}
