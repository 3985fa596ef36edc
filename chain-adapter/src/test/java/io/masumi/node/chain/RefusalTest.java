package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.purchase.PurchaseCommand;

/** What the ledger refuses for good, what is not where it should be, and what an operator makes of it. */
@Tag("slow")
class RefusalTest {

    /** Of a transaction, from when it was built. */
    private static final Duration VALIDITY = Duration.ofMinutes(5);

    @Test
    void anActionOnAnEscrowIsBuiltAnewLongBeforeTheRefusedOneExpires() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            reached(node, sale, OnChainState.FundsLocked);
            forge(node, 1);
            Instant asked = node.clock.instant();
            submitResult(node, sale);
            reached(node, sale, OnChainState.ResultSubmitted);

            assertThat(node.clock.instant()).isBefore(asked.plus(VALIDITY.dividedBy(2)));
            assertThat(statuses(node)).containsOnlyOnce("Dropped").hasSize(3);
            assertThat(node.atContract()).hasSize(2);
            assertThat(node.events(sale.paymentId().value())).containsOnlyOnce("ResultSubmitted").doesNotContain("ActionFailed");
        }
    }

    @Test
    void whatIsRefusedAgainAndAgainIsAnOperatorsWhoCanTryItOnceMore() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            reached(node, sale, OnChainState.FundsLocked);
            forge(node, Integer.MAX_VALUE);
            submitResult(node, sale);
            node.until("given up", () -> node.payment(sale).next().phase() == NextAction.Phase.WaitingForManualAction);

            assertThat(node.payment(sale).next().errorType()).isEqualTo(ErrorType.Unknown);
            assertThat(node.payment(sale).next().errorNote()).contains("3 transactions came to nothing").contains("refused");
            assertThat(statuses(node)).filteredOn("Dropped"::equals).hasSize(3);
            node.crash.heal();
            node.commands().sendAndWait(new PaymentCommand.RecoverFromError(sale.paymentId(), true, NodeOnDevelopmentNetwork.OWNER));
            reached(node, sale, OnChainState.ResultSubmitted);
            assertThat(node.atContract()).hasSize(2);
        }
    }

    @Test
    void aLockIsNotBuiltAnewAsLongAsTheRefusedOneCouldLand() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            forge(node, 1);
            Sale sale = node.agree();
            node.untilWithoutBlocks("refused", () -> node.database()
                    .sql("SELECT count(*) FROM chain_transaction WHERE last_reply LIKE 'refused%'").query(Long.class).single() == 1);
            for (int i = 0; i < 20; i++) {
                node.block();
            }
            node.untilWithoutBlocks("refused once more",
                    () -> node.database().sql("SELECT submit_attempts FROM chain_transaction").query(Integer.class).single() > 1);
            assertThat(statuses(node)).containsExactly("Signed");

            node.clock.advance(VALIDITY);
            reached(node, sale, OnChainState.FundsLocked);
            assertThat(node.atContract()).hasSize(1);
            assertThat(statuses(node)).hasSize(2).startsWith("Dropped");
        }
    }

    @Test
    void aLockThatNobodyCanDecodeIsBuiltAnewAtOnceUnlessAReplyWasLostBefore() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            forge(node, 1, Forgery::cutShort);
            Instant asked = node.clock.instant();
            Sale sale = node.agree();
            reached(node, sale, OnChainState.FundsLocked);
            assertThat(node.clock.instant()).isBefore(asked.plus(VALIDITY.dividedBy(2)));
            assertThat(statuses(node)).hasSize(2).startsWith("Dropped");
            assertThat(node.atContract()).hasSize(1);

            forge(node, 1, Forgery::cutShort);
            node.crash.carryBy((_, _) -> new SubmitOutcome.Unknown("the reply is lost"));
            Sale doubtful = node.agree();
            node.until("sent", () -> node.database().sql("SELECT max(submit_attempts) FROM chain_transaction").query(Integer.class)
                    .single() > 0 && statuses(node).size() == 3);
            node.crash.carryBy(CrashPoint.Carrier.FAITHFUL);
            node.until("refused", () -> node.database()
                    .sql("SELECT count(*) FROM chain_transaction WHERE status = 'Signed' AND last_reply LIKE 'refused%TxCmdTxReadError%'")
                    .query(Long.class).single() == 1);
            assertThat(node.purchase(doubtful).escrow().state()).isNull();
        }
    }

    @Test
    void aLockThatIsAskedForAgainIsNotMadeBesideOneThatCanStillLand() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            node.untilWithoutBlocks("accepted", () -> statuses(node).equals(List.of("Submitted")));
            node.commands().sendAndWait(new PurchaseCommand.RequireOperator(sale.purchaseId(), ErrorType.Unknown, "look at this"));
            node.commands().sendAndWait(new PurchaseCommand.RecoverFromError(sale.purchaseId(), true, NodeOnDevelopmentNetwork.OWNER));
            node.untilWithoutBlocks("looked at", () -> node.database()
                    .sql("SELECT EXISTS (SELECT 1 FROM chain_action WHERE status = 'Wanted' AND retry_at > created_at)")
                    .query(Boolean.class).single());
            reached(node, sale, OnChainState.FundsLocked);
            node.until("settled", () -> node.database().sql("SELECT count(*) FROM utxo_reservation").query(Long.class).single() == 0);

            assertThat(node.atContract()).hasSize(1);
            assertThat(statuses(node)).containsExactly("Confirmed");
            // By its saga, or by whoever was about to build it and saw the first.
            assertThat(node.database().sql("SELECT status FROM chain_action ORDER BY number").query(String.class).list())
                    .isIn(List.of("Confirmed", "Abandoned"), List.of("Confirmed", "Failed"));
        }
    }

    @Test
    void anEscrowThatIsNotWhereItShouldBeIsMissedAndWaitedFor() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            reached(node, sale, OnChainState.FundsLocked);
            node.untilWithoutBlocks("the sagas know", () -> node.database().sql("SELECT count(*) FROM escrow_position").query(Long.class)
                    .single() == 2);
            node.database().sql("UPDATE escrow_position SET output_index = output_index + 100").update();
            submitResult(node, sale);
            node.untilWithoutBlocks("missed", () -> {
                node.clock.advance(Duration.ofSeconds(10));
                return node.payment(sale).next().errorNote() != null;
            });

            assertThat(node.payment(sale).next().wireName()).isEqualTo("SubmitResultRequested");
            assertThat(node.payment(sale).next().errorNote()).contains("is not unspent on the chain");
            node.database().sql("UPDATE escrow_position SET output_index = output_index - 100").update();
            node.clock.advance(Duration.ofMinutes(1));
            reached(node, sale, OnChainState.ResultSubmitted);
            assertThat(node.payment(sale).next().errorNote()).isNull();
        }
    }

    /** The next transactions get a signature that does not hold. */
    private static void forge(NodeOnDevelopmentNetwork node, int howMany) {
        forge(node, howMany, Forgery::of);
    }

    private static void forge(NodeOnDevelopmentNetwork node, int howMany, UnaryOperator<SignedTransaction> forgery) {
        AtomicInteger left = new AtomicInteger(howMany);
        node.crash.forge(signed -> left.getAndUpdate(count -> Math.max(0, count - 1)) > 0 ? forgery.apply(signed) : signed);
    }

    private static List<String> statuses(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT status FROM chain_transaction ORDER BY number").query(String.class).list();
    }

    private static void submitResult(NodeOnDevelopmentNetwork node, Sale sale) {
        node.commands().sendAndWait(
                new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH, NodeOnDevelopmentNetwork.OWNER));
    }

    private static void reached(NodeOnDevelopmentNetwork node, Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state);
    }
}
