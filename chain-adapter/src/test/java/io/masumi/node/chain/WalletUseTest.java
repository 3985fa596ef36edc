package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.cardano.transaction.Spendable;
import io.masumi.node.chain.wallet.MergePlan;
import io.masumi.node.chain.wallet.MergeWallet;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Participant;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.query.wallet.HotWalletQuery.FindHotWallet;
import io.masumi.node.query.wallet.HotWalletView;

/** One wallet carries many actions per block, and none is lost when it runs dry. */
@Tag("slow")
class WalletUseTest {

    @Test
    void waitingLocksGoIntoOneTransactionAndResultsOfOneWalletIntoOneBlock() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            node.network.faults().down(true);
            List<Sale> sales = Stream.generate(node::agree).limit(4).toList();
            node.untilWithoutBlocks("all locks wait", () -> node.database().sql("SELECT count(*) FROM chain_action WHERE status = 'Wanted'")
                    .query(Long.class).single() == 4);
            // The next pass must see all four: one that began when there were fewer ends with the node, before the network is back.
            node.stop();
            node.network.faults().down(false);
            node.start();
            node.until("locks", () -> all(node, sales, OnChainState.FundsLocked));
            assertThat(node.atContract()).hasSize(1);
            assertThat(sales.stream().mapToLong(sale -> node.purchase(sale).escrow().buyerFees()).sum())
                    .isEqualTo(node.database().sql("SELECT fee_lovelace FROM chain_transaction").query(Long.class).single());

