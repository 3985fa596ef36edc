package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.Rejection;
import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.follower.FailedRecordings;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.TransactionContent;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.purchase.PurchaseCommand;

/** What the node fails at in a way that nobody foresaw concerns one sale, holds up no other, and is done in the end. */
@Tag("slow")
class FaultTest {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    @Test
    void anActionThatCannotBeBuiltHoldsUpNoOther() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale broken = node.agree();
            Sale other = node.agree();
            reached(node, broken, OnChainState.FundsLocked);
            reached(node, other, OnChainState.FundsLocked);
            String escrow = node.payment(broken).escrow().output().transactionHash();
            int index = node.payment(broken).escrow().output().index();
            node.crash.failWith(seen -> {
                if (seen instanceof TransactionContent content && content.actions().getFirst() instanceof ChainAction.SubmitResult
                        && content.escrow().orElseThrow().ref().equals(new OutputRef(escrow, index))) {
                    throw new StackOverflowError("a fault that nobody foresaw");
                }
            });
            submitResult(node, broken);
            node.untilWithoutBlocks("first try", () -> failedBuilds(node) == 1);
            submitResult(node, other);
            reached(node, other, OnChainState.ResultSubmitted);

            assertThat(node.database().sql("SELECT error FROM chain_action WHERE status = 'Wanted'").query(String.class).single())
                    .contains("a fault that nobody foresaw");
            node.crash.heal();
            node.clock.advance(LONGEST_PAUSE);
            reached(node, broken, OnChainState.ResultSubmitted);
            assertThat(node.events(broken.paymentId().value())).containsOnlyOnce("ResultSubmitted").doesNotContain("ActionFailed");
        }
    }

    @Test
    void anActionWhoseRowCannotBeReadIsAnOperatorsAndHoldsUpNoOther() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale broken = node.agree();
            Sale other = node.agree();
            reached(node, broken, OnChainState.FundsLocked);
            reached(node, other, OnChainState.FundsLocked);
            node.crash.failWith(seen -> {
                if (seen instanceof TransactionContent) {
                    throw new IllegalStateException("not yet");
                }
            });
            submitResult(node, broken);
            node.untilWithoutBlocks("first try", () -> failedBuilds(node) >= 1);
            node.database().sql("UPDATE chain_action SET parameters = '{\"x\": 1}' WHERE status = 'Wanted'").update();
            node.crash.heal();
            submitResult(node, other);
            reached(node, other, OnChainState.ResultSubmitted);
            node.clock.advance(LONGEST_PAUSE);
            node.untilWithoutBlocks("left to an operator", () -> node.payment(broken).next().errorNote() != null
                    && node.payment(broken).next().errorNote().contains("cannot be read"));

            node.commands().sendAndWait(new PaymentCommand.RecoverFromError(broken.paymentId(), true, NodeOnDevelopmentNetwork.OWNER));
            reached(node, broken, OnChainState.ResultSubmitted);
            assertThat(node.events(broken.paymentId().value())).containsOnlyOnce("ActionFailed").containsOnlyOnce("ResultSubmitted");
        }
    }

    @Test
    void aLockThatCannotBeBuiltHoldsUpNoneOfThoseItWasToGoWith() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale broken = node.sale();
            node.crash.failWith(seen -> {
                if (seen instanceof TransactionContent content && content.actions().stream()
                        .anyMatch(action -> action instanceof ChainAction.Lock lock && lock.identifier().equals(broken.identifier))) {
                    throw new IllegalStateException("a fault that nobody foresaw");
                }
            });
            node.commands().sendAndWait(broken.createPayment());
            node.commands().sendAndWait(broken.createPurchase());
            Sale other = node.agree();
            reached(node, other, OnChainState.FundsLocked);
            assertThat(node.purchase(broken).escrow().state()).isNull();

            node.crash.heal();
            node.clock.advance(LONGEST_PAUSE);
            reached(node, broken, OnChainState.FundsLocked);
            assertThat(node.atContract()).hasSize(2);
        }
    }

    /** Another process wrote the intent, and this one asks an aggregate that it has in memory from before. */
    @Test
    void whatAnAggregateRefusesThatIsOlderThanTheWishIsDoneAllTheSame() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            reached(node, sale, OnChainState.FundsLocked);
            String id = sale.paymentId().value();
            // In memory, and held there.
            node.commands().sendAndWait(new PaymentCommand.RecordTransactionGivenUp(sale.paymentId(), EscrowAction.Withdraw,
                    new GivenUpTransaction("ab".repeat(32), 1, "it was for another test", false, null)));
            EventStore events = node.bean(EventStore.class);
            events.publish(new GenericDomainEventMessage<>("Payment", id, events.lastSequenceNumberFor(id).orElseThrow() + 1,
                    new PaymentEvent.ResultSubmissionRequested(sale.paymentId(), "ab".repeat(32), NodeOnDevelopmentNetwork.OWNER)));
            reached(node, sale, OnChainState.ResultSubmitted);
            assertThat(node.events(id)).containsOnlyOnce("ResultSubmitted").doesNotContain("ActionFailed");
        }
    }

    @Test
    void whatARecordRefusesAgainAndAgainIsTriedAgainAndShownAndHoldsUpNoOther() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale refusing = node.agree();
            Sale other = node.agree();
            reached(node, refusing, OnChainState.FundsLocked);
            reached(node, other, OnChainState.FundsLocked);
            node.crash.failWith(command -> {
                if (command instanceof PaymentCommand.RecordActionInitiated c && c.paymentId().equals(refusing.paymentId())) {
                    throw Rejection.conflict("The payment is not about to SubmitResult", null);
                }
            });
            submitResult(node, refusing);
            submitResult(node, other);
            reached(node, other, OnChainState.ResultSubmitted);
            node.untilWithoutBlocks("refused more than once", () -> {
                node.clock.advance(Duration.ofSeconds(1));
                return !node.bean(FailedRecordings.class).concerns().isEmpty();
            });
            assertThat(node.bean(FailedRecordings.class).concerns()).singleElement().satisfies(concern -> {
                assertThat(concern.subject()).isEqualTo(refusing.paymentId().value());
                assertThat(concern.reason()).contains("SubmitResult");
            });
            assertThat(node.database().sql("SELECT status FROM chain_action WHERE aggregate_id = ? AND kind = 'SubmitResult'")
                    .param(refusing.paymentId().value()).query(String.class).single()).isNotEqualTo("Abandoned");
            node.crash.heal();
            node.clock.advance(LONGEST_PAUSE);
            reached(node, refusing, OnChainState.ResultSubmitted);
            assertThat(node.bean(FailedRecordings.class).concerns()).isEmpty();
        }
    }

    @Test
    void whatARecordCannotTakeNoteOfIsKeptInOrderAndHoldsUpNoOther() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale broken = node.sale();
            // Refused, and not failed at: what the chain shows nobody can refuse.
            node.crash.failWith(command -> {
                if (command instanceof PaymentCommand.RecordLock c && c.paymentId().equals(broken.paymentId())
                        || command instanceof PaymentCommand.RecordTransition m && m.paymentId().equals(broken.paymentId())) {
                    throw Rejection.notFound("a fault that nobody foresaw");
                }
            });
            node.commands().sendAndWait(broken.createPayment());
            node.commands().sendAndWait(broken.createPurchase());
            Sale other = node.agree();
            reached(node, other, OnChainState.FundsLocked);
            node.until("its buyer knows", () -> node.purchase(broken).escrow().state() == OnChainState.FundsLocked);
            node.commands().sendAndWait(new PurchaseCommand.RequestRefund(broken.purchaseId(), NodeOnDevelopmentNetwork.OWNER));
            node.until("its buyer goes on", () -> node.purchase(broken).escrow().state() == OnChainState.RefundRequested);

            assertThat(node.events(broken.paymentId().value())).containsExactly("PaymentCreated");
            assertThat(pendingRetries(node)).hasSize(2).containsOnly(broken.paymentId().value());
            node.until("health says so", () -> !node.bean(FailedRecordings.class).concerns().isEmpty());
            assertThat(node.bean(FailedRecordings.class).concerns()).singleElement().satisfies(concern -> {
                assertThat(concern.subject()).isEqualTo(broken.paymentId().value());
                assertThat(concern.reason()).contains("the chain shows transaction", "goes on").doesNotContain("nobody foresaw");
            });
            assertThat(node.database().sql("SELECT note FROM observed_transaction ORDER BY block_height").query(String.class).list())
                    .anySatisfy(note -> assertThat(note).contains("a fault that nobody foresaw"));
            node.stop();
            node.start();
            node.crash.heal();
            node.clock.advance(LONGEST_PAUSE);
            reached(node, broken, OnChainState.RefundRequested);

            assertThat(node.events(broken.paymentId().value())).containsExactly("PaymentCreated", "FundsLocked", "RefundRequested");
            node.untilWithoutBlocks("no retry is pending", () -> pendingRetries(node).isEmpty());
        }
    }

    @Test
    void aRollbackThatARecordCannotTakeNoteOfIsKeptBeforeAllThatComesLaterAndHoldsUpNoOther() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale broken = node.agree();
            Sale other = node.agree();
            reached(node, broken, OnChainState.FundsLocked);
            reached(node, other, OnChainState.FundsLocked);
            node.crash.failWith(failing(
                    command -> command instanceof PaymentCommand.UndoFacts c && c.paymentId().equals(broken.paymentId())));
            node.dropFrom(Math.min(node.payment(broken).escrow().transaction().at().blockHeight(),
                    node.payment(other).escrow().transaction().at().blockHeight()), RolledBackTransactions.LOST);
            node.untilWithoutBlocks("the other one knows", () -> node.payment(other).escrow().state() == null);
            reached(node, other, OnChainState.FundsLocked);
            node.until("its buyer goes on", () -> node.purchase(broken).escrow().state() == OnChainState.FundsLocked);
            submitResult(node, other);
            reached(node, other, OnChainState.ResultSubmitted);

            assertThat(node.events(broken.paymentId().value())).containsExactly("PaymentCreated", "FundsLocked");
            assertThat(pendingRetries(node)).hasSize(2).containsOnly(broken.paymentId().value());
            node.stop();
            node.start();
            node.crash.heal();
            node.clock.advance(LONGEST_PAUSE);
            node.until("it knows in the end", () -> node.events(broken.paymentId().value())
                    .equals(List.of("PaymentCreated", "FundsLocked", "FactsUndone", "FundsLocked")));
            submitResult(node, broken);
            reached(node, broken, OnChainState.ResultSubmitted);
            assertThat(pendingRetries(node)).isEmpty();
        }
    }

    private static Consumer<Object> failing(Predicate<Object> which) {
        return seen -> {
            if (which.test(seen)) {
                throw new IllegalStateException("a fault that nobody foresaw");
            }
        };
    }

    private static List<String> pendingRetries(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT aggregate_id FROM pending_retry ORDER BY number").query(String.class).list();
    }

    private static int failedBuilds(NodeOnDevelopmentNetwork node) {
        return node.database().sql("SELECT max(failed_builds) FROM chain_action").query(Integer.class).single();
    }

    private static void submitResult(NodeOnDevelopmentNetwork node, Sale sale) {
        node.commands().sendAndWait(
                new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH, NodeOnDevelopmentNetwork.OWNER));
    }

    private static void reached(NodeOnDevelopmentNetwork node, Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state);
    }
}
