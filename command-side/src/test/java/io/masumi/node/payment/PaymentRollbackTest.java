package io.masumi.node.payment;

import static io.masumi.node.escrow.SaleExample.*;
import static io.masumi.node.payment.PaymentExample.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.payment.PaymentCommand.RecordLock;
import io.masumi.node.payment.PaymentCommand.RecordTransition;
import io.masumi.node.payment.PaymentCommand.UndoFacts;
import io.masumi.node.payment.PaymentEvent.ActionInitiated;
import io.masumi.node.payment.PaymentEvent.FactsUndone;
import io.masumi.node.payment.PaymentEvent.FundsLocked;
import io.masumi.node.payment.PaymentEvent.FundsWithdrawn;
import io.masumi.node.payment.PaymentEvent.LockIgnored;
import io.masumi.node.payment.PaymentEvent.RefundAuthorizationRequested;
import io.masumi.node.payment.PaymentEvent.ResultSubmissionRequested;
import io.masumi.node.payment.PaymentEvent.ResultSubmitted;
import io.masumi.node.payment.PaymentEvent.UnexpectedTransitionObserved;
import io.masumi.node.payment.PaymentEvent.WithdrawalRequested;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

/** What a payment makes of blocks that are gone. */
class PaymentRollbackTest {

    private static final ChainPoint BEFORE_LOCK = transaction(0, EscrowAction.Lock).at();
    private static final ChainPoint AFTER_LOCK = transaction(1, EscrowAction.Lock).at();
    private static final ChainPoint AFTER_RESULT = transaction(2, EscrowAction.SubmitResult).at();

    @Test
    void aLockThatIsGoneIsWaitedForAgain() {
        goesBack(historyTo(OnChainState.FundsLocked), BEFORE_LOCK, List.of(hash(1)), EscrowStatus.NOTHING_LOCKED, NextAction.WAIT);
    }

    @Test
    void aLockThatComesAgainInAnotherBlockIsBelievedAgain() {
        FactsUndone undone = new FactsUndone(ID, BEFORE_LOCK, List.of(hash(1)));

        fixture().given(then(OnChainState.FundsLocked, undone)).when(new RecordLock(ID, lock(1)))
                .expectEvents(new FundsLocked(ID, lock(1)));
    }

    @Test
    void ourActionIsUnderWayAgainWithTheSameTransaction() {
        List<PaymentEvent> submitted = then(OnChainState.FundsLocked, new ResultSubmissionRequested(ID, RESULT_HASH, OWNER),
                new ActionInitiated(ID, EscrowAction.SubmitResult, hash(2), 5000),
                new ResultSubmitted(ID, OnChainState.ResultSubmitted,
                        transition(2, 1, EscrowAction.SubmitResult, OnChainState.ResultSubmitted, RESULT_HASH)));
        NextAction underWay = NextAction.requested(EscrowAction.SubmitResult, RESULT_HASH).initiated(EscrowAction.SubmitResult, hash(2));

        goesBack(submitted, AFTER_LOCK, List.of(hash(2)), escrowAfter(historyTo(OnChainState.FundsLocked)), underWay);
    }

    @Test
    void anEndThatIsGoneIsNoEnd() {
        List<PaymentEvent> ended = then(OnChainState.ResultSubmitted, new WithdrawalRequested(ID, OWNER),
                new ActionInitiated(ID, EscrowAction.Withdraw, hash(3), 5000),
                new FundsWithdrawn(ID, transition(3, 2, EscrowAction.Withdraw, OnChainState.Withdrawn, "")));
        NextAction underWay = NextAction.requested(EscrowAction.Withdraw, null).initiated(EscrowAction.Withdraw, hash(3));

        goesBack(ended, AFTER_RESULT, List.of(hash(3)), escrowAfter(historyTo(OnChainState.ResultSubmitted)), underWay);
    }