            sales.forEach(sale -> node.commands().sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId(),
                    NodeOnDevelopmentNetwork.RESULT_HASH, NodeOnDevelopmentNetwork.OWNER)));
            node.untilWithoutBlocks("results accepted without a block", () -> node.database()
                    .sql("SELECT count(*) FROM chain_transaction WHERE status = 'Submitted'").query(Long.class).single() == 4);
            node.block();
            assertThat(node.atContract()).hasSize(5);
            assertThat(node.atContract().stream().map(transaction -> transaction.blockHeight()).distinct()).hasSize(2);
            node.until("results", () -> all(node, sales, OnChainState.ResultSubmitted));
        }
    }

    @Test
    void aPurchaseThatIsBrokenHoldsUpNoneOfThoseThatItWouldBeLockedWith() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            node.network.faults().down(true);
            List<Sale> sales = Stream.generate(node::agree).limit(3).toList();
            node.untilWithoutBlocks("all locks wait", () -> node.database().sql("SELECT count(*) FROM chain_action WHERE status = 'Wanted'")
                    .query(Long.class).single() == 3);
            Sale broken = sales.get(1);
            // As when a version of the node cannot read what another one wrote.
            node.database().sql("ALTER TABLE domainevententry DISABLE TRIGGER USER").update();
            node.database().sql("UPDATE domainevententry SET payload = '\\x7b' WHERE aggregateidentifier = ?")
                    .param(broken.purchaseId().value()).update();
            node.stop();
            node.network.faults().down(false);
            node.start();

            node.until("the others are locked", () -> all(node, List.of(sales.getFirst(), sales.getLast()), OnChainState.FundsLocked));
            assertThat(node.payment(broken).escrow().state()).isNull();
        }
    }

    @Test
    void aLockWaitsForMoneySaysSoAndIsMadeWithinSecondsWhenItComes() {
        try (NodeOnDevelopmentNetwork node = new NodeOnDevelopmentNetwork()) {
            Sale sale = node.agree();
            node.untilWithoutBlocks("no money", () -> node.purchase(sale).next().errorType() != null);
            assertThat(node.purchase(sale).next()).satisfies(next -> {
                assertThat(next.wireName()).isEqualTo("FundsLockingRequested");
                assertThat(next.errorType()).isEqualTo(ErrorType.InsufficientFunds);
                assertThat(next.errorNote()).startsWith("waiting for money: wallet " + node.buyer.address() + ": ").contains("lovelace");
            });
            node.untilWithoutBlocks("waits grow", () -> {
                node.clock.advance(Duration.ofSeconds(10));
                return node.database().sql("SELECT failed_builds FROM chain_action").query(Integer.class).single() >= 6;
            });

            Instant topUp = node.clock.instant();
            node.fund(node.buyer, 10_000_000, 100_000_000);
            node.until("lock", () -> node.purchase(sale).escrow().state() == OnChainState.FundsLocked);

            assertThat(node.clock.instant()).isBefore(topUp.plusSeconds(15));
            assertThat(node.events(sale.purchaseId().value())).containsExactly("PurchaseCreated", "FundsLockingRequested", "ActionDelayed",
                    "ActionInitiated", "FundsLocked");
            assertThat(node.purchase(sale).next().errorType()).isNull();
            assertThat(node.atContract()).hasSize(1);
        }
    }

    @Test
    void aLockThatNoMoneyCameForIsLeftToAnOperatorAfterPayByTime() {
        try (NodeOnDevelopmentNetwork node = new NodeOnDevelopmentNetwork()) {
            Sale sale = node.agree();
            node.untilWithoutBlocks("no money", () -> node.database().sql("SELECT error FROM chain_action WHERE error IS NOT NULL")
                    .query(String.class).optional().isPresent());
            node.clock.set(Instant.ofEpochMilli(sale.times.payByTime() + 1));
            node.until("given up", () -> node.purchase(sale).next().phase() == NextAction.Phase.WaitingForManualAction);

            assertThat(node.purchase(sale).next().errorType()).isEqualTo(ErrorType.InsufficientFunds);
            assertThat(node.database().sql("SELECT status FROM chain_action").query(String.class).single()).isEqualTo("Failed");
            assertThat(node.atContract()).isEmpty();
        }
    }

    /** Nothing waits for it yet, and a crash makes neither two of it nor none. */
    @Test
    void aWalletThatGetsMoneyInSmallPiecesSetsACollateralApartOnce() {
        try (NodeOnDevelopmentNetwork node = new NodeOnDevelopmentNetwork()) {
            node.crash.arm(CrashPoint.AFTER_SUBMITTING);
            node.fund(node.seller, 3_000_000, 3_000_000, 3_000_000);
            node.until("sent", node.crash::isDead);
            node.stop();
            node.start();
            node.until("recorded", () -> node.events(node.sellingWallet().value()).contains("OutputsMerged"));
            for (int i = 0; i < 40; i++) {
                node.block();
            }

            assertThat(node.chain().unspent(node.seller.address())).filteredOn(Spendable::standsAsCollateral).hasSize(1);
            assertThat(node.database().sql("SELECT status FROM chain_transaction").query(String.class).list()).containsExactly("Confirmed");
            assertThat(node.events(node.sellingWallet().value())).containsExactly("HotWalletAdded", "OutputsMerged");
        }
    }

    /** One that has the money in few pieces is asked first; when there is none, the pieces are merged, and the lock is built on that at once. */
    @Test
    void aWalletThatHoldsOnlySmallPiecesPaysWithThemAllTheSame() {
        try (NodeOnDevelopmentNetwork node = new NodeOnDevelopmentNetwork()) {
            Participant other = node.addPurchasingWallet();
            node.fund(other, 10_000_000, 500_000_000);
            node.fund(node.buyer, LongStream.concat(LongStream.of(70_000_000), LongStream.generate(() -> 1_000_000).limit(548)).toArray());
            node.until("funded", () -> node.chain().unspent(node.buyer.address()).size() == 549);

            Sale first = node.agree(480_000_000);
            node.until("the other wallet locks", () -> all(node, List.of(first), OnChainState.FundsLocked));
            assertThat(node.purchase(first).wallet().address()).isEqualTo(other.address());
            assertThat(node.events(node.purchasingWallet().value())).doesNotContain("OutputsMerged");

            Sale second = node.agree(480_000_000);
            node.untilWithoutBlocks("merged, and locked on top of it", () -> node.database()
                    .sql("SELECT kind FROM chain_action WHERE status = 'Submitted' ORDER BY number").query(String.class).list()
                    .containsAll(List.of("Lock", "MergeOutputs")));
            node.until("locked", () -> all(node, List.of(second), OnChainState.FundsLocked));
            assertThat(node.purchase(second).wallet().address()).isEqualTo(node.buyer.address());
            assertThat(node.atContract()).hasSize(2);
            node.until("recorded", () -> node.events(node.purchasingWallet().value()).contains("OutputsMerged"));
            assertThat(node.chain().unspent(node.buyer.address()).size()).isLessThan(300);
        }
    }

    @Test
    void anOperatorHasAWalletMergeItsPiecesOnceHoweverOftenItIsAskedFor() {
        try (NodeOnDevelopmentNetwork node = new NodeOnDevelopmentNetwork()) {
            node.fund(node.buyer, LongStream.concat(LongStream.of(6_000_000, 70_000_000), LongStream.generate(() -> 1_500_000).limit(30))
                    .toArray());
            MergeWallet merge = new MergeWallet(node.purchasingWallet(), NodeOnDevelopmentNetwork.OWNER);
            node.untilWithoutBlocks("the wallet is known", () -> node.bean(QueryGateway.class)
                    .query(new FindHotWallet(node.purchasingWallet()), ResponseTypes.optionalInstanceOf(HotWalletView.class)).join()
                    .isPresent());

            assertThat(node.commands().<MergePlan>sendAndWait(merge)).isEqualTo(
                    new MergePlan(node.buyer.address(), 32, 30, 1, true, List.of()));
            node.untilWithoutBlocks("sent", () -> node.database().sql("SELECT count(*) FROM chain_transaction WHERE status = 'Submitted'")
                    .query(Long.class).single() == 1);
            MergePlan again = node.commands().sendAndWait(merge);
            assertThat(again.begun()).isFalse();
            assertThat(again.underWay()).hasSize(1);
            node.until("recorded", () -> node.events(node.purchasingWallet().value()).contains("OutputsMerged"));

            assertThat(node.chain().unspent(node.buyer.address())).extracting(utxo -> utxo.value().lovelace().longValueExact())
                    .contains(6_000_000L, 70_000_000L).hasSize(3);
            node.until("nothing more to do", () -> node.database().sql("SELECT status FROM chain_action ORDER BY number")
                    .query(String.class).list().equals(List.of("Confirmed", "Abandoned")));
            assertThat(node.commands().<MergePlan>sendAndWait(merge)).isEqualTo(
                    new MergePlan(node.buyer.address(), 3, 0, 0, false, List.of()));
            assertThatThrownBy(() -> node.commands().sendAndWait(new MergeWallet(new HotWalletId("cnone"), NodeOnDevelopmentNetwork.OWNER)))
                    .hasMessageContaining("There is no wallet cnone");
        }
    }

    private static boolean all(NodeOnDevelopmentNetwork node, List<Sale> sales, OnChainState state) {
        return sales.stream()
                .allMatch(sale -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state);
    }
}
