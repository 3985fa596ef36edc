package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.RejectedException;
import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.sale.SaleQuery.FindSale;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every deadline of a sale, passed while the network cannot be reached, or does not get what is sent, or the node is down: what
 * is still possible happens afterwards, and what is not ends where an operator sees it, with a reason.
 */
@Tag("slow")
class TimeoutTest {

    private static final Duration WITHDRAW_DELAY = Duration.ofMinutes(10);
    private static final Duration A_MOMENT = Duration.ofSeconds(2);
    private static final String TOO_LATE = "the time for it is over";

    /** Why nothing gets through. */
    enum Silence {
        PROVIDER_IS_DOWN {
            @Override
            void begin() {
                node.network.faults().down(true);
            }
        },
        TRANSACTIONS_GET_LOST {
            @Override
            void begin() {
                node.crash.carryBy((_, _) -> new SubmitOutcome.Unknown("swallowed"));
            }

            @Override
            void awaitFirst() {
                node.untilWithoutBlocks("it is signed and lost", () -> node.database()
                        .sql("SELECT EXISTS (SELECT 1 FROM chain_transaction WHERE status = 'Signed' AND last_reply LIKE '%swallowed%')")
                        .query(Boolean.class).single());
            }
        };

        abstract void begin();

        /** Until something could have been sent. */
        void awaitFirst() {}

        static void end() {
            node.network.faults().clear();
            node.crash.heal();
        }
    }

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
    void silenceEnds() {
        Silence.end();
    }

    @ParameterizedTest
    @EnumSource
    void aLockThatIsNotThereByPayByTimeIsGivenUp(Silence silence) {
        Sale sale = node.sale();
        send(sale.createPayment());
        silence.begin();
        send(sale.createPurchase());
        silence.awaitFirst();
        pass(sale.times.payByTime());
        givenUp(sale, false, "Lock");
        Silence.end();
        assertThatThrownBy(() -> send(new PurchaseCommand.RecoverFromError(sale.purchaseId(), true, NodeOnDevelopmentNetwork.OWNER)))
                .isInstanceOf(RejectedException.class).hasMessageContaining("payByTime is over");
        send(new PurchaseCommand.RecoverFromError(sale.purchaseId(), false, NodeOnDevelopmentNetwork.OWNER));
        shows(sale, false, "None", null);

        node.clock.advance(WITHDRAW_DELAY);
        node.until("the seller does not wait any longer", () -> node.payment(sale).next().equals(NextAction.NONE));
        shows(sale, true, "None", null);
        assertThat(node.events(sale.paymentId().value())).containsExactly("PaymentCreated", "PaymentExpired");
    }

    @ParameterizedTest
    @EnumSource
    void aResultThatIsNotThereBySubmitResultTimeIsGivenUpAndTheBuyerGetsItsMoneyBack(Silence silence) {
        Sale sale = locked();
        silence.begin();
        send(result(sale, 'a'));
        silence.awaitFirst();
        pass(sale.times.submitResultTime());
        givenUp(sale, true, "SubmitResult");
        Silence.end();
        assertThatThrownBy(() -> send(new PaymentCommand.RecoverFromError(sale.paymentId(), true, NodeOnDevelopmentNetwork.OWNER)))
                .isInstanceOf(RejectedException.class).hasMessageContaining("submitResultTime is over");

        node.clock.advance(WITHDRAW_DELAY);
        reached(sale, OnChainState.RefundWithdrawn);
        shows(sale, true, "None", null);
        shows(sale, false, "None", null);
    }

    @Test
    void whatIsTooLateIsGivenUpWhileNobodyAnswersAlsoWhenSomethingElseIsUnderWay() {
        Sale underWay = locked();
        Sale sale = locked();
        send(result(underWay, 'a'));
        node.untilWithoutBlocks("sent", () -> node.database()
                .sql("SELECT count(*) FROM chain_transaction WHERE status = 'Submitted'").query(Long.class).single() > 0);
        Silence.PROVIDER_IS_DOWN.begin();
        send(result(sale, 'a'));
        pass(sale.times.submitResultTime());
        givenUp(sale, true, "SubmitResult");
        Silence.end();
        node.clock.advance(WITHDRAW_DELAY);
        reached(sale, OnChainState.RefundWithdrawn);
    }

    @ParameterizedTest
    @EnumSource
    void anotherResultThatIsNotThereByTheEndOfTheDisputeIsGivenUpAndTheSellerCanStillGiveIn(Silence silence) {
        Sale sale = locked();
        send(result(sale, 'a'));
        reached(sale, OnChainState.ResultSubmitted);
        send(refund(sale));
        reached(sale, OnChainState.Disputed);
        silence.begin();
        send(result(sale, 'b'));
        silence.awaitFirst();
        pass(sale.times.externalDisputeUnlockTime());
        givenUp(sale, true, "SubmitResult");
        Silence.end();
        assertThatThrownBy(() -> send(new PaymentCommand.RecoverFromError(sale.paymentId(), true, NodeOnDevelopmentNetwork.OWNER)))
                .isInstanceOf(RejectedException.class).hasMessageContaining("externalDisputeUnlockTime is over");

        send(new PaymentCommand.RecoverFromError(sale.paymentId(), false, NodeOnDevelopmentNetwork.OWNER));
        send(new PaymentCommand.AuthorizeRefund(sale.paymentId(), NodeOnDevelopmentNetwork.OWNER));
        reached(sale, OnChainState.RefundWithdrawn);
    }

