package io.masumi.node.chain;

import static io.masumi.node.chain.NodeOnDevelopmentNetwork.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.loop.SourceLock;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.cardano.transaction.CardanoTransactionFactory;
import io.masumi.node.chain.cardano.transaction.NeededOutputs;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.TransactionContent;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.purchase.PurchaseCommand;

/** A lock whose block is gone: whatever became of its transaction, money is locked once at most, and nobody is left in the dark. */
@Tag("slow")
class RolledBackLocksTest {

    /** Of a transaction, from when it was built. */
    private static final Duration VALIDITY = Duration.ofMinutes(5);

    private static final Duration UNTIL_EXPIRY = Duration.ofMinutes(10);

    @Test
    void oneThatWasFinalAndIsTooLateNowIsLeftToAnOperatorWhoCanHaveItMadeAnew() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = finallyLocked(node);
            String lost = transactions(node).getFirst();
            node.clock.advance(VALIDITY);
            node.dropFrom(node.payment(sale).escrow().transaction().at().blockHeight(), RolledBackTransactions.LOST);
            leftToOperator(node, sale, lost);

            node.commands().sendAndWait(new PurchaseCommand.RecoverFromError(sale.purchaseId(), true, OWNER));
            locked(node, sale);
            assertThat(node.atContract()).hasSize(1);
            assertThat(node.payment(sale).escrow().transaction().hash()).isNotEqualTo(lost);
            assertThat(node.events(sale.purchaseId().value())).containsExactly("PurchaseCreated", "FundsLockingRequested",
                    "ActionInitiated", "FundsLocked", "FactsUndone", "TransactionGivenUp", "OperatorRequired", "ErrorCleared",
                    "FundsLockingRequested",
                    "ActionInitiated", "FundsLocked");
            submitResult(node, sale);
            reached(node, sale, OnChainState.ResultSubmitted);
        }
    }

    @Test
    void oneWhoseMoneyWasSpentOtherwiseIsLeftToAnOperator() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = finallyLocked(node);
            String lost = transactions(node).getFirst();
            List<OutputRef> inputs = NeededOutputs.of(node.database().sql("SELECT bytes FROM chain_transaction").query(byte[].class)
                    .single()).inputs();
            node.crash.arm(CrashPoint.BEFORE_UNDOING);
            node.dropFrom(node.payment(sale).escrow().transaction().at().blockHeight(), RolledBackTransactions.LOST);
            node.untilWithoutBlocks("death", node.crash::isDead);
            assertThat(lockElsewhere(node).inputs()).containsAnyElementsOf(inputs);
            node.stop();
            node.start();
            node.untilWithoutBlocks("undone", () -> node.events(sale.purchaseId().value()).getLast().equals("FactsUndone"));
            node.clock.advance(VALIDITY);
            leftToOperator(node, sale, lost);

            node.clock.set(Instant.ofEpochMilli(sale.times.payByTime()).plus(UNTIL_EXPIRY));
            node.until("both sides end by themselves", () -> node.purchase(sale).expiredAt() != null
                    && node.payment(sale).next().equals(NextAction.NONE));
            assertThat(node.events(sale.purchaseId().value())).endsWith("OperatorRequired", "PurchaseExpired");
            assertThat(node.events(sale.paymentId().value())).endsWith("FactsUndone", "PaymentExpired");
            assertThat(node.purchase(sale).next()).isEqualTo(NextAction.NONE);
            assertThat(node.purchase(sale).expiredAt().blockTime()).isGreaterThan(sale.times.payByTime());
            assertThat(node.database().sql("SELECT count(*) FROM awaited_end").query(Long.class).single()).isZero();
        }
    }

    @Test
    void oneThatWasOnlySeenIsBuiltAnewOnlyWhenItCannotLandAnyMore() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded("masumi.chain.confirmations=4")) {
            Sale sale = node.agree();
            node.untilWithoutBlocks("accepted", () -> statuses(node).equals(List.of("Submitted")));
            node.block();
            long height = node.chain().tip().blockHeight();
            node.untilWithoutBlocks("seen", () -> node.database().sql("SELECT max(block_height) FROM observed_block").query(Long.class)
                    .single() == height);
            node.clock.advance(VALIDITY);
            node.dropFrom(height, RolledBackTransactions.LOST);
            locked(node, sale);

            assertThat(node.atContract()).hasSize(1);
            assertThat(statuses(node)).hasSize(2).startsWith("Dropped");
            assertThat(node.events(sale.purchaseId().value())).containsExactly("PurchaseCreated", "FundsLockingRequested",
                    "ActionInitiated", "TransactionGivenUp", "ActionInitiated", "FundsLocked");
        }
    }

    @Test
    void oneThatTheFollowerNeverSawIsSentAgain() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.sale();
            Sale later = node.sale();
            Stream.of(sale, later).forEach(each -> node.commands().sendAndWait(each.createPayment()));
            node.bean(SourceLock.class).whenFree("follower", node.sourceId(), () -> {
                node.commands().sendAndWait(sale.createPurchase());
                node.untilWithoutBlocks("accepted", () -> statuses(node).equals(List.of("Submitted")));
                node.block();
                // Once another one is built, the first was looked for.
                node.commands().sendAndWait(later.createPurchase());
                node.untilWithoutBlocks("accepted too",
                        () -> transactions(node).size() == 2 && statuses(node).getLast().equals("Submitted"));
                node.dropFrom(node.chain().tip().blockHeight(), RolledBackTransactions.LOST);
                node.block();
                node.clock.advance(Duration.ofSeconds(31));
            });
            locked(node, sale);
            locked(node, later);
            assertThat(node.atContract()).hasSize(2);
            assertThat(transactions(node)).hasSize(2);
        }
    }

    @Test
    void oneThatOnlyTheRecordsTookForFinalIsLeftToAnOperatorToo() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            node.untilWithoutBlocks("accepted", () -> statuses(node).equals(List.of("Submitted")));
            String lost = transactions(node).getFirst();
            node.bean(SourceLock.class).whenFree("chain-actions", node.sourceId(), () -> {
                node.block();
                node.untilWithoutBlocks("recorded", () -> node.payment(sale).escrow().state() == OnChainState.FundsLocked
                        && node.purchase(sale).escrow().state() == OnChainState.FundsLocked);
                node.clock.advance(VALIDITY);
                node.dropFrom(node.payment(sale).escrow().transaction().at().blockHeight(), RolledBackTransactions.LOST);
            });
            leftToOperator(node, sale, lost);
        }
    }

    @Test
    void whatBuiltOnItIsDoneOnceItIsThereAgain() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = finallyLocked(node);
            long height = node.payment(sale).escrow().transaction().at().blockHeight();
            submitResult(node, sale);
            reached(node, sale, OnChainState.ResultSubmitted);
            node.commands().sendAndWait(new PurchaseCommand.RequestRefund(sale.purchaseId(), OWNER));
            reached(node, sale, OnChainState.Disputed);
            List<String> before = node.events(sale.paymentId().value());
            node.dropFrom(height, RolledBackTransactions.LOST);
            node.untilWithoutBlocks("undone", () -> node.payment(sale).escrow().state() == null);
            reached(node, sale, OnChainState.Disputed);

            assertThat(node.atContract()).hasSize(3);
            assertThat(transactions(node)).hasSize(3);
            assertThat(statuses(node)).doesNotContain("Dropped");
            assertThat(node.events(sale.paymentId().value())).startsWith(before.toArray(String[]::new)).endsWith("FactsUndone",
                    "FundsLocked", "ResultSubmitted", "RefundRequested");
        }
    }

    /** Nothing stands on chain, nothing is sent, and the purchase says what happened, for as long as it may take. */
    private static void leftToOperator(NodeOnDevelopmentNetwork node, Sale sale, String lost) {
        int others = node.atContract().size();
        node.until("note", () -> node.purchase(sale).next().phase() == NextAction.Phase.WaitingForManualAction);
        assertThat(node.purchase(sale).next().errorNote()).contains("Lock", lost, "rolled back", "It is not built anew by itself");
        assertThat(node.purchase(sale).escrow().state()).isNull();
        assertThat(node.payment(sale).escrow().state()).isNull();
        assertThat(node.payment(sale).next()).isEqualTo(NextAction.WAIT);
        for (int i = 0; i < 10; i++) {
            node.block();
        }
        long height = node.chain().tip().blockHeight();
        node.untilWithoutBlocks("seen", () -> node.database().sql("SELECT max(block_height) FROM observed_block").query(Long.class)
                .single() == height);
        assertThat(transactions(node)).containsExactly(lost);
        assertThat(statuses(node)).containsExactly("Dropped");
        assertThat(node.atContract()).hasSize(others);
    }

    private static SignedTransaction lockElsewhere(NodeOnDevelopmentNetwork node) {
        Sale other = node.sale();
        SignedTransaction rival = node.bean(CardanoTransactionFactory.class).build(node.sourceId(), node.purchasingWallet(),
                node.chain().unspent(node.buyer.address()), TransactionContent.of(new ChainAction.Lock(other.identifier, node.seller,
                        "5d".repeat(32), other.times, Funds.lovelace(NodeOnDevelopmentNetwork.PRICE))));
        assertThat(node.chain().submit(rival.bytes())).isInstanceOf(SubmitOutcome.Accepted.class);
        node.block();
        return rival;
    }

    /** And the table knows that too. */
    private static Sale finallyLocked(NodeOnDevelopmentNetwork node) {
        Sale sale = node.agree();
        locked(node, sale);
        node.until("final", () -> statuses(node).equals(List.of("Confirmed")));
        return sale;
    }

    private static void submitResult(NodeOnDevelopmentNetwork node, Sale sale) {
        node.commands().sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH, OWNER));
    }

    private static void locked(NodeOnDevelopmentNetwork node, Sale sale) {
        reached(node, sale, OnChainState.FundsLocked);
    }

    private static void reached(NodeOnDevelopmentNetwork node, Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state
                && !node.payment(sale).next().isPending() && !node.purchase(sale).next().isPending());
    }

    private static List<String> statuses(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT status FROM chain_transaction ORDER BY number").query(String.class).list();
    }

    private static List<String> transactions(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT hash FROM chain_transaction ORDER BY number").query(String.class).list();
    }
}
