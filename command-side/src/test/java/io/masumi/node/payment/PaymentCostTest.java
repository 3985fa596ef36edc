package io.masumi.node.payment;

import static io.masumi.node.escrow.SaleExample.*;
import static io.masumi.node.payment.PaymentExample.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.credit.CreditRules;
import io.masumi.node.credit.RecordCosts;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.payment.PaymentEvent.RefundAuthorizationRequested;
import io.masumi.node.payment.PaymentEvent.FundsLocked;
import io.masumi.node.payment.PaymentEvent.FundsWithdrawn;
import io.masumi.node.payment.PaymentEvent.ResultSubmissionRequested;
import io.masumi.node.payment.PaymentEvent.WithdrawalRequested;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a sale's own transactions cost the key that sells. A transaction of these examples costs 200 000 lovelace. */
class PaymentCostTest {

    /** A fee is 1 ADA at most. */
    private static final RecordCosts COSTS = new RecordCosts(CreditRules.STANDARD);

    @Test
    void whatIsAskedForMayTakeOneFeeUntilItIsThere() {
        assertThat(cost(List.of(CREATED))).isEqualTo(Funds.NONE);
        assertThat(cost(historyTo(OnChainState.FundsLocked))).isEqualTo(Funds.NONE);
        assertThat(cost(then(OnChainState.FundsLocked, new ResultSubmissionRequested(ID, RESULT_HASH, OWNER))))
                .isEqualTo(Funds.lovelace(1_000_000));
        assertThat(cost(historyTo(OnChainState.ResultSubmitted))).isEqualTo(Funds.lovelace(200_000));
        assertThat(cost(then(OnChainState.ResultSubmitted, new WithdrawalRequested(ID, OWNER)))).as("it pays its fee itself")
                .isEqualTo(Funds.lovelace(200_000));
        assertThat(cost(then(OnChainState.Disputed, new RefundAuthorizationRequested(ID, OWNER)))).isEqualTo(Funds.lovelace(1_200_000));
    }

    @Test
    void whatTheSaleBringsRepaysItAndNoMore() {
        assertThat(cost(historyTo(OnChainState.Withdrawn))).isEqualTo(Funds.NONE);
        assertThat(COSTS.of(folded(historyTo(OnChainState.Withdrawn)), false)).as("it went elsewhere").isEqualTo(Funds.lovelace(400_000));
        assertThat(cost(historyTo(OnChainState.RefundWithdrawn))).isEqualTo(Funds.NONE);
        assertThat(cost(historyTo(OnChainState.DisputedWithdrawn))).as("the buyer got it all").isEqualTo(Funds.lovelace(200_000));
    }

    @Test
    void aSaleThatBringsNoLovelaceMustPayForItsOwnPayout() {
        LockObservation lock = lock(1);
        LockObservation tokens = new LockObservation(lock.output(), lock.datum(),
                Funds.of(List.of(Amount.parse(POLICY, "7"), new Amount(Amount.LOVELACE, COLLATERAL_RETURN))), true, false,
                lock.transaction());

        assertThat(cost(List.of(CREATED, new FundsLocked(ID, tokens)))).isEqualTo(Funds.NONE);
        assertThat(cost(List.of(CREATED, new FundsLocked(ID, tokens), new ResultSubmissionRequested(ID, RESULT_HASH, OWNER))))
                .isEqualTo(Funds.lovelace(3_435_230));
        assertThat(COSTS.of(folded(historyTo(OnChainState.ResultSubmitted)), false)).isEqualTo(Funds.lovelace(2_635_230));
    }

    /** The output to the network must hold the ledger's minimum, however little the sale brings. */
    @Test
    void whatTheSellerAddsToAPayoutIsACost() {
        TransitionObservation paid = ((FundsWithdrawn) historyTo(OnChainState.Withdrawn).getLast()).transition();
        TransitionObservation poor = new TransitionObservation(paid.action(), paid.spent(), null, null, Funds.NONE, Funds.NONE,
                paid.withdrawnForBuyer(), paid.transaction(), Funds.lovelace(746_630), null);

        assertThat(cost(then(OnChainState.ResultSubmitted, new FundsWithdrawn(ID, poor)))).isEqualTo(Funds.lovelace(400_000 + 746_630));
    }

    private static Funds cost(List<PaymentEvent> events) {
        return COSTS.of(folded(events), true);
    }

    private static PaymentState folded(List<PaymentEvent> events) {
        return events.stream().reduce((PaymentState) null, PaymentState::evolve, (_, last) -> last);
    }
}
