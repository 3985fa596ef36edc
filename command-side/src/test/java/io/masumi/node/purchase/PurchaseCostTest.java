package io.masumi.node.purchase;

import static io.masumi.node.escrow.SaleExample.*;
import static io.masumi.node.purchase.PurchaseExample.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.credit.CreditRules;
import io.masumi.node.credit.RecordCosts;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.purchase.PurchaseEvent.ActionFailed;
import io.masumi.node.purchase.PurchaseEvent.DisputeResolved;
import io.masumi.node.purchase.PurchaseEvent.FundsLocked;
import io.masumi.node.purchase.PurchaseEvent.PurchaseExpired;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestCancellationRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundRequested;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a purchase costs the key that asked for it. A transaction of these examples costs 200 000 lovelace. */
class PurchaseCostTest {

    /** A fee is 1 ADA at most; the price of 5 ADA holds an escrow by itself. */
    private static final CreditRules RULES = CreditRules.STANDARD;
    private static final RecordCosts COSTS = new RecordCosts(RULES);

    @Test
    void aLockMayTakeTheCollateralReturnAndTheFeeBesidesThePrice() {
        assertThat(RULES.mostForLock(Funds.lovelace(5_000_000))).isEqualTo(Funds.lovelace(6_000_000));
        assertThat(RULES.mostForLock(Funds.lovelace(1))).isEqualTo(Funds.lovelace(6_000_000));
        assertThat(RULES.mostForLock(Funds.lovelace(4_999_999))).as("a collateral return is none, or 1.43523 ADA")
                .isEqualTo(Funds.lovelace(4_999_999 + 1_435_230 + 1_000_000));
        Funds tokens = Funds.of(List.of(Amount.parse(POLICY, "7")));
        assertThat(RULES.mostForLock(tokens)).isEqualTo(tokens.plus(Funds.lovelace(6_500_000)));
    }

    @Test
    void aLockMayBeThereUntilItIsKnownThatNoneIs() {
        List<PurchaseEvent> failed = List.of(CREATED, LOCK_WANTED, LOCK_SIGNED,
                new ActionFailed(ID, EscrowAction.Lock, ErrorType.Unknown, "it did not go"));
        List<PurchaseEvent> expired = new ArrayList<>(failed);
        expired.add(new PurchaseExpired(ID, TIMES.payByTime(), blockAt(TIMES.payByTime() + 1)));

        assertThat(cost(List.of(CREATED, LOCK_WANTED))).isEqualTo(RULES.mostForLock(PRICE));
        assertThat(cost(signed())).isEqualTo(RULES.mostForLock(PRICE));
        assertThat(cost(failed)).isEqualTo(RULES.mostForLock(PRICE));
        assertThat(cost(expired)).isEqualTo(Funds.NONE);
    }

    @Test
    void whatIsLockedIsSpentWithTheFeeThatItReallyTook() {
        assertThat(cost(historyTo(OnChainState.FundsLocked))).isEqualTo(Funds.lovelace(6_700_000));
        assertThat(cost(historyTo(OnChainState.FundsOrDatumInvalid))).isEqualTo(Funds.lovelace(6_700_000));
        assertThat(cost(historyTo(OnChainState.ResultSubmitted))).as("the seller's fee is the seller's")
                .isEqualTo(Funds.lovelace(6_700_000));
        assertThat(cost(historyTo(OnChainState.RefundRequested))).isEqualTo(Funds.lovelace(6_900_000));
        assertThat(cost(historyTo(OnChainState.Disputed))).isEqualTo(Funds.lovelace(6_900_000));
    }

    @Test
    void whatIsAskedForMayTakeOneFeeMoreUntilItIsThere() {
        assertThat(cost(then(OnChainState.FundsLocked, new RefundRequestRequested(ID, OWNER)))).isEqualTo(Funds.lovelace(7_700_000));
        assertThat(cost(then(OnChainState.RefundRequested, new RefundRequestCancellationRequested(ID, OWNER))))
                .isEqualTo(Funds.lovelace(7_900_000));
    }

    @Test
    void whatTheBuyerGetsBackIsNotSpent() {
        assertThat(cost(historyTo(OnChainState.Withdrawn))).as("the collateral return").isEqualTo(Funds.lovelace(5_200_000));
        assertThat(cost(historyTo(OnChainState.RefundWithdrawn))).as("two fees").isEqualTo(Funds.lovelace(400_000));
        assertThat(cost(historyTo(OnChainState.DisputedWithdrawn))).isEqualTo(Funds.lovelace(400_000));
    }

    @Test
    void aRefundThatGoesElsewhereDoesNotComeBack() {
        assertThat(COSTS.of(folded(historyTo(OnChainState.RefundWithdrawn)), false)).isEqualTo(Funds.lovelace(6_900_000));
        assertThat(COSTS.of(folded(historyTo(OnChainState.FundsLocked)), false)).as("its fee is to be paid still")
                .isEqualTo(Funds.lovelace(7_700_000));
        assertThat(COSTS.of(folded(historyTo(OnChainState.Withdrawn)), false)).as("this goes to the wallet in any case")
                .isEqualTo(Funds.lovelace(5_200_000));
    }

    @Test
    void ofADisputeComesBackWhatTheBuyerGot() {
        TransitionObservation forBuyer = transition(4, 3, EscrowAction.WithdrawDisputed, OnChainState.DisputedWithdrawn, "");
        TransitionObservation elsewhere = new TransitionObservation(forBuyer.action(), forBuyer.spent(), null, null, Funds.NONE, Funds.NONE,
                Funds.lovelace(1_500_000), forBuyer.transaction());

        assertThat(cost(then(OnChainState.Disputed, new DisputeResolved(ID, elsewhere)))).isEqualTo(Funds.lovelace(5_400_000));
    }

    @Test
    void whatOurTransactionsHadToAddIsSpentAndWhatTheSellersAddedIsNot() {
        TransitionObservation refund = transition(2, 1, EscrowAction.RequestRefund, OnChainState.RefundRequested, "");
        TransitionObservation more = new TransitionObservation(refund.action(), refund.spent(), refund.output(), refund.datum(),
                LOCKED.plus(Funds.lovelace(300_000)), Funds.NONE, Funds.NONE, refund.transaction());

        assertThat(cost(then(OnChainState.FundsLocked, new RefundRequested(ID, OnChainState.RefundRequested, more))))
                .isEqualTo(Funds.lovelace(7_200_000));
        TransitionObservation sellers = transition(2, 1, EscrowAction.SubmitResult, OnChainState.ResultSubmitted, RESULT_HASH);
        TransitionObservation sellersMore = new TransitionObservation(sellers.action(), sellers.spent(), sellers.output(), sellers.datum(),
                LOCKED.plus(Funds.lovelace(300_000)), Funds.NONE, Funds.NONE, sellers.transaction());
        assertThat(cost(then(OnChainState.FundsLocked,
                new PurchaseEvent.ResultSubmitted(ID, OnChainState.ResultSubmitted, sellersMore)))).isEqualTo(Funds.lovelace(6_700_000));
    }

    @Test
    void aSecondLockOfOursIsSpentToo() {
        LockObservation second = lock(2);

        assertThat(cost(then(OnChainState.FundsOrDatumInvalid, new FundsLocked(ID, second)))).isEqualTo(Funds.lovelace(13_400_000));
    }

    private static Funds cost(List<PurchaseEvent> events) {
        return COSTS.of(folded(events), true);
    }

    private static PurchaseState folded(List<PurchaseEvent> events) {
        return events.stream().reduce((PurchaseState) null, PurchaseState::evolve, (_, last) -> last);
    }
}
