package io.masumi.node.chain.follower;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork;
import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.loop.SourceLock;
import io.masumi.node.chain.cardano.provider.AddressTransaction;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand;

/** Rollbacks of every length and in every rhythm: in the end the follower has seen the chain that there is, and no other. */
@Tag("slow")
class RolledBackReadingTest {

    /** More than one page of transactions. */
    private static final int MANY = 120;

    /** No two of their transactions are alike. */
    private int strangers;

    @Test
    void oneOfMoreBlocksAndTransactionsThanAPage() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = locked(node);
            long height = height(node, sale);
            strangers(node, MANY);
            followed(node);
            assertThat(node.atContract()).hasSize(MANY + 1);

            node.dropFrom(height, RolledBackTransactions.LOST);
            node.untilWithoutBlocks("undone", () -> node.events(sale.purchaseId().value()).getLast().equals("FactsUndone"));
            strangers(node, MANY);
            reached(node, sale, OnChainState.FundsLocked);
            followed(node);
            assertThat(node.atContract()).hasSize(MANY + 1);
            assertThat(node.events(sale.paymentId().value())).containsExactly("PaymentCreated", "FundsLocked", "FactsUndone",
                    "FundsLocked");
        }
    }

    @Test
    void oneToTheSameHeightTwoAtOnceAndOneThatIsSeenLate() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = locked(node);
            node.commands().sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH,
                    NodeOnDevelopmentNetwork.OWNER));
            reached(node, sale, OnChainState.ResultSubmitted);
            List<String> events = node.events(sale.paymentId().value());

            // Another block stands where the newest one was, before anybody has looked.
            unseen(node, () -> replace(node, height(node, sale)));
            undoneAndDoneAgain(node, sale, 1);
            unseen(node, () -> {
                replace(node, height(node, sale));
                replace(node, height(node, sale));
            });
            undoneAndDoneAgain(node, sale, 2);
            // Two that are seen, the second before the first is over for good, and the second one deeper.
            replace(node, height(node, sale));
            node.untilWithoutBlocks("undone", () -> undone(node, sale) == 3);
            long lock = node.chain().transactionsAt(node.escrowAddress, 0, 1).getFirst().blockHeight();
            replace(node, lock);
            undoneAndDoneAgain(node, sale, 4);
            // The follower has seen nothing of what came and went meanwhile.
            unseen(node, () -> {
                strangers(node, 5);
                node.dropFrom(height(node, sale), RolledBackTransactions.LOST);
                strangers(node, 8);
            });
            undoneAndDoneAgain(node, sale, 5);

            assertThat(node.events(sale.paymentId().value())).startsWith(events.toArray(String[]::new));
            assertThat(node.events(sale.paymentId().value()).stream().filter(event -> !event.equals("FactsUndone")).distinct())
                    .containsExactlyElementsOf(events);
            assertThat(node.atContract()).hasSize(2 + 8);
            assertThat(node.database().sql("SELECT count(*) FROM chain_transaction").query(Long.class).single()).isEqualTo(2);
        }
    }

    /** While the follower looks the other way. */
    private static void unseen(NodeOnDevelopmentNetwork node, Runnable events) {
        node.bean(SourceLock.class).whenFree("follower", node.sourceId(), events);
    }

    /** Blocks from this height on are dropped, and as many others made of the same transactions. */
    private static void replace(NodeOnDevelopmentNetwork node, long height) {
        long tip = node.chain().tip().blockHeight();
        node.dropFrom(height, RolledBackTransactions.RETURN_TO_MEMPOOL);
        while (node.chain().tip().blockHeight() < tip) {
            node.block();
        }
    }

    private static void undoneAndDoneAgain(NodeOnDevelopmentNetwork node, Sale sale, int times) {
        node.until("undone and done again", () -> undone(node, sale) == times
                && node.payment(sale).escrow().state() == OnChainState.ResultSubmitted
                && node.purchase(sale).escrow().state() == OnChainState.ResultSubmitted);
        followed(node);
    }

    private static long undone(NodeOnDevelopmentNetwork node, Sale sale) {
        return node.events(sale.paymentId().value()).stream().filter("FactsUndone"::equals).count();
    }

    /** Transactions of strangers at the contract, each in a block of its own. */
    private void strangers(NodeOnDevelopmentNetwork node, int howMany) {
        for (int i = 0; i < howMany; i++) {
            node.network.faucet(node.escrowAddress, BigInteger.valueOf(2_000_000 + strangers++));
            node.block();
        }
    }

    /** What was seen is what there is. */
    private static void followed(NodeOnDevelopmentNetwork node) {
        node.until("followed", () -> node.database().sql("SELECT hash FROM observed_transaction ORDER BY block_height, transaction_index")
                .query(String.class).list().equals(node.atContract().stream().map(AddressTransaction::hash).toList())
                && node.bean(SourceStandings.class).newestSeen(node.sourceId()).filter(node.chain()::shows).isPresent());
    }

    private static long height(NodeOnDevelopmentNetwork node, Sale sale) {
        return node.payment(sale).escrow().transaction().at().blockHeight();
    }

    private static Sale locked(NodeOnDevelopmentNetwork node) {
        Sale sale = node.agree();
        reached(node, sale, OnChainState.FundsLocked);
        return sale;
    }

    private static void reached(NodeOnDevelopmentNetwork node, Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state
                && !node.payment(sale).next().isPending() && !node.purchase(sale).next().isPending());
    }
}