    @Test
    void whatWasAskedForSinceStaysWanted() {
        List<PaymentEvent> asked = then(OnChainState.Disputed, new RefundAuthorizationRequested(ID, OWNER));

        goesBack(asked, AFTER_LOCK, List.of(hash(2), hash(3)), escrowAfter(historyTo(OnChainState.FundsLocked)),
                NextAction.requested(EscrowAction.AuthorizeRefund, null));
    }

    @Test
    void anUnexpectedTransitionThatIsGoneNeedsNoOperator() {
        UnexpectedTransitionObserved unexpected = new UnexpectedTransitionObserved(ID, EscrowAction.SubmitResult,
                transaction(9, EscrowAction.SubmitResult), "strange");

        goesBack(then(OnChainState.ResultSubmitted, unexpected), AFTER_RESULT, List.of(hash(9)),
                escrowAfter(historyTo(OnChainState.ResultSubmitted)), NextAction.WAIT);
    }

    @Test
    void anIgnoredLockThatIsGoneIsForgotten() {
        LockIgnored second = new LockIgnored(ID, lock(6), "It is not the first lock");

        goesBack(then(OnChainState.FundsLocked, second), AFTER_LOCK, List.of(hash(6)), escrowAfter(historyTo(OnChainState.FundsLocked)),
                NextAction.WAIT);
    }

    @Test
    void nothingIsUndoneTwiceOrWithoutNeed() {
        FactsUndone undone = new FactsUndone(ID, AFTER_LOCK, List.of(hash(2)));

        fixture().given(historyTo(OnChainState.ResultSubmitted)).when(new UndoFacts(ID, AFTER_RESULT)).expectNoEvents();
        fixture().given(then(OnChainState.ResultSubmitted, undone)).when(new UndoFacts(ID, AFTER_LOCK)).expectNoEvents();
        fixture().given(CREATED).when(new UndoFacts(ID, BEFORE_LOCK)).expectNoEvents();
    }

    @Test
    void aSecondRollbackGoesBackFurther() {
        FactsUndone undone = new FactsUndone(ID, AFTER_LOCK, List.of(hash(2)));

        goesBack(then(OnChainState.ResultSubmitted, undone), BEFORE_LOCK, List.of(hash(1)), EscrowStatus.NOTHING_LOCKED, NextAction.WAIT);
    }

    @Test
    void anotherTransitionMayComeInPlaceOfTheLostOne() {
        FactsUndone undone = new FactsUndone(ID, AFTER_LOCK, List.of(hash(2)));
        TransitionObservation refund = transition(7, 1, EscrowAction.RequestRefund, OnChainState.RefundRequested, "");

        fixture().given(then(OnChainState.ResultSubmitted, undone)).when(new RecordTransition(ID, refund))
                .expectEvents(new PaymentEvent.RefundRequested(ID, OnChainState.RefundRequested, refund));
    }

    private static void goesBack(List<PaymentEvent> given, ChainPoint backTo, List<String> lost, EscrowStatus escrow, NextAction next) {
        FactsUndone undone = new FactsUndone(ID, backTo, lost);
        fixture().given(given).when(new UndoFacts(ID, backTo)).expectEvents(undone);

        PaymentState after = PaymentState.evolve(stateAfter(given), undone);
        assertThat(after.escrow()).isEqualTo(escrow);
        assertThat(after.next()).isEqualTo(next);
    }

    private static EscrowStatus escrowAfter(List<PaymentEvent> events) {
        return stateAfter(events).escrow();
    }

    private static PaymentState stateAfter(List<PaymentEvent> events) {
        return Stream.iterate(0, n -> n + 1).limit(events.size()).reduce((PaymentState) null,
                (state, n) -> PaymentState.evolve(state, events.get(n)), (_, last) -> last);
    }

    private static FixtureConfiguration<PaymentAggregate> fixture() {
        return new AggregateTestFixture<>(PaymentAggregate.class).registerInjectableResource(clock())
                .registerInjectableResource(TimeRules.STANDARD);
    }
}
