package io.masumi.node.purchase;

import static io.masumi.node.escrow.SaleExample.*;
import static io.masumi.node.purchase.PurchaseExample.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.purchase.PurchaseEvent.ActionFailed;
import io.masumi.node.purchase.PurchaseEvent.DisputeResolved;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** When a purchase gives back the credits that it took: "never locked or was refunded" (03-api). */
class PurchaseOutcomeTest {

    private static final long IN_TIME = TIMES.payByTime();
    private static final long TOO_LATE = TIMES.payByTime() + 1;

    @Test
    void aLockThatFailedMayBeTriedAgainUntilPayByTime() {
        PurchaseState failed = folded(List.of(CREATED, LOCK_WANTED, LOCK_SIGNED,
                new ActionFailed(ID, EscrowAction.Lock, ErrorType.Unknown, "it did not go")));

        assertThat(failed.cameToNothing(IN_TIME)).isFalse();
        assertThat(failed.cameToNothing(TOO_LATE)).isTrue();
    }

    @Test
    void aLockThatIsUnderWayMayStillLand() {
        assertThat(folded(List.of(CREATED, LOCK_WANTED)).cameToNothing(TOO_LATE)).isFalse();
        assertThat(folded(signed()).cameToNothing(TOO_LATE)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = OnChainState.class, mode = Mode.EXCLUDE, names = {"RefundWithdrawn", "DisputedWithdrawn", "WithdrawAuthorized",
            "RefundAuthorized"})
    void whatIsLockedOrPaidOutIsSpent(OnChainState state) {
        assertThat(folded(historyTo(state)).cameToNothing(TOO_LATE)).isFalse();
    }

    @Test
    void aRefundIsNothingSpent() {
        assertThat(folded(historyTo(OnChainState.RefundWithdrawn)).cameToNothing(IN_TIME)).isTrue();
    }

    @Test
    void aDisputeThatGaveTheBuyerAllIsARefundAndOneThatGaveTheSellerAnythingIsNot() {
        assertThat(folded(historyTo(OnChainState.DisputedWithdrawn)).cameToNothing(IN_TIME)).isTrue();
        TransitionObservation forBuyer = transition(4, 3, EscrowAction.WithdrawDisputed, OnChainState.DisputedWithdrawn, "");
        TransitionObservation split = new TransitionObservation(forBuyer.action(), forBuyer.spent(), null, null, Funds.NONE,
                Funds.lovelace(1), forBuyer.withdrawnForBuyer().minus(Funds.lovelace(COLLATERAL_RETURN.longValue() + 1)),
                forBuyer.transaction());

        assertThat(folded(then(OnChainState.Disputed, new DisputeResolved(ID, split))).cameToNothing(IN_TIME)).isFalse();
        TransitionObservation elsewhere = new TransitionObservation(forBuyer.action(), forBuyer.spent(), null, null, Funds.NONE, Funds.NONE,
                Funds.NONE, forBuyer.transaction());
        assertThat(folded(then(OnChainState.Disputed, new DisputeResolved(ID, elsewhere))).cameToNothing(IN_TIME))
                .as("neither party got it").isFalse();
    }

    private static PurchaseState folded(List<PurchaseEvent> events) {
        return events.stream().reduce((PurchaseState) null, PurchaseState::evolve, (_, last) -> last);
    }
}
