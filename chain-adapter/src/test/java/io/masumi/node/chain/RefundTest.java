package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.purchase.PurchaseCommand;

/** The ways of an escrow that end with the buyer: every action that the node sends besides a plain sale's. */
class RefundTest {

    @Test
    void refundRequestedTakenBackRequestedAgainDisputedAuthorisedAndWithdrawnByItself() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            reached(node, sale, OnChainState.FundsLocked);
            node.commands().sendAndWait(new PurchaseCommand.RequestRefund(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER));
            reached(node, sale, OnChainState.RefundRequested);
            // The buyer acted and must wait for its cooldown before it may act again.
            node.commands().sendAndWait(new PurchaseCommand.CancelRefundRequest(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER));
            reached(node, sale, OnChainState.FundsLocked);
            node.commands().sendAndWait(new PurchaseCommand.RequestRefund(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER));
            reached(node, sale, OnChainState.RefundRequested);
            node.commands().sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH,
                    NodeOnDevelopmentNetwork.OWNER));
            reached(node, sale, OnChainState.Disputed);
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

    private static void reached(NodeOnDevelopmentNetwork node, Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state
                && !node.payment(sale).next().isPending() && !node.purchase(sale).next().isPending());
    }
}
