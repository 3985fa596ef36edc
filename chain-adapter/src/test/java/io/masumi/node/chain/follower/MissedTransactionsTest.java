package io.masumi.node.chain.follower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.Requester;
import io.masumi.node.chain.NodeOnDevelopmentNetwork;
import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.follower.reading.FindReadings;
import io.masumi.node.chain.follower.reading.ReadAgain;
import io.masumi.node.chain.follower.reading.ReadingStatus;
import io.masumi.node.chain.follower.reading.Rereading;
import io.masumi.node.chain.cardano.transaction.CardanoTransactionFactory;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.TransactionContent;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.platform.health.Concern;

/** The provider's list of the contract's transactions is empty for a while, though all else is fresh: what was in it is found all the same. */
@Tag("slow")
class MissedTransactionsTest {

    /** More than a follower whose cursor stays behind the newest block would look at again. */
    private static final int BLOCKS_WITHOUT_A_LIST = 15;
    /** Of a party, from the end of its transaction's validity on. */
    private static final Duration AFTER_COOLDOWN = NodeOnDevelopmentNetwork.COOLDOWN.plusMinutes(5).plusSeconds(5);

    private static final Duration COMPARE_INTERVAL = Duration.ofMinutes(10);
    private static final Duration EXPIRY_DELAY = Duration.ofMinutes(10);

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
        node.crash.heal();
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
    }

    @Test
    void whatTheOtherPartyDidIsReadBeforeWhatCameOfIt() {
        Sale sale = node.agree();
        reached(sale, OnChainState.FundsLocked);
        node.network.faults().emptyAddressHistories(true);
        byBuyerElsewhere(TransactionContent.on(escrow(sale), new ChainAction.RequestRefund()));
        passBy(BLOCKS_WITHOUT_A_LIST);
        restartWithLists();
        node.clock.advance(AFTER_COOLDOWN);
        byBuyerElsewhere(TransactionContent.on(newestEscrow(), new ChainAction.CancelRefundRequest()));

        node.until("both are known", () -> events(sale).contains("RefundRequestCancelled"));
        assertThat(events(sale)).containsExactly("PaymentCreated", "FundsLocked", "RefundRequested", "RefundRequestCancelled");
        assertThat(node.events(sale.purchaseId().value())).endsWith("FundsLocked", "RefundRequested", "RefundRequestCancelled");
    }

    @Test
    void whatTheOtherPartyDidIsFoundByComparingWhatStandsAtTheContract() {
        Sale sale = node.agree();
        reached(sale, OnChainState.FundsLocked);
        node.network.faults().emptyAddressHistories(true);
        byBuyerElsewhere(TransactionContent.on(escrow(sale), new ChainAction.RequestRefund()));
        passBy(BLOCKS_WITHOUT_A_LIST);
        node.network.faults().clear();
        assertThat(events(sale)).doesNotContain("RefundRequested");
        node.clock.advance(COMPARE_INTERVAL);

        reached(sale, OnChainState.RefundRequested);
        assertThat(concerns()).singleElement().asString().contains("is not complete");
    }

    @Test
    void anEscrowThatEndedUnseenIsLookedForWhereItStood() {
        Sale sale = node.agree();
        reached(sale, OnChainState.FundsLocked);
        node.network.faults().emptyAddressHistories(true);
        byBuyerElsewhere(TransactionContent.on(escrow(sale), new ChainAction.RequestRefund()));
        node.clock.set(Instant.ofEpochMilli(sale.times.submitResultTime()).plus(Duration.ofMinutes(1)));
        node.block();
        byBuyerElsewhere(TransactionContent.on(newestEscrow(), new ChainAction.WithdrawRefund(null)));
        passBy(BLOCKS_WITHOUT_A_LIST);
        restartWithLists();

        reached(sale, OnChainState.RefundWithdrawn);
        assertThat(events(sale)).containsExactly("PaymentCreated", "FundsLocked", "RefundRequested", "RefundWithdrawn");
    }

    /** Other software locked it, with the terms that the seller signed: this node knows of no transaction of its own. */
    @Test
    void aPaymentIsGivenUpOnlyAfterTheListWasReadOnceMore() {
        Sale sale = node.sale();
        node.commands().sendAndWait(sale.createPayment());
        node.network.faults().emptyAddressHistories(true);
        lockedElsewhere(sale);
        passBy(BLOCKS_WITHOUT_A_LIST);
        node.network.faults().down(true);
        node.clock.set(Instant.ofEpochMilli(sale.times.payByTime()).plus(EXPIRY_DELAY));
        node.untilWithoutBlocks("its end is awaited", () -> node.database().sql("SELECT count(*) FROM awaited_end WHERE aggregate_id = ?")
                .param(sale.paymentId().value()).query(Long.class).single() == 1);
        node.clock.advance(EXPIRY_DELAY);
        assertThat(events(sale)).containsExactly("PaymentCreated");
        restartWithLists();

        node.until("it is seen", () -> node.payment(sale).escrow().state() == OnChainState.FundsLocked);
        assertThat(events(sale)).containsExactly("PaymentCreated", "FundsLocked");
    }

    @Test
    void anOperatorOrdersARereading() {
        Sale sale = node.agree();
        reached(sale, OnChainState.FundsLocked);
        node.network.faults().emptyAddressHistories(true);
        long height = node.chain().tip().blockHeight();
        byBuyerElsewhere(TransactionContent.on(escrow(sale), new ChainAction.RequestRefund()));
        passBy(BLOCKS_WITHOUT_A_LIST);
        node.network.faults().clear();
        Requester admin = new Requester("admin", true);
        assertThatThrownBy(() -> order(new ReadAgain.FromBlock(node.sourceId(), height + 1000, admin)))
                .hasMessageContaining("followed up to");
        assertThatThrownBy(() -> order(new ReadAgain.Transaction(node.sourceId(), "ab".repeat(32), admin)))
                .hasMessageContaining("shows no");
        order(new ReadAgain.FromBlock(node.sourceId(), height, admin));
        assertThat(order(new ReadAgain.FromBlock(node.sourceId(), height, admin)).rereadings())
                .filteredOn(each -> each.finishedAt() == null)
                .hasSizeLessThan(2);

        reached(sale, OnChainState.RefundRequested);
        List<String> before = events(sale);
        order(new ReadAgain.Transaction(node.sourceId(), node.payment(sale).escrow().transaction().hash(), admin));
        ReadingStatus after = order(new ReadAgain.FromBlock(node.sourceId(), 0, admin));
        node.until("all of it is read", () -> readings().awaited().isEmpty()
                && readings().rereadings().stream().allMatch(each -> each.finishedAt() != null));
        assertThat(readings().rereadings()).hasSameSizeAs(after.rereadings()).first().extracting(Rereading::found).isEqualTo(0);
        assertThat(events(sale)).isEqualTo(before);
    }

    /** Rolling back to between what was found late and what was recorded before it. */
    @Test
    void whatWasFoundLateOutlivesARollbackOfWhatCameAfterIt() {
        Sale sale = node.agree();
        reached(sale, OnChainState.FundsLocked);
        node.network.faults().emptyAddressHistories(true);
        byBuyerElsewhere(TransactionContent.on(escrow(sale), new ChainAction.RequestRefund()));
        passBy(BLOCKS_WITHOUT_A_LIST);
        node.network.faults().clear();
        node.clock.advance(AFTER_COOLDOWN);
        byBuyerElsewhere(TransactionContent.on(newestEscrow(), new ChainAction.CancelRefundRequest()));
        node.until("both are known", () -> events(sale).contains("RefundRequestCancelled"));
        node.dropFrom(node.payment(sale).escrow().transaction().at().blockHeight(), RolledBackTransactions.RETURN_TO_MEMPOOL);

        node.until("undone and done again",
                () -> events(sale).getLast().equals("RefundRequestCancelled") && events(sale).contains("FactsUndone"));
        assertThat(events(sale)).containsExactly("PaymentCreated", "FundsLocked", "RefundRequested", "RefundRequestCancelled",
                "FactsUndone",
                "RefundRequestCancelled");
        long late = node.database().sql("SELECT block_height FROM observed_transaction WHERE late_at_height IS NOT NULL"
                + " AND ? = ANY(payments) ORDER BY block_height DESC LIMIT 1").param(sale.paymentId().value()).query(Long.class).single();
        node.dropFrom(late, RolledBackTransactions.RETURN_TO_MEMPOOL);
        // Its validity is over, so that it does not come again.
        node.until("what was found late is undone too", () -> events(sale).size() == 7);
        assertThat(events(sale).getLast()).isEqualTo("FactsUndone");
        assertThat(node.payment(sale).escrow().state()).isEqualTo(OnChainState.FundsLocked);
    }

    /** Nobody looked there before, or it was forgotten since: that it was not seen says nothing about the list. */
    @Test
    void whatWasBeforeTheFirstLookIsNoFaultOfTheProvider() {
        Sale sale = node.agree();
        reached(sale, OnChainState.FundsLocked);
        String lock = node.payment(sale).escrow().transaction().hash();
        readsAgainAsIfNew(lock, "followed_from = 0");
        assertThat(concerns()).isNotEmpty();

        readsAgainAsIfNew(lock, "followed_from = " + (node.payment(sale).escrow().transaction().at().blockHeight() + 1));
        assertThat(concerns()).isEmpty();
        node.database().sql("UPDATE source_standing SET followed_from = 0").update();
    }

    @Test
    void whatCannotBeReadHoldsUpNoOtherAndIsReadWhenItCan() {
        Sale sale = node.agree();
        reached(sale, OnChainState.FundsLocked);
        SignedTransaction strange = signedByBuyerElsewhere(TransactionContent.on(escrow(sale), new ChainAction.RequestRefund()));
        node.crash.garble(strange.hash());
        assertThat(node.chain().submit(strange.bytes())).isInstanceOf(SubmitOutcome.Accepted.class);
        node.block();
        Sale other = node.agree();
        node.clock.advance(Duration.ofMinutes(3));

        reached(other, OnChainState.FundsLocked);
        assertThat(events(sale)).containsExactly("PaymentCreated", "FundsLocked");
        assertThat(concerns()).singleElement().asString().contains(strange.hash()).contains("does not show it");
        node.crash.heal();
        node.clock.advance(Duration.ofMinutes(10));
        reached(sale, OnChainState.RefundRequested);
    }

    private static void readsAgainAsIfNew(String hash, String standing) {
        node.database().sql("UPDATE source_standing SET incomplete_at = NULL, " + standing).update();
        node.database().sql("DELETE FROM observed_transaction WHERE hash = ?").param(hash).update();
        order(new ReadAgain.Transaction(node.sourceId(), hash, new Requester("admin", true)));
        node.until("it is recorded", () -> readings().awaited().isEmpty() && node.database()
                .sql("SELECT EXISTS (SELECT 1 FROM observed_transaction WHERE hash = ?)").param(hash).query(Boolean.class).single());
    }

    private static void lockedElsewhere(Sale sale) {
        BlockchainIdentifier.Parts parts = sale.identifier.parts();
        EscrowDatum datum = new EscrowDatum(node.buyer, node.seller, parts.key(), parts.signature(), parts.sellerIdentifier(),
                parts.purchaserIdentifier(), BigInteger.ZERO, sale.createPayment().inputHash(), "", sale.times, 0, 0,
                OnChainState.FundsLocked);
        node.lockElsewhere(datum, NodeOnDevelopmentNetwork.PRICE);
    }

    private static ReadingStatus order(ReadAgain order) {
        return node.commands().sendAndWait(order);
    }

    private static ReadingStatus readings() {
        return node.bean(QueryGateway.class).query(new FindReadings(node.sourceId()), ReadingStatus.class).join();
    }

    private static List<Concern> concerns() {
        return node.bean(IncompleteLists.class).concerns();
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
            node.untilWithoutBlocks("the follower has seen it",
                    () -> node.database().sql("SELECT COALESCE(max(block_height), 0) FROM observed_block")
                            .query(Long.class).single() == height);
        }
        node.until("the cursor is beyond",
                () -> node.database().sql("SELECT COALESCE(max(block_height), 0) FROM follower_cursor").query(Long.class)
                        .single() >= from);
    }

    private static void restartWithLists() {
        node.stop();
        node.network.faults().clear();
        node.start();
    }

    private static Utxo escrow(Sale sale) {
        return node.chain().unspentOutput(node.payment(sale).escrow().output()).orElseThrow();
    }

    private static Utxo newestEscrow() {
        return node.chain().unspent(node.escrowAddress).getLast();
    }

    /** With another software than the node. */
    private static void byBuyerElsewhere(TransactionContent intent) {
        SignedTransaction signed = signedByBuyerElsewhere(intent);
        assertThat(node.chain().submit(signed.bytes())).isInstanceOf(SubmitOutcome.Accepted.class);
        node.block();
    }

    private static SignedTransaction signedByBuyerElsewhere(TransactionContent intent) {
        return node.bean(CardanoTransactionFactory.class).build(node.sourceId(), node.purchasingWallet(),
                node.chain().unspent(node.buyer.address()), intent);
    }

    private static void reached(Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state
                && !node.payment(sale).next().isPending() && !node.purchase(sale).next().isPending());
    }
}
