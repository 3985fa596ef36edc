package io.masumi.node.chain;

import static io.masumi.node.chain.RaceTest.Move.ANOTHER_RESULT;
import static io.masumi.node.chain.RaceTest.Move.AUTHORIZE;
import static io.masumi.node.chain.RaceTest.Move.CANCEL;
import static io.masumi.node.chain.RaceTest.Move.REFUND;
import static io.masumi.node.chain.RaceTest.Move.RESULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.cardano.transaction.CardanoTransactionFactory;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.TransactionContent;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.devnet.ledger.TransactionRejected;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.purchase.PurchaseCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One party's transaction is signed and on its way when the other party moves the escrow with software of its own: it is built
 * anew where the escrow stands now, or not at all where it makes no sense any more, and at once: not when its time is over.
 */
@Tag("slow")
class RaceTest {

    private static final Duration AFTER_COOLDOWN = NodeOnDevelopmentNetwork.COOLDOWN.plusMinutes(5).plusSeconds(5);

    /** Of a transaction, from when it was built. */
    private static final Duration VALIDITY = Duration.ofMinutes(5);

    /** What a party does, by its node or by software of its own. */
    enum Move {
        RESULT(true) {
            @Override
            Object command(Sale sale) {
                return new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH,
                        NodeOnDevelopmentNetwork.OWNER);
            }

            @Override
            TransactionContent intent(Utxo escrow) {
                return TransactionContent.on(escrow, new ChainAction.SubmitResult(NodeOnDevelopmentNetwork.RESULT_HASH));
            }
        },
        ANOTHER_RESULT(true) {
            @Override
            Object command(Sale sale) {
                return new PaymentCommand.SubmitResult(sale.paymentId(), "ab".repeat(32), NodeOnDevelopmentNetwork.OWNER);
            }

            @Override
            TransactionContent intent(Utxo escrow) {
                return TransactionContent.on(escrow, new ChainAction.SubmitResult("ab".repeat(32)));
            }
        },
        AUTHORIZE(true) {
            @Override
            Object command(Sale sale) {
                return new PaymentCommand.AuthorizeRefund(sale.paymentId(), NodeOnDevelopmentNetwork.OWNER);
            }

            @Override
            TransactionContent intent(Utxo escrow) {
                return TransactionContent.on(escrow, new ChainAction.AuthorizeRefund());
            }
        },
        REFUND(false) {
            @Override
            Object command(Sale sale) {
                return new PurchaseCommand.RequestRefund(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER);
            }

            @Override
            TransactionContent intent(Utxo escrow) {
                return TransactionContent.on(escrow, new ChainAction.RequestRefund());
            }
        },
        CANCEL(false) {
            @Override
            Object command(Sale sale) {
                return new PurchaseCommand.CancelRefundRequest(sale.purchaseId(), NodeOnDevelopmentNetwork.OWNER);
            }

            @Override
            TransactionContent intent(Utxo escrow) {
                return TransactionContent.on(escrow, new ChainAction.CancelRefundRequest());
            }
        };

        private final boolean bySeller;

        Move(boolean bySeller) {
            this.bySeller = bySeller;
        }

        abstract Object command(Sale sale);

        abstract TransactionContent intent(Utxo escrow);

        /** With another software than the node. */
        void elsewhere(Sale sale) {
            Utxo escrow = node.chain().unspentOutput(node.payment(sale).escrow().output()).orElseThrow();
            SignedTransaction signed = node.bean(CardanoTransactionFactory.class).build(node.sourceId(),
                    bySeller ? node.sellingWallet() : node.purchasingWallet(),
                    node.chain().unspent((bySeller ? node.seller : node.buyer).address()), intent(escrow));
            assertThat(node.chain().submit(signed.bytes())).isInstanceOf(SubmitOutcome.Accepted.class);
        }
    }

    /**
     * @param before what happened so far
     * @param late what is on its way
     * @param first what gets there before it
     * @param end the state when nothing is left to do
     * @param transactions how many it takes from the first on
     */
    record Race(List<Move> before, Move late, Move first, OnChainState end, int transactions) {}

    static List<Race> races() {
        return List.of(
                new Race(List.of(), RESULT, REFUND, OnChainState.Disputed, 2),
                new Race(List.of(), REFUND, RESULT, OnChainState.Disputed, 2),
                new Race(List.of(REFUND), CANCEL, RESULT, OnChainState.ResultSubmitted, 2),
                new Race(List.of(REFUND), RESULT, CANCEL, OnChainState.ResultSubmitted, 2),
                new Race(List.of(RESULT), ANOTHER_RESULT, REFUND, OnChainState.Disputed, 2),
                new Race(List.of(RESULT), REFUND, ANOTHER_RESULT, OnChainState.Disputed, 2),
                new Race(List.of(RESULT, REFUND), ANOTHER_RESULT, CANCEL, OnChainState.ResultSubmitted, 2),
                new Race(List.of(RESULT, REFUND), CANCEL, ANOTHER_RESULT, OnChainState.ResultSubmitted, 2),
                new Race(List.of(RESULT, REFUND), CANCEL, AUTHORIZE, OnChainState.FundsLocked, 2),
                // There is no dispute any more in which the seller could give in.
                new Race(List.of(RESULT, REFUND), AUTHORIZE, CANCEL, OnChainState.ResultSubmitted, 1));
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

    @ParameterizedTest
    @MethodSource("races")
    void whatIsLateIsBuiltAnewOrNotAtAll(Race race) {
        Sale sale = node.agree();
        still(sale);
        for (Move step : race.before) {
            node.commands().sendAndWait(step.command(sale));
            still(sale);
        }
        // Nobody has to wait for a cooldown.
        node.clock.advance(AFTER_COOLDOWN);
        int before = node.atContract().size();
        AtomicReference<byte[]> late = new AtomicReference<>();
        node.crash.carryBy((transaction, network) -> late.compareAndSet(null, transaction) || Arrays.equals(late.get(), transaction)
                ? new SubmitOutcome.Unknown("on its way")
                : network.submit(transaction));
        node.commands().sendAndWait(race.late.command(sale));
        node.untilWithoutBlocks("it is on its way", () -> late.get() != null);
        Instant asked = node.clock.instant();
        race.first.elsewhere(sale);
        node.block();
        still(sale);

        assertThatThrownBy(() -> node.network.submit(late.get())).isInstanceOf(TransactionRejected.class);
        node.crash.heal();
        node.until("nothing is left to do", () -> node.database()
                .sql("SELECT NOT EXISTS (SELECT 1 FROM chain_action WHERE status IN ('Wanted', 'Signed', 'Submitted'))")
                .query(Boolean.class).single());
        assertThat(node.clock.instant()).isBefore(asked.plus(VALIDITY.dividedBy(2)));
        assertThat(node.atContract()).hasSize(before + race.transactions);
        assertThat(node.payment(sale).escrow().state()).isEqualTo(race.end);
        assertThat(node.events(sale.paymentId().value())).doesNotContain("ActionFailed", "UnexpectedTransitionObserved");
        assertThat(node.events(sale.purchaseId().value())).doesNotContain("ActionFailed", "UnexpectedTransitionObserved");
    }

    /** Nothing is about to happen. */
    private static void still(Sale sale) {
        node.until("nothing is about to happen", () -> node.payment(sale).escrow().state() != null
                && node.payment(sale).escrow().transaction().equals(node.purchase(sale).escrow().transaction())
                && !node.payment(sale).next().isPending() && !node.purchase(sale).next().isPending());
    }
}
