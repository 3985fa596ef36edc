package io.masumi.node.chain.follower;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork;
import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand;

@Tag("slow")
class FollowerTest {

    @Test
    void followingTheContractFromItsBeginningAgainChangesNothing() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            inState(node, sale, OnChainState.FundsLocked);
            submitResult(node, sale);
            inState(node, sale, OnChainState.ResultSubmitted);
            List<String> payment = node.events(sale.paymentId().value());
            List<String> purchase = node.events(sale.purchaseId().value());

            node.stop();
            node.start();
            node.database().sql("DELETE FROM follower_cursor").update();
            node.database().sql("DELETE FROM observed_transaction").update();
            node.until("followed again",
                    () -> node.database().sql("SELECT count(*) FROM observed_transaction").query(Long.class).single() == 2);

            assertThat(node.events(sale.paymentId().value())).isEqualTo(payment);
            assertThat(node.events(sale.purchaseId().value())).isEqualTo(purchase);
        }
    }

    @Test
    void whatIsNoEscrowIsNotedAndPassedOver() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            String foreign = node.network.faucet(node.escrowAddress, BigInteger.valueOf(3_000_000));
            node.block();
            Sale sale = node.agree();
            inState(node, sale, OnChainState.FundsLocked);

            assertThat(
                    node.database().sql("SELECT note FROM observed_transaction WHERE hash = ?").param(foreign).query(String.class).single())
                    .contains("holds no escrow datum");
        }
    }

    @Test
    void afterARollbackItGoesOnFromTheLastCommonBlock() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            inState(node, sale, OnChainState.FundsLocked);
            String before = cursor(node);

            node.network.rollback(2, RolledBackTransactions.RETURN_TO_MEMPOOL);
            node.until("another branch", () -> !cursor(node).equals(before)
                    && node.events(sale.paymentId().value()).stream().filter("FundsLocked"::equals).count() == 2);
            submitResult(node, sale);
            inState(node, sale, OnChainState.ResultSubmitted);

            assertThat(node.chain().blockAt(cursorHeight(node)).map(ChainPoint::blockHash)).contains(cursor(node));
            assertThat(node.events(sale.paymentId().value())).containsExactly("PaymentCreated", "FundsLocked", "FactsUndone", "FundsLocked",
                    "ResultSubmissionRequested", "ActionInitiated", "ResultSubmitted");
        }
    }

    private static String cursor(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT block_hash FROM follower_cursor").query(String.class).single();
    }

    private static long cursorHeight(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT block_height FROM follower_cursor").query(Long.class).single();
    }

    private static void submitResult(NodeOnDevelopmentNetwork node, Sale sale) {
        node.commands().sendAndWait(
                new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH, NodeOnDevelopmentNetwork.OWNER));
    }

    private static void inState(NodeOnDevelopmentNetwork node, Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state);
    }
}
