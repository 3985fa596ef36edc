package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.cardano.provider.AddressTransaction;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.Participant;
import io.masumi.node.payment.PaymentCommand;

/** How much goes into a block of a ledger that holds to its limits. Blocks come only when the test makes them. */
@Tag("slow")
class ThroughputTest {

    private static final int SALES = 32;

    @Test
    void locksShareTransactionsAndTheResultsOfOneWalletShareABlockAndItsCollateral() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            node.deployReferenceScript();
            List<Sale> sales = agreeAtOnce(node, SALES);
            node.until("locks", () -> all(node, sales, OnChainState.FundsLocked));
            List<AddressTransaction> locks = node.atContract();
            assertThat(locks).as("16 384 bytes take more than twenty locks").hasSizeLessThanOrEqualTo(2);
            node.until("settled", () -> reservations(node) == 0);
            Set<OutputRef> before = refs(node.chain().unspent(node.seller.address()));
            assertThat(before).hasSize(2);

            sales.forEach(sale -> node.commands().sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId(),
                    NodeOnDevelopmentNetwork.RESULT_HASH, NodeOnDevelopmentNetwork.OWNER)));
            node.untilWithoutBlocks("all results accepted without a block", () -> open(node, "Submitted") == SALES);
            Set<OutputRef> collateral = collateral(node);
            assertThat(collateral).as("put up by all").hasSize(1).isSubsetOf(before);
            node.block();

            assertThat(node.atContract().stream().skip(locks.size()).map(AddressTransaction::blockHeight).distinct()).hasSize(1);
            assertThat(node.atContract()).hasSize(locks.size() + SALES);
            assertThat(refs(node.chain().unspent(node.seller.address()))).as("the collateral is still there").containsAll(collateral);
            node.until("results", () -> all(node, sales, OnChainState.ResultSubmitted));
            assertThat(node.database().sql("SELECT max(t.fee_lovelace) FROM chain_transaction t JOIN chain_action a"
                    + " ON a.transaction_hash = t.hash WHERE a.kind = 'SubmitResult'").query(Long.class).single()).isLessThan(280_000);
        }
    }

    @Test
    void locksThatSeveralWalletsMayPayForAreDealtOutToThem() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Participant other = node.addPurchasingWallet();
            node.fund(other, 10_000_000, 1_000_000_000);
            List<Sale> sales = agreeAtOnce(node, 22);
            node.untilWithoutBlocks("both accepted without a block", () -> open(node, "Submitted") == 2);
            node.block();

            assertThat(node.atContract()).hasSize(2);
            assertThat(node.atContract().stream().map(AddressTransaction::blockHeight).distinct()).hasSize(1);
            assertThat(node.database().sql("SELECT DISTINCT wallet_address FROM chain_transaction").query(String.class).list())
                    .containsExactlyInAnyOrder(node.buyer.address(), other.address());
            node.until("locks", () -> all(node, sales, OnChainState.FundsLocked));
        }
    }

    /** All locks wait before the node can make the first. */
    private static List<Sale> agreeAtOnce(NodeOnDevelopmentNetwork node, int count) {
        node.network.faults().down(true);
        List<Sale> sales = Stream.generate(node::agree).limit(count).toList();
        node.untilWithoutBlocks("all locks wait", () -> node.database().sql("SELECT count(*) FROM chain_action WHERE status = 'Wanted'")
                .query(Long.class).single() == count);
        node.stop();
        node.network.faults().down(false);
        node.start();
        return sales;
    }

    private static long open(NodeOnDevelopmentNetwork node, String status) {
        return node.database().sql("SELECT count(*) FROM chain_transaction WHERE status = ?").param(status).query(Long.class).single();
    }

    private static long reservations(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT count(*) FROM utxo_reservation").query(Long.class).single();
    }

    private static Set<OutputRef> collateral(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT DISTINCT output_hash, output_index FROM utxo_reservation WHERE kind = 'Collateral'")
                .query((row, _) -> new OutputRef(row.getString("output_hash"), row.getInt("output_index"))).set();
    }

    private static Set<OutputRef> refs(List<Utxo> utxos) {
        return utxos.stream().map(Utxo::ref).collect(Collectors.toSet());
    }

    private static boolean all(NodeOnDevelopmentNetwork node, List<Sale> sales, OnChainState state) {
        return sales.stream()
                .allMatch(sale -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state);
    }
}