    @ParameterizedTest
    @EnumSource
    void aRefundThatIsNotAskedForByUnlockTimeIsGivenUpAndTheSellerIsPaid(Silence silence) {
        Sale sale = locked();
        send(result(sale, 'a'));
        reached(sale, OnChainState.ResultSubmitted);
        silence.begin();
        send(refund(sale));
        silence.awaitFirst();
        pass(sale.times.unlockTime());
        givenUp(sale, false, "RequestRefund");
        Silence.end();
        assertThatThrownBy(() -> send(new PurchaseCommand.RecoverFromError(sale.purchaseId(), true, NodeOnDevelopmentNetwork.OWNER)))
                .isInstanceOf(RejectedException.class).hasMessageContaining("unlockTime is over");

        node.clock.advance(WITHDRAW_DELAY);
        reached(sale, OnChainState.Withdrawn);
        shows(sale, false, "None", null);
    }

    @Test
    void aRefundThatCouldNotBeAskedForIsWithdrawnAllTheSameWhenNoResultCame() {
        Sale sale = locked();
        Silence.TRANSACTIONS_GET_LOST.begin();
        send(refund(sale));
        Silence.TRANSACTIONS_GET_LOST.awaitFirst();
        pass(sale.times.unlockTime());
        givenUp(sale, false, "RequestRefund");
        Silence.end();

        send(new PurchaseCommand.RecoverFromError(sale.purchaseId(), false, NodeOnDevelopmentNetwork.OWNER));
        reached(sale, OnChainState.RefundWithdrawn);
    }

    @ParameterizedTest
    @EnumSource
    void moneyThatIsDueInTheMeantimeIsCollectedAfterwards(Silence silence) {
        Sale unanswered = locked();
        Sale sold = locked();
        send(result(sold, 'a'));
        reached(sold, OnChainState.ResultSubmitted);
        silence.begin();
        pass(sold.times.unlockTime() + WITHDRAW_DELAY.toMillis());
        node.untilWithoutBlocks("both are due", () -> node.payment(sold).next().wireName().startsWith("Withdraw")
                && node.purchase(unanswered).next().wireName().startsWith("WithdrawRefund"));
        assertThat(node.payment(sold).next().errorNote()).isNull();
        assertThat(node.purchase(unanswered).next().errorNote()).isNull();
        Silence.end();

        reached(sold, OnChainState.Withdrawn);
        reached(unanswered, OnChainState.RefundWithdrawn);
    }

    @Test
    void deadlinesThatPassWhileTheNodeIsDownAreKeptWhenItIsUpAgainBeforeItsProvider() {
        Sale unpaid = node.sale();
        send(unpaid.createPayment());
        Sale unanswered = locked();
        Sale sold = locked();
        send(result(sold, 'a'));
        reached(sold, OnChainState.ResultSubmitted);
        node.stop();
        pass(sold.times.unlockTime() + WITHDRAW_DELAY.toMillis());
        Silence.PROVIDER_IS_DOWN.begin();
        node.start();
        Silence.end();

        reached(sold, OnChainState.Withdrawn);
        reached(unanswered, OnChainState.RefundWithdrawn);
        node.until("expired", () -> node.payment(unpaid).next().equals(NextAction.NONE));
        assertThat(node.events(unpaid.paymentId().value())).containsExactly("PaymentCreated", "PaymentExpired");
    }

    private static Sale locked() {
        Sale sale = node.agree();
        reached(sale, OnChainState.FundsLocked);
        return sale;
    }

    /** Time goes on beyond that, and the chain knows. @param deadline Unix ms */
    private static void pass(long deadline) {
        node.clock.set(Instant.ofEpochMilli(deadline).plus(A_MOMENT));
        node.network.makeBlock();
    }

    private static void givenUp(Sale sale, boolean seller, String action) {
        node.until(action + " is given up", () -> (seller ? node.payment(sale).next() : node.purchase(sale).next())
                .phase() == NextAction.Phase.WaitingForManualAction);
        shows(sale, seller, "WaitingForManualAction", action + ": " + TOO_LATE);
    }

    /** What the API shows. @param note how the error note begins, null for none */
    private static void shows(Sale sale, boolean seller, String action, String note) {
        node.untilWithoutBlocks(action + " is shown", () -> {
            String json = node.bean(QueryGateway.class).query(seller
                    ? FindSale.of(sale.paymentId(), false)
                    : FindSale.of(sale.purchaseId(), false), WireRecord.class).join().json();
            return json.contains("\"requestedAction\":\"" + action + "\"")
                    && json.contains("\"errorNote\":" + (note == null ? "null" : "\"" + note));
        });
    }

    private static PaymentCommand.SubmitResult result(Sale sale, char digit) {
        return new PaymentCommand.SubmitResult(sale.paymentId(), String.valueOf(digit).repeat(64), NodeOnDevelopmentNetwork.OWNER);
    }

    private static PurchaseCommand.RequestRefund refund(Sale sale) {
        return new PurchaseCommand.RequestRefund(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER);
    }

    private static void send(Object command) {
        node.commands().sendAndWait(command);
    }

    private static void reached(Sale sale, OnChainState state) {
        node.until(state.name(), () -> node.payment(sale).escrow().state() == state && node.purchase(sale).escrow().state() == state
                && !node.payment(sale).next().isPending() && !node.purchase(sale).next().isPending());
    }
}
