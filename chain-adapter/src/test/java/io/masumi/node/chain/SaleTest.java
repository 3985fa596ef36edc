package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentCommand;

/** A sale from agreement to withdrawn money, through aggregates, sagas, chain actions, the ledger and the follower. */
@Tag("slow")
class SaleTest {

    @Test
    void goesFromAgreementToWithdrawnMoneyByItselfButForTheResult() {
        try (NodeOnDevelopmentNetwork node = NodeOnDevelopmentNetwork.funded()) {
            Sale sale = node.agree();
            node.until("locked", () -> node.payment(sale).escrow().state() == OnChainState.FundsLocked
                    && node.purchase(sale).escrow().state() == OnChainState.FundsLocked);

            node.commands().sendAndWait(new PaymentCommand.SubmitResult(sale.paymentId(), NodeOnDevelopmentNetwork.RESULT_HASH,
                    NodeOnDevelopmentNetwork.OWNER));
            node.until("result on chain", () -> node.purchase(sale).escrow().state() == OnChainState.ResultSubmitted);

            node.clock.set(Instant.ofEpochMilli(sale.times.unlockTime()).plus(Duration.ofMinutes(10)));
            node.until("withdrawn", () -> node.payment(sale).escrow().state() == OnChainState.Withdrawn
                    && node.purchase(sale).escrow().state() == OnChainState.Withdrawn);

            assertThat(node.events(sale.paymentId().value())).containsExactly("PaymentCreated", "FundsLocked", "ResultSubmissionRequested",
                    "ActionInitiated", "ResultSubmitted", "WithdrawalRequested", "ActionInitiated", "FundsWithdrawn");
            assertThat(node.events(sale.purchaseId().value())).containsExactly("PurchaseCreated", "FundsLockingRequested",
                    "ActionInitiated", "FundsLocked", "ResultSubmitted", "FundsWithdrawn");
            assertThat(node.atContract()).hasSize(3);

            EscrowStatus escrow = node.payment(sale).escrow();
            BigInteger locked = escrow.withdrawnForSeller().lovelace().add(escrow.withdrawnForBuyer().lovelace());
            assertThat(escrow.withdrawnForBuyer().lovelace()).isEqualTo(escrow.collateralReturnLovelace());
            assertThat(locked).isGreaterThan(BigInteger.valueOf(NodeOnDevelopmentNetwork.PRICE * 3 / 5));
            assertThat(escrow.buyerFees()).isPositive();
            assertThat(escrow.sellerFees()).isPositive();
            node.until("settled", () -> node.database().sql("SELECT count(*) FROM utxo_reservation").query(Long.class).single() == 0);
            assertThat(node.database().sql("SELECT DISTINCT status FROM chain_action").query(String.class).list())
                    .containsExactly("Confirmed");
        }
    }
}
