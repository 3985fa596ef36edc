package io.masumi.node.payment;

import static io.masumi.node.escrow.SaleExample.*;
import static io.masumi.node.payment.PaymentExample.*;

import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.TimeRules;
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
        fixture().given(historyTo(OnChainState.FundsLocked)).when(new UndoFacts(ID, BEFORE_LOCK))
                .expectEvents(new FactsUndone(ID, BEFORE_LOCK, List.of(hash(1)), EscrowStatus.NOTHING_LOCKED, NextAction.WAIT));
    }

    @Test
    void aLockThatComesAgainInAnotherBlockIsBelievedAgain() {
        FactsUndone undone = new FactsUndone(ID, BEFORE_LOCK, List.of(hash(1)), EscrowStatus.NOTHING_LOCKED, NextAction.WAIT);

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

        fixture().given(submitted).when(new UndoFacts(ID, AFTER_LOCK)).expectEvents(
                new FactsUndone(ID, AFTER_LOCK, List.of(hash(2)), escrowAfter(historyTo(OnChainState.FundsLocked)), underWay));
    }

    @Test
    void anEndThatIsGoneIsNoEnd() {
        List<PaymentEvent> ended = then(OnChainState.ResultSubmitted, new WithdrawalRequested(ID, OWNER),
                new ActionInitiated(ID, EscrowAction.Withdraw, hash(3), 5000),
                new FundsWithdrawn(ID, transition(3, 2, EscrowAction.Withdraw, OnChainState.Withdrawn, "")));
        NextAction underWay = NextAction.requested(EscrowAction.Withdraw, null).initiated(EscrowAction.Withdraw, hash(3));

        fixture().given(ended).when(new UndoFacts(ID, AFTER_RESULT)).expectEvents(new FactsUndone(ID, AFTER_RESULT, List.of(hash(3)),
                escrowAfter(historyTo(OnChainState.ResultSubmitted)), underWay));
    }

    @Test
    void whatWasAskedForSinceStaysWanted() {
        List<PaymentEvent> asked = then(OnChainState.Disputed, new RefundAuthorizationRequested(ID, OWNER));

        fixture().given(asked).when(new UndoFacts(ID, AFTER_LOCK))
                .expectEvents(new FactsUndone(ID, AFTER_LOCK, List.of(hash(2), hash(3)),
                        escrowAfter(historyTo(OnChainState.FundsLocked)), NextAction.requested(EscrowAction.AuthorizeRefund, null)));
    }

    @Test
    void anUnexpectedTransitionThatIsGoneNeedsNoOperator() {
        UnexpectedTransitionObserved unexpected = new UnexpectedTransitionObserved(ID, EscrowAction.SubmitResult,
                transaction(9, EscrowAction.SubmitResult), "strange");

        fixture().given(then(OnChainState.ResultSubmitted, unexpected)).when(new UndoFacts(ID, AFTER_RESULT))
                .expectEvents(new FactsUndone(ID, AFTER_RESULT, List.of(hash(9)), escrowAfter(historyTo(OnChainState.ResultSubmitted)),
                        NextAction.WAIT));
    }

    @Test
    void anIgnoredLockThatIsGoneIsForgotten() {
        LockIgnored second = new LockIgnored(ID, lock(6), "It is not the first lock");

        fixture().given(then(OnChainState.FundsLocked, second)).when(new UndoFacts(ID, AFTER_LOCK)).expectEvents(
                new FactsUndone(ID, AFTER_LOCK, List.of(hash(6)), escrowAfter(historyTo(OnChainState.FundsLocked)), NextAction.WAIT));
    }

    @Test
    void nothingIsUndoneTwiceOrWithoutNeed() {
        FactsUndone undone = new FactsUndone(ID, AFTER_LOCK, List.of(hash(2)), escrowAfter(historyTo(OnChainState.FundsLocked)),
                NextAction.WAIT);

        fixture().given(historyTo(OnChainState.ResultSubmitted)).when(new UndoFacts(ID, AFTER_RESULT)).expectNoEvents();
        fixture().given(then(OnChainState.ResultSubmitted, undone)).when(new UndoFacts(ID, AFTER_LOCK)).expectNoEvents();
        fixture().given(CREATED).when(new UndoFacts(ID, BEFORE_LOCK)).expectNoEvents();
    }

    @Test
    void aSecondRollbackGoesBackFurther() {
        FactsUndone undone = new FactsUndone(ID, AFTER_LOCK, List.of(hash(2)), escrowAfter(historyTo(OnChainState.FundsLocked)),
                NextAction.WAIT);

        fixture().given(then(OnChainState.ResultSubmitted, undone)).when(new UndoFacts(ID, BEFORE_LOCK))
                .expectEvents(new FactsUndone(ID, BEFORE_LOCK, List.of(hash(1)), EscrowStatus.NOTHING_LOCKED, NextAction.WAIT));
    }

    @Test
    void anotherTransitionMayComeInPlaceOfTheLostOne() {
        FactsUndone undone = new FactsUndone(ID, AFTER_LOCK, List.of(hash(2)), escrowAfter(historyTo(OnChainState.FundsLocked)),
                NextAction.WAIT);
        var refund = transition(7, 1, EscrowAction.RequestRefund, OnChainState.RefundRequested, "");

        fixture().given(then(OnChainState.ResultSubmitted, undone)).when(new RecordTransition(ID, refund))
                .expectEvents(new PaymentEvent.RefundRequested(ID, OnChainState.RefundRequested, refund));
    }

    private static EscrowStatus escrowAfter(List<PaymentEvent> events) {
        return Stream.iterate(0, n -> n + 1).limit(events.size()).reduce((PaymentState) null,
                (state, n) -> PaymentState.evolve(state, events.get(n)), (_, last) -> last).escrow();
    }

    private static FixtureConfiguration<PaymentAggregate> fixture() {
        return new AggregateTestFixture<>(PaymentAggregate.class).registerInjectableResource(clock())
                .registerInjectableResource(TimeRules.STANDARD);
    }
}
