package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.purchase.PurchaseCommand;

/** The ways of an escrow that end with the buyer: every action that the node sends besides a plain sale's. */
@Tag("slow")
class RefundTest {

    /** A cooldown begins at the end of a transaction's validity, five minutes after it was built. */
    private static final Duration AFTER_COOLDOWN = NodeOnDevelopmentNetwork.COOLDOWN.plusMinutes(5).plusSeconds(5);

    @Test
    void refundRequestedTakenBackRequestedAgainDisputedAuthorisedAndWithdrawnByItself() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            reached(node, sale, OnChainState.FundsLocked);
            node.commands().sendAndWait(new PurchaseCommand.RequestRefund(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER));
            reached(node, sale, OnChainState.RefundRequested);
            // The buyer acted and must wait for its cooldown before it may act again.
            node.commands().sendAndWait(new PurchaseCommand.CancelRefundRequest(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER));
            node.untilWithoutBlocks("cooldown", () -> waitsUntil(node, node.purchase(sale).escrow().buyerCooldownTime()));
            node.clock.advance(AFTER_COOLDOWN);
            reached(node, sale, OnChainState.FundsLocked);
            node.clock.advance(AFTER_COOLDOWN);
            node.commands().sendAndWait(new PurchaseCommand.RequestRefund(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER));
            reached(node, sale, OnChainState.RefundRequested);
            node.commands().sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH,
                    NodeOnDevelopmentNetwork.OWNER));
            reached(node, sale, OnChainState.Disputed);
            node.clock.advance(AFTER_COOLDOWN);
            node.commands().sendAndWait(new PaymentCommand.AuthorizeRefund(sale.paymentId(), NodeOnDevelopmentNetwork.OWNER));
            reached(node, sale, OnChainState.RefundRequested);

            node.clock.set(Instant.ofEpochMilli(sale.times.submitResultTime()).plus(Duration.ofMinutes(10)));
            reached(node, sale, OnChainState.RefundWithdrawn);

            assertThat(node.purchase(sale).escrow().withdrawnForBuyer().lovelace())
                    .isGreaterThanOrEqualTo(java.math.BigInteger.valueOf(NodeOnDevelopmentNetwork.PRICE));
            assertThat(node.payment(sale).next().phase()).isEqualTo(NextAction.Phase.None);
            assertThat(node.events(sale.purchaseId().value())).doesNotContain("ActionFailed", "UnexpectedTransitionObserved");
            assertThat(node.atContract()).hasSize(7);
        }
    }

    private static boolean waitsUntil(NodeOnDevelopmentNetwork node, long cooldownTime) {
        return node.database()
                .sql("SELECT EXISTS (SELECT 1 FROM chain_action WHERE status = 'Wanted' AND retry_at >= to_timestamp(? / 1000.0))")
                .param(cooldownTime).query(Boolean.class).single();
    }

    private static void reached(NodeOnDevelopmentNetwork node, Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state
                && !node.payment(sale).next().isPending() && !node.purchase(sale).next().isPending());
    }
}
