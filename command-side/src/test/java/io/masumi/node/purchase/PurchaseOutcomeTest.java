package io.masumi.node.purchase;

import static io.masumi.node.escrow.SaleExample.*;
import static io.masumi.node.purchase.PurchaseExample.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.RejectedException;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.credit.RecordCosts;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.purchase.PurchaseCommand.ExpirePurchase;
import io.masumi.node.purchase.PurchaseCommand.RecordActionInitiated;
import io.masumi.node.purchase.PurchaseCommand.RecordLock;
import io.masumi.node.purchase.PurchaseEvent.ActionFailed;
import io.masumi.node.purchase.PurchaseEvent.DisputeResolved;
import io.masumi.node.purchase.PurchaseEvent.ErrorCleared;
import io.masumi.node.purchase.PurchaseEvent.FactsUndone;
import io.masumi.node.purchase.PurchaseEvent.FundsLocked;
import io.masumi.node.purchase.PurchaseEvent.OperatorRequired;
import io.masumi.node.purchase.PurchaseEvent.PurchaseExpired;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.EnumSource;

/** When a purchase gives back the credits that it took (docs/keys.md, "Credits"). */
class PurchaseOutcomeTest {

    private static final ExpirePurchase EXPIRE = new ExpirePurchase(ID, blockAt(TIMES.payByTime() + 1));
    private static final PurchaseExpired EXPIRED = new PurchaseExpired(ID, TIMES.payByTime(), EXPIRE.followedTo());
    private static final ActionFailed LOCK_FAILED = new ActionFailed(ID, EscrowAction.Lock, ErrorType.Unknown, "it did not go");
    private static final OperatorRequired CALLED = new OperatorRequired(ID, ErrorType.NetworkError, "another chain");

    @Test
    void nothingIsKnownBeforeTheChainWasFollowedSoFar() {
        assertThat(cameToNothing(folded(List.of(CREATED, LOCK_WANTED)))).isFalse();
        assertThat(cameToNothing(folded(signed()))).isFalse();
        assertThat(cameToNothing(folded(List.of(CREATED, LOCK_WANTED, LOCK_SIGNED, LOCK_FAILED)))).isFalse();
        assertThat(cameToNothing(folded(List.of(CREATED, LOCK_WANTED, LOCK_SIGNED, CALLED)))).isFalse();
        assertThat(cameToNothing(folded(List.of(CREATED, LOCK_WANTED, LOCK_SIGNED, CALLED, new ErrorCleared(ID, OWNER))))).isFalse();
    }

    @Test
    void whateverItWaitedForItEndsByItselfOnce() {
        for (List<PurchaseEvent> history : List.<List<PurchaseEvent>>of(signed(), List.of(CREATED, LOCK_WANTED, LOCK_FAILED),
                List.of(CREATED, LOCK_WANTED, LOCK_SIGNED, CALLED),
                List.of(CREATED, LOCK_WANTED, LOCK_FAILED, new ErrorCleared(ID, OWNER)))) {
            fixture().given(history).when(EXPIRE).expectEvents(EXPIRED);
            PurchaseState ended = PurchaseState.evolve(folded(history), EXPIRED);
            assertThat(ended.next()).isEqualTo(NextAction.NONE);
            assertThat(cameToNothing(ended)).isTrue();
            List<PurchaseEvent> over = new ArrayList<>(history);
            over.add(EXPIRED);
            fixture().given(over).when(EXPIRE).expectNoEvents();
            fixture().given(over).when(new RecordActionInitiated(ID, EscrowAction.Lock, PURCHASING_WALLET, hash(7), 5000))
                    .expectNoEvents().expectException(RejectedException.class);
        }
    }

