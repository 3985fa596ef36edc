package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.purchase.PurchaseCommand;

/** A node that dies between any two steps of a chain action goes on afterwards, with one effect on chain. */
@Tag("slow")
class CrashTest {

    /** A cooldown begins at the end of a transaction's validity, five minutes after it was built. */
    private static final Duration AFTER_COOLDOWN = NodeOnDevelopmentNetwork.COOLDOWN.plusMinutes(5).plusSeconds(5);

    @Test
    void aSaleGoesOnAfterADeathBetweenEachTwoStepsOfEachOfItsTransactions() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            node.crash.arm(CrashPoint.BEFORE_BUILDING);
            Sale sale = node.agree();
            dieEverywhere(node, () -> node.purchase(sale).escrow().state() == OnChainState.FundsLocked
                    && node.payment(sale).escrow().state() == OnChainState.FundsLocked);

            node.crash.arm(CrashPoint.BEFORE_BUILDING);
            node.commands().sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH,
                    NodeOnDevelopmentNetwork.OWNER));
            dieEverywhere(node, () -> node.purchase(sale).escrow().state() == OnChainState.ResultSubmitted);

            node.crash.arm(CrashPoint.BEFORE_BUILDING);
            node.clock.set(Instant.ofEpochMilli(sale.times.unlockTime()).plus(Duration.ofMinutes(10)));
            dieEverywhere(node, () -> node.purchase(sale).escrow().state() == OnChainState.Withdrawn
                    && node.payment(sale).escrow().state() == OnChainState.Withdrawn);

            assertThat(node.atContract()).hasSize(3);
            assertThat(node.events(sale.paymentId().value())).containsOnlyOnce("FundsLocked", "ResultSubmitted", "WithdrawalRequested",
                    "FundsWithdrawn");
            assertThat(node.events(sale.purchaseId().value())).containsOnlyOnce("FundsLockingRequested", "FundsLocked", "ResultSubmitted",
                    "FundsWithdrawn").doesNotContain("ActionFailed", "LockIgnored", "UnexpectedTransitionObserved");
            assertThat(node.database().sql("SELECT count(*) FROM chain_transaction").query(Long.class).single()).isEqualTo(3);
        }
    }

    @Test
    void theWayBackToTheBuyerGoesOnToo() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            reached(node, sale, OnChainState.FundsLocked);
            dieEverywhere(node, sale, OnChainState.RefundRequested, () -> node.commands()
                    .sendAndWait(new PurchaseCommand.RequestRefund(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER)));
            node.clock.advance(AFTER_COOLDOWN);
            dieEverywhere(node, sale, OnChainState.FundsLocked, () -> node.commands()
                    .sendAndWait(new PurchaseCommand.CancelRefundRequest(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER)));
            node.commands().sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH,
                    NodeOnDevelopmentNetwork.OWNER));
            reached(node, sale, OnChainState.ResultSubmitted);
            node.commands().sendAndWait(new PurchaseCommand.RequestRefund(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER));
            reached(node, sale, OnChainState.Disputed);
            dieEverywhere(node, sale, OnChainState.RefundRequested, () -> node.commands()
                    .sendAndWait(new PaymentCommand.AuthorizeRefund(sale.paymentId(), NodeOnDevelopmentNetwork.OWNER)));
            dieEverywhere(node, sale, OnChainState.RefundWithdrawn, () -> node.clock
                    .set(Instant.ofEpochMilli(sale.times.submitResultTime()).plus(Duration.ofMinutes(10))));

            assertThat(node.atContract()).hasSize(7);
            assertThat(node.chain().unspent(node.escrowAddress)).isEmpty();
            assertThat(node.events(sale.purchaseId().value())).containsOnlyOnce("RefundRequestCancelled", "RefundAuthorized",
                    "RefundWithdrawalRequested", "RefundWithdrawn").doesNotContain("ActionFailed", "UnexpectedTransitionObserved");
        }
    }

    private static void dieEverywhere(NodeOnDevelopmentNetwork node, Sale sale, OnChainState effect, Runnable intent) {
        node.crash.arm(CrashPoint.BEFORE_BUILDING);
        intent.run();
        dieEverywhere(node, () -> node.payment(sale).escrow().state() == effect && node.purchase(sale).escrow().state() == effect);
    }

    private static void reached(NodeOnDevelopmentNetwork node, Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state);
    }

    /** Dies at each point in turn while one transaction makes its way, and then waits for its effect. */
    private static void dieEverywhere(NodeOnDevelopmentNetwork node, Callable<Boolean> done) {
        CrashPoint[] points = EnumSet.range(CrashPoint.BEFORE_BUILDING, CrashPoint.BETWEEN_RECORDS).toArray(CrashPoint[]::new);
        for (int i = 0; i < points.length; i++) {
            node.until("death " + points[i], node.crash::isDead);
            node.stop();
            if (i + 1 < points.length) {
                node.crash.arm(points[i + 1]);
            }
            node.start();
        }
        node.until("effect", done);
    }
}
