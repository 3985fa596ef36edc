package io.masumi.node.chain.follower;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork;
import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.provider.SubmitOutcome;
import io.masumi.node.chain.transaction.CardanoTransactionFactory;
import io.masumi.node.chain.transaction.SignedTransaction;
import io.masumi.node.chain.transaction.TransactionIntent;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.OnChainState;

/** The provider's list of the contract's transactions is empty for a while, though all else is fresh: what was in it is found all the same. */
class PassedByTest {

    /** More than a follower whose cursor stays behind the newest block would look at again. */
    private static final int BLOCKS_WITHOUT_A_LIST = 15;
    /** Of a party, from the end of its transaction's validity on. */
    private static final Duration AFTER_COOLDOWN = NodeOnDevelopmentNetwork.COOLDOWN.plusMinutes(5).plusSeconds(5);

    private static NodeOnDevelopmentNetwork node;

    @BeforeAll
    static void start() {
        node = NodeOnDevelopmentNetwork.funded();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @AfterEach
    void listsAreBack() {
        node.network.faults().clear();
    }

    @Test
    void aLockOfOurOwnIsReadByItsHash() {
        node.network.faults().emptyAddressHistories(true);
        Sale sale = node.agree();
        node.until("it is settled", () -> node.database()
                .sql("SELECT EXISTS (SELECT 1 FROM chain_action WHERE aggregate_id = ? AND status = 'Confirmed')")
                .param(sale.purchaseId().value()).query(Boolean.class).single());
        passBy(BLOCKS_WITHOUT_A_LIST);
        restartWithLists();

        reached(sale, OnChainState.FundsLocked);
        assertThat(node.events(sale.paymentId().value())).containsExactly("PaymentCreated", "FundsLocked");
        assertThat(observed()).isEqualTo(node.atContract().size());
    }

    @Test
    void whatTheOtherPartyDidIsReadBeforeWhatCameOfIt() {
        Sale sale = node.agree();
        reached(sale, OnChainState.FundsLocked);
        node.network.faults().emptyAddressHistories(true);
        byBuyerElsewhere(new TransactionIntent.RequestRefund(escrow(sale)));
        passBy(BLOCKS_WITHOUT_A_LIST);
        restartWithLists();
        node.clock.advance(AFTER_COOLDOWN);
        byBuyerElsewhere(new TransactionIntent.CancelRefundRequest(newestEscrow()));

        node.until("both are known", () -> events(sale).contains("RefundRequestCancelled"));
        assertThat(events(sale)).containsExactly("PaymentCreated", "FundsLocked", "RefundRequested", "RefundRequestCancelled");
        assertThat(node.events(sale.purchaseId().value())).endsWith("FundsLocked", "RefundRequested", "RefundRequestCancelled");
        assertThat(observed()).isEqualTo(node.atContract().size());
    }

    private static List<String> events(Sale sale) {
        return node.events(sale.paymentId().value());
    }

    /** So many blocks are made that whatever was in the list is behind the follower's cursor. */
    private static void passBy(int blocks) {
        long from = node.chain().tip().blockHeight();
        for (int i = 0; i < blocks; i++) {
            node.block();
            long height = node.chain().tip().blockHeight();
            node.untilWithoutBlocks("the follower has seen it", () -> node.database().sql("SELECT max(block_height) FROM observed_block")
                    .query(Long.class).single() == height);
        }
        node.until("the cursor is beyond", () -> node.database().sql("SELECT block_height FROM follower_cursor").query(Long.class)
                .single() >= from);
    }

    private static void restartWithLists() {
        node.stop();
        node.network.faults().clear();
        node.start();
    }

    private static long observed() {
        return node.database().sql("SELECT count(*) FROM observed_transaction").query(Long.class).single();
    }

    private static Utxo escrow(Sale sale) {
        return node.chain().unspentOutput(node.payment(sale).escrow().output()).orElseThrow();
    }

    private static Utxo newestEscrow() {
        return node.chain().unspent(node.escrowAddress).getLast();
    }

    /** With another software than the node. */
    private static void byBuyerElsewhere(TransactionIntent intent) {
        SignedTransaction signed = node.bean(CardanoTransactionFactory.class).build(node.sourceId(), node.purchasingWallet(),
                node.chain().unspent(node.buyer.address()), List.of(intent));
        assertThat(node.chain().submit(signed.bytes())).isInstanceOf(SubmitOutcome.Accepted.class);
        node.block();
    }

    private static void reached(Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state
                && !node.payment(sale).next().isPending() && !node.purchase(sale).next().isPending());
    }
}
