package io.masumi.node.chain;

import static io.masumi.node.chain.NodeOnDevelopmentNetwork.OWNER;
import static io.masumi.node.chain.NodeOnDevelopmentNetwork.RESULT_HASH;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.cardano.transaction.CardanoTransactionFactory;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.TransactionContent;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Participant;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentCommand.AuthorizeRefund;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.sale.SaleQuery.FindSale;
import io.masumi.node.wallet.HotWalletId;

/** What others did is in blocks that are dropped, and nobody does it again: the records forget it, and our side goes on from there. */
@Tag("slow")
class RolledBackStrangersTest {

    private static final Duration AFTER_COOLDOWN = NodeOnDevelopmentNetwork.COOLDOWN.plusMinutes(5).plusSeconds(5);
    private static final Duration AFTER_DEADLINE = Duration.ofMinutes(10);
    private static final BigInteger COLLATERAL = BigInteger.valueOf(1_500_000);
    private static final long ENOUGH = NodeOnDevelopmentNetwork.PRICE + COLLATERAL.longValueExact();

    private NodeOnDevelopmentNetwork node;

    @BeforeEach
    void start() {
        node = NodeOnDevelopmentNetwork.funded("masumi.chain.auto-withdraw-payments=false", "masumi.chain.auto-withdraw-refunds=false");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aLockThatWasInvalidOrIgnoredOrGoodIsForgotten() {
        Lockers lockers = new Lockers(node);
        Sale sale = node.sale();
        node.commands().sendAndWait(sale.createPayment());

        lockers.byBuyer(Lockers.Lock.of(datum(sale, BigInteger.ONE), ENOUGH));
        node.until("invalid", () -> node.payment(sale).escrow().state() == OnChainState.FundsOrDatumInvalid);
        assertThat(node.payment(sale).next().phase()).isEqualTo(NextAction.Phase.WaitingForManualAction);
        forgotten(sale, height(sale), EscrowStatus.NOTHING_LOCKED);

        lockers.byBuyer(Lockers.Lock.of(datum(sale, COLLATERAL), ENOUGH));
        node.until("locked", () -> node.payment(sale).escrow().state() == OnChainState.FundsLocked);
        forgotten(sale, height(sale), EscrowStatus.NOTHING_LOCKED);

        lockers.byBuyer(Lockers.Lock.of(datum(sale, COLLATERAL), ENOUGH));
        node.until("locked again", () -> node.payment(sale).escrow().state() == OnChainState.FundsLocked);
        EscrowStatus locked = node.payment(sale).escrow();
        node.block();
        long after = node.chain().tip().blockHeight() + 1;
        lockers.byBuyer(Lockers.Lock.of(datum(sale, COLLATERAL), ENOUGH));
        node.until("ignored", () -> node.events(sale.paymentId().value()).getLast().equals("LockIgnored"));
        forgotten(sale, after, locked);

        submitResult(sale);
        node.until("result", () -> node.payment(sale).escrow().state() == OnChainState.ResultSubmitted);
        assertThat(node.atContract()).hasSize(2);
    }

    @Test
    void whatWasDoneElsewhereIsForgottenAndCanBeDoneHere() {
        Sale refunded = locked();
        Sale paid = locked();
        Sale[] both = {refunded, paid};

        for (Sale sale : both) {
            lostElsewhere(sale, node.sellingWallet(), node.seller,
                    escrow -> TransactionContent.on(escrow, new ChainAction.SubmitResult(RESULT_HASH)));
            submitResult(sale);
            reached(sale, OnChainState.ResultSubmitted);
        }
        lostElsewhere(refunded, node.purchasingWallet(), node.buyer,
                escrow -> TransactionContent.on(escrow, new ChainAction.RequestRefund()));
        requestRefund(refunded);
        reached(refunded, OnChainState.Disputed);
        node.clock.advance(AFTER_COOLDOWN);
        lostElsewhere(refunded, node.purchasingWallet(), node.buyer,
                escrow -> TransactionContent.on(escrow, new ChainAction.CancelRefundRequest()));
        node.commands().sendAndWait(new PurchaseCommand.CancelRefundRequest(refunded.purchaseId(), OWNER));
        reached(refunded, OnChainState.ResultSubmitted);
        node.clock.advance(AFTER_COOLDOWN);
        requestRefund(refunded);
        reached(refunded, OnChainState.Disputed);
        lostElsewhere(refunded, node.sellingWallet(), node.seller,
                escrow -> TransactionContent.on(escrow, new ChainAction.AuthorizeRefund()));
        node.commands().sendAndWait(new AuthorizeRefund(refunded.paymentId(), OWNER));
        reached(refunded, OnChainState.RefundRequested);
        node.clock.set(Instant.ofEpochMilli(refunded.times.submitResultTime()).plus(AFTER_DEADLINE));
        lostElsewhere(refunded, node.purchasingWallet(), node.buyer,
                escrow -> TransactionContent.on(escrow, new ChainAction.WithdrawRefund(null)));
        node.commands().sendAndWait(new PurchaseCommand.RequestRefundWithdrawal(refunded.purchaseId(), OWNER));
        reached(refunded, OnChainState.RefundWithdrawn);
        node.clock.set(Instant.ofEpochMilli(paid.times.unlockTime()).plus(AFTER_DEADLINE));
        lostElsewhere(paid, node.sellingWallet(), node.seller, escrow -> TransactionContent.on(escrow, new ChainAction.Withdraw(null)));
        node.commands().sendAndWait(new PaymentCommand.RequestWithdrawal(paid.paymentId(), OWNER));
        reached(paid, OnChainState.Withdrawn);

        assertThat(node.payment(paid).next()).isEqualTo(NextAction.NONE);
        assertThat(node.purchase(refunded).next()).isEqualTo(NextAction.NONE);
        assertThat(node.database().sql("SELECT DISTINCT status FROM chain_transaction").query(String.class).list())
                .doesNotContain("Dropped");
    }

    @Test
    void whatWeBuiltOnItIsBuiltAnewOnWhatIsThere() {
        Sale sale = locked();
        elsewhere(sale, node.purchasingWallet(), node.buyer, escrow -> TransactionContent.on(escrow, new ChainAction.RequestRefund()));
        reached(sale, OnChainState.RefundRequested);
        long height = height(sale);
        submitResult(sale);
        reached(sale, OnChainState.Disputed);
        node.dropFrom(height, RolledBackTransactions.LOST);
        node.untilWithoutBlocks("undone", () -> node.payment(sale).escrow().state() == OnChainState.FundsLocked);
        reached(sale, OnChainState.ResultSubmitted);

        assertThat(node.atContract()).hasSize(2);
        assertThat(node.events(sale.paymentId().value())).containsExactly("PaymentCreated", "FundsLocked", "RefundRequested",
                "ResultSubmissionRequested", "ActionInitiated", "ResultSubmitted", "FactsUndone",
                "TransactionGivenUp", "ActionInitiated", "ResultSubmitted");
        assertThat(node.database().sql("SELECT status FROM chain_transaction ORDER BY number").query(String.class).list())
                .containsSubsequence("Confirmed", "Dropped").hasSize(3);
    }

    @Test
    void whatWeWantAndIsNotPossibleAnyMoreSaysSoAndIsAnOperatorsInTheEnd() {
        Sale sale = locked();
        submitResult(sale);
        reached(sale, OnChainState.ResultSubmitted);
        elsewhere(sale, node.purchasingWallet(), node.buyer, escrow -> TransactionContent.on(escrow, new ChainAction.RequestRefund()));
        reached(sale, OnChainState.Disputed);
        node.crash.failWith(seen -> {
            if (seen instanceof TransactionContent content && content.actions().getFirst() instanceof ChainAction.AuthorizeRefund) {
                throw new IllegalStateException("not yet");
            }
        });
        node.commands().sendAndWait(new AuthorizeRefund(sale.paymentId(), OWNER));
        node.dropFrom(height(sale), RolledBackTransactions.LOST);
        node.untilWithoutBlocks("undone", () -> node.payment(sale).escrow().state() == OnChainState.ResultSubmitted);
        node.crash.heal();
        node.untilWithoutBlocks("said", () -> {
            node.clock.advance(Duration.ofSeconds(10));
            return String.valueOf(node.payment(sale).next().errorNote()).contains("not possible in state ResultSubmitted");
        });
        assertThat(node.payment(sale).next().wireName()).isEqualTo("AuthorizeRefundRequested");
        node.untilWithoutBlocks("given up", () -> {
            node.clock.advance(Duration.ofSeconds(30));
            return node.payment(sale).next().phase() == NextAction.Phase.WaitingForManualAction;
        });
        assertThat(node.payment(sale).next().errorNote()).contains("AuthorizeRefund is not possible in state ResultSubmitted");

        node.commands().sendAndWait(new PaymentCommand.RecoverFromError(sale.paymentId(), false, OWNER));
        requestRefund(sale);
        reached(sale, OnChainState.Disputed);
        node.commands().sendAndWait(new AuthorizeRefund(sale.paymentId(), OWNER));
        reached(sale, OnChainState.RefundRequested);
    }

    /** It happens, is seen, is lost, and does not come again. */
    private void lostElsewhere(Sale sale, HotWalletId wallet, Participant owner, Function<Utxo, TransactionContent> intent) {
        EscrowStatus payment = node.payment(sale).escrow();
        EscrowStatus purchase = node.purchase(sale).escrow();
        elsewhere(sale, wallet, owner, intent);
        node.until("seen", () -> node.payment(sale).escrow().state() != payment.state()
                && node.purchase(sale).escrow().state() != payment.state());
        forgotten(sale, height(sale), payment);
        assertThat(node.purchase(sale).escrow()).isEqualTo(purchase);
        assertThat(node.purchase(sale).next()).isEqualTo(NextAction.WAIT);
    }

    private void elsewhere(Sale sale, HotWalletId wallet, Participant owner, Function<Utxo, TransactionContent> intent) {
        Utxo escrow = node.chain().unspentOutput(node.payment(sale).escrow().output()).orElseThrow();
        SignedTransaction transaction = node.bean(CardanoTransactionFactory.class).build(node.sourceId(), wallet,
                node.chain().unspent(owner.address()), intent.apply(escrow));
        assertThat(node.chain().submit(transaction.bytes())).isInstanceOf(SubmitOutcome.Accepted.class);
        node.block();
    }

    /** The blocks from this height on are lost: the payment is as before and stays so, having lost no event. */
    private void forgotten(Sale sale, long height, EscrowStatus before) {
        List<String> events = node.events(sale.paymentId().value());
        node.dropFrom(height, RolledBackTransactions.LOST);
        node.untilWithoutBlocks("undone", () -> node.payment(sale).escrow().equals(before));
        for (int i = 0; i < 3; i++) {
            node.block();
        }
        long tip = node.chain().tip().blockHeight();
        node.untilWithoutBlocks("looked further", () -> node.database().sql("SELECT max(block_height) FROM observed_block")
                .query(Long.class).single() == tip);
        assertThat(node.payment(sale).escrow()).isEqualTo(before);
        assertThat(node.payment(sale).next()).isEqualTo(NextAction.WAIT);
        assertThat(node.events(sale.paymentId().value())).startsWith(events.toArray(String[]::new)).hasSize(events.size() + 1)
                .endsWith("FactsUndone");
        node.untilWithoutBlocks("visible", () -> node.bean(QueryGateway.class)
                .query(FindSale.of(sale.paymentId(), false), WireRecord.class).join().json()
                .contains("\"onChainState\":" + (before.state() == null ? "null" : "\"" + before.state() + "\"")));
    }

    private EscrowDatum datum(Sale sale, BigInteger collateralReturn) {
        BlockchainIdentifier.Parts parts = sale.identifier.parts();
        return new EscrowDatum(node.buyer, node.seller, parts.key(), parts.signature(), parts.sellerIdentifier(),
                parts.purchaserIdentifier(), collateralReturn, "5d".repeat(32), "", sale.times, 0, 0, OnChainState.FundsLocked);
    }

    private Sale locked() {
        Sale sale = node.agree();
        reached(sale, OnChainState.FundsLocked);
        return sale;
    }

    private long height(Sale sale) {
        return node.payment(sale).escrow().transaction().at().blockHeight();
    }

    private void submitResult(Sale sale) {
        node.commands().sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId(), RESULT_HASH, OWNER));
    }

    private void requestRefund(Sale sale) {
        node.commands().sendAndWait(new PurchaseCommand.RequestRefund(sale.purchaseId(), OWNER));
    }

    private void reached(Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state
                && !node.payment(sale).next().isPending() && !node.purchase(sale).next().isPending());
    }
}