    @Test
    void itEndsNeitherBeforeItsTimeIsOverOnTheChainNorWhileAnythingIsLocked() {
        fixture().given(signed()).when(new ExpirePurchase(ID, blockAt(TIMES.payByTime()))).expectNoEvents()
                .expectException(RejectedException.class);
        fixture().given(historyTo(OnChainState.FundsLocked)).when(EXPIRE).expectNoEvents();
        fixture().given(historyTo(OnChainState.FundsOrDatumInvalid)).when(EXPIRE).expectNoEvents();
        fixture().given(historyTo(OnChainState.RefundWithdrawn)).when(EXPIRE).expectNoEvents();
    }

    @Test
    void aLockThatIsSeenAfterAllIsBelievedAndSpent() {
        List<PurchaseEvent> over = List.of(CREATED, LOCK_WANTED, LOCK_SIGNED, CALLED, EXPIRED);
        fixture().given(over).when(new RecordLock(ID, lock(1))).expectEvents(new FundsLocked(ID, lock(1)));

        PurchaseState locked = PurchaseState.evolve(folded(over), new FundsLocked(ID, lock(1)));
        assertThat(cameToNothing(locked)).isFalse();
        assertThat(locked.next()).isEqualTo(NextAction.WAIT);
        PurchaseState undone = PurchaseState.evolve(locked, new FactsUndone(ID, transaction(0, EscrowAction.Lock).at(), List.of(hash(1))));
        assertThat(cameToNothing(undone)).isFalse();
        assertThat(undone.mayExpire()).isTrue();
        assertThat(undone.escrow()).isEqualTo(EscrowStatus.NOTHING_LOCKED);
        assertThat(undone.next()).isEqualTo(NextAction.NONE);
    }

    @ParameterizedTest
    @EnumSource(value = OnChainState.class, mode = Mode.EXCLUDE, names = {"RefundWithdrawn", "DisputedWithdrawn", "WithdrawAuthorized",
            "RefundAuthorized"})
    void whatIsLockedOrPaidOutIsSpent(OnChainState state) {
        assertThat(cameToNothing(folded(historyTo(state)))).isFalse();
    }

    @Test
    void aRefundIsNothingSpent() {
        assertThat(cameToNothing(folded(historyTo(OnChainState.RefundWithdrawn)))).isTrue();
    }

    @Test
    void aDisputeThatGaveTheBuyerAllIsARefundAndOneThatGaveTheSellerAnythingIsNot() {
        assertThat(cameToNothing(folded(historyTo(OnChainState.DisputedWithdrawn)))).isTrue();
        TransitionObservation forBuyer = transition(4, 3, EscrowAction.WithdrawDisputed, OnChainState.DisputedWithdrawn, "");
        TransitionObservation split = new TransitionObservation(forBuyer.action(), forBuyer.spent(), null, null, Funds.NONE,
                Funds.lovelace(1), forBuyer.withdrawnForBuyer().minus(Funds.lovelace(COLLATERAL_RETURN.longValue() + 1)),
                forBuyer.transaction());

        assertThat(cameToNothing(folded(then(OnChainState.Disputed, new DisputeResolved(ID, split))))).isFalse();
        TransitionObservation elsewhere = new TransitionObservation(forBuyer.action(), forBuyer.spent(), null, null, Funds.NONE, Funds.NONE,
                Funds.NONE, forBuyer.transaction());
        assertThat(cameToNothing(folded(then(OnChainState.Disputed, new DisputeResolved(ID, elsewhere)))))
                .as("neither party got it").isFalse();
    }

    private static FixtureConfiguration<PurchaseAggregate> fixture() {
        return new AggregateTestFixture<>(PurchaseAggregate.class).registerInjectableResource(clockAt(NOW.toEpochMilli()))
                .registerInjectableResource(TimeRules.STANDARD);
    }

    /** Nothing but fees is spent. */
    private static boolean cameToNothing(PurchaseState purchase) {
        return new RecordCosts(CreditRules.STANDARD).of(purchase, true).less(Funds.lovelace(purchase.escrow().buyerFees())).isEmpty();
    }

    private static PurchaseState folded(List<PurchaseEvent> events) {
        return events.stream().reduce((PurchaseState) null, PurchaseState::evolve, (_, last) -> last);
    }
}
