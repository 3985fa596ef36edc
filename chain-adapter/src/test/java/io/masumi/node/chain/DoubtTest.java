package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.cardano.transaction.CardanoTransactionFactory;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.TransactionContent;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand;

/** Nobody knows what became of a transaction: the same bytes are sent again, or it is proven that they cannot land. */
@Tag("slow")
class DoubtTest {

    @Test
    void lostRepliesFaultsAndSilenceOfTheProviderChangeNothing() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            node.network.faults().loseSubmitReplies(2);
            Sale sale = node.agree();
            locked(node, sale);

            node.network.faults().failNext(6, 500);
            submitResult(node, sale);
            node.until("result", () -> node.payment(sale).escrow().state() == OnChainState.ResultSubmitted);

            assertThat(node.atContract()).hasSize(2);
            assertThat(transactions(node)).isEqualTo(2);
            assertThat(node.events(sale.purchaseId().value())).doesNotContain("ActionFailed", "LockIgnored");
        }
    }

    @Test
    void aLockThatNeverArrivedIsBuiltAnewOnlyWhenTheFirstCannotLandAnyMore() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            node.crash.arm(CrashPoint.BEFORE_SUBMITTING);
            Sale sale = node.agree();
            node.untilWithoutBlocks("death", node.crash::isDead);
            node.stop();
            node.clock.advance(Duration.ofMinutes(6));
            node.network.makeBlock();
            node.start();
            // A rollback could bring the first one back until a few blocks later.
            node.untilWithoutBlocks("its time is over", () -> node.database()
                    .sql("SELECT expired_at_height IS NOT NULL FROM chain_transaction ORDER BY number LIMIT 1").query(Boolean.class)
                    .single());
            for (int i = 1; i < NodeOnDevelopmentNetwork.ROLLBACK_HORIZON; i++) {
                node.block();
                node.untilWithoutBlocks("looked for", () -> node.database()
                        .sql("SELECT last_checked_at >= :now FROM chain_transaction ORDER BY number LIMIT 1")
                        .param("now", node.clock.instant().atOffset(ZoneOffset.UTC)).query(Boolean.class).single());
                assertThat(transactions(node)).isEqualTo(1);
            }
            node.crash.arm(CrashPoint.BEFORE_TELLING_WHAT_IS_GIVEN_UP);
            node.until("death", node.crash::isDead);
            node.stop();
            node.start();
            locked(node, sale);

            assertThat(node.atContract()).hasSize(1);
            assertThat(node.database().sql("SELECT status FROM chain_transaction ORDER BY number").query(String.class).list().getFirst())
                    .isEqualTo("Dropped");
            assertThat(node.database().sql("SELECT lost_transactions FROM chain_action").query(Integer.class).single()).isEqualTo(1);
            assertThat(node.events(sale.purchaseId().value())).containsExactly("PurchaseCreated", "FundsLockingRequested",
                    "ActionInitiated", "TransactionGivenUp", "ActionInitiated", "FundsLocked");
        }
    }

    @Test
    void whatARollbackLosesIsSentAgainAsItWas() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded("masumi.chain.confirmations=2")) {
            Sale sale = node.agree();
            node.untilWithoutBlocks("accepted", () -> accepted(node) == 1);
            node.block();
            assertThat(node.atContract()).hasSize(1);
            node.network.rollback(1, RolledBackTransactions.LOST);
            assertThat(node.atContract()).isEmpty();
            locked(node, sale);

            assertThat(node.atContract()).hasSize(1);
            assertThat(transactions(node)).isEqualTo(1);
        }
    }

    @Test
    void whenTheBuyerActsFirstTheResultIsBuiltAnewOnTheEscrowsNewOutput() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            locked(node, sale);
            node.crash.arm(CrashPoint.BEFORE_SUBMITTING);
            submitResult(node, sale);
            node.untilWithoutBlocks("death", node.crash::isDead);
            requestRefundElsewhere(node, sale);
            node.stop();
            node.start();
            node.until("dispute", () -> node.payment(sale).escrow().state() == OnChainState.Disputed
                    && node.purchase(sale).escrow().state() == OnChainState.Disputed);

            assertThat(node.events(sale.paymentId().value())).containsExactly("PaymentCreated", "FundsLocked", "ResultSubmissionRequested",
                    "ActionInitiated", "RefundRequested", "TransactionGivenUp", "ActionInitiated", "ResultSubmitted");
            assertThat(node.atContract()).hasSize(3);
        }
    }

    @Test
    void whatBuildsOnAnOvertakenTransactionIsBuiltAnewToo() {
        try (NodeOnDevelopmentNetwork node = new NodeOnDevelopmentNetwork("masumi.chain.confirmations=2")) {
            node.fund(node.seller, 100_000_000);
            node.fund(node.buyer, 10_000_000, 1_000_000_000);
            Sale first = node.agree();
            Sale second = node.agree();
            locked(node, first);
            locked(node, second);
            node.until("settled", () -> node.database().sql("SELECT count(*) FROM utxo_reservation").query(Long.class).single() == 0);

            submitResult(node, first);
            node.untilWithoutBlocks("first accepted", () -> accepted(node) == 1);
            submitResult(node, second);
            node.untilWithoutBlocks("second accepted", () -> accepted(node) == 2);
            node.block();
            node.network.rollback(1, RolledBackTransactions.LOST);
            requestRefundElsewhere(node, first);
            node.until("both results", () -> node.payment(first).escrow().state() == OnChainState.Disputed
                    && node.payment(second).escrow().state() == OnChainState.ResultSubmitted);

            assertThat(node.database().sql("SELECT status FROM chain_transaction WHERE status = 'Dropped'").query(String.class).list())
                    .hasSize(2);
            assertThat(node.events(second.paymentId().value())).doesNotContain("ActionFailed");
        }
    }

    private static void requestRefundElsewhere(NodeOnDevelopmentNetwork node, Sale sale) {
        SignedTransaction rival = node.bean(CardanoTransactionFactory.class).build(node.sourceId(), node.purchasingWallet(),
                node.chain().unspent(node.buyer.address()),
                TransactionContent.on(node.chain().unspentOutput(node.payment(sale).escrow().output()).orElseThrow(),
                        new ChainAction.RequestRefund()));
        assertThat(node.chain().submit(rival.bytes())).isInstanceOf(SubmitOutcome.Accepted.class);
        node.block();
    }

    private static void submitResult(NodeOnDevelopmentNetwork node, Sale sale) {
        node.commands().sendAndWait(
                new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH, NodeOnDevelopmentNetwork.OWNER));
    }

    private static void locked(NodeOnDevelopmentNetwork node, Sale sale) {
        node.until("lock", () -> node.payment(sale).escrow().state() == OnChainState.FundsLocked
                && node.purchase(sale).escrow().state() == OnChainState.FundsLocked);
    }

    private static long transactions(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT count(*) FROM chain_transaction").query(Long.class).single();
    }

    private static long accepted(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT count(*) FROM chain_transaction WHERE status = 'Submitted'").query(Long.class).single();
    }
}
