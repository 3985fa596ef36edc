package io.masumi.node.purchase;

import static io.masumi.node.escrow.SaleExample.*;
import static io.masumi.node.purchase.PurchaseExample.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.CoreMatchers.containsString;

import io.masumi.node.RejectedException;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Retry;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.purchase.PurchaseCommand.RecordActionDelayed;
import io.masumi.node.purchase.PurchaseCommand.RecordActionInitiated;
import io.masumi.node.purchase.PurchaseCommand.RecoverFromError;
import io.masumi.node.purchase.PurchaseCommand.RequireOperator;
import io.masumi.node.purchase.PurchaseCommand.UndoFacts;
import io.masumi.node.purchase.PurchaseEvent.ActionDelayed;
import io.masumi.node.purchase.PurchaseEvent.ActionFailed;
import io.masumi.node.purchase.PurchaseEvent.ActionInitiated;
import io.masumi.node.purchase.PurchaseEvent.ErrorCleared;
import io.masumi.node.purchase.PurchaseEvent.FactsUndone;
import io.masumi.node.purchase.PurchaseEvent.FundsLockingRequested;
import io.masumi.node.purchase.PurchaseEvent.OperatorRequired;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestRequested;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How a purchase goes on after a rollback, after waiting, and after an error. */
class PurchaseRecoveryTest {

    private static final ActionFailed LOCK_FAILED = new ActionFailed(ID, EscrowAction.Lock, ErrorType.Unknown, "it did not go");

    @Nested
    class Rollback {

        private static final ChainPoint BEFORE_LOCK = transaction(0, EscrowAction.Lock).at();

        @Test
        void ourLockThatIsGoneIsUnderWayAgainWithTheSameTransaction() {
            NextAction underWay = NextAction.requested(EscrowAction.Lock, null).initiated(EscrowAction.Lock, hash(1));

            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(new UndoFacts(ID, BEFORE_LOCK))
                    .expectEvents(new FactsUndone(ID, BEFORE_LOCK, List.of(hash(1))));
            goesBack(historyTo(OnChainState.FundsLocked), underWay);
        }

        @Test
        void aRefundThatWasAskedForStaysWantedAndTheLockMayComeAgain() {
            NextAction wanted = NextAction.requested(EscrowAction.RequestRefund, null);
            RefundRequestRequested asked = new RefundRequestRequested(ID, OWNER);
            FactsUndone undone = new FactsUndone(ID, BEFORE_LOCK, List.of(hash(1)));

            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, asked)).when(new UndoFacts(ID, BEFORE_LOCK))
                    .expectEvents(undone);
            goesBack(then(OnChainState.FundsLocked, asked), wanted);
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, asked, undone, new PurchaseEvent.FundsLocked(ID, lock(1))))
                    .when(new RecordActionInitiated(ID, EscrowAction.RequestRefund, PURCHASING_WALLET, hash(2), 5000))
                    .expectEvents(new ActionInitiated(ID, EscrowAction.RequestRefund, PURCHASING_WALLET, hash(2), 5000));
        }
    }

    private static void goesBack(List<PurchaseEvent> given, NextAction next) {
        PurchaseState before = given.stream().reduce((PurchaseState) null, PurchaseState::evolve, (_, last) -> last);
        PurchaseState after = PurchaseState.evolve(before, new FactsUndone(ID, transaction(0, EscrowAction.Lock).at(), List.of(hash(1))));
        assertThat(after.escrow()).isEqualTo(EscrowStatus.NOTHING_LOCKED);
        assertThat(after.next()).isEqualTo(next);
    }

    @Nested
    class Waiting {

        private final RecordActionDelayed poor = new RecordActionDelayed(ID, EscrowAction.Lock, ErrorType.InsufficientFunds, "no money");
        private final ActionDelayed delayed = new ActionDelayed(ID, EscrowAction.Lock, ErrorType.InsufficientFunds, "no money");

        @Test
        void isToldOncePerReason() {
            fixtureAt(NOW.toEpochMilli()).given(CREATED, LOCK_WANTED).when(poor).expectEvents(delayed);
            fixtureAt(NOW.toEpochMilli()).given(CREATED, LOCK_WANTED, delayed).when(poor).expectNoEvents();
            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(poor).expectNoEvents();
        }

        @Test
        void endsWhenATransactionIsSigned() {
            NextAction after = fold(CREATED, LOCK_WANTED, delayed, LOCK_SIGNED);

            assertThat(after.errorType()).isNull();
            assertThat(after.phase()).isEqualTo(NextAction.Phase.Initiated);
        }
    }

    @Nested
    class Operators {

        @Test
        void areCalledOnceForWhatGoesOnAndNotForWhatIsOver() {
            RequireOperator call = new RequireOperator(ID, ErrorType.Unknown, "another chain");
            OperatorRequired called = new OperatorRequired(ID, ErrorType.Unknown, "another chain");

            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(call).expectEvents(called);
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, called)).when(call).expectNoEvents();
            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.Withdrawn)).when(call).expectNoEvents();
        }

        @Test
        void clearAnErrorAndTheNodeGoesOnByItself() {
            OperatorRequired called = new OperatorRequired(ID, ErrorType.Unknown, "another chain");

            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, called)).when(new RecoverFromError(ID, false, OWNER))
                    .expectEvents(new ErrorCleared(ID, OWNER));
            assertThat(fold(CREATED, LOCK_WANTED, LOCK_FAILED, new ErrorCleared(ID, OWNER)))
                    .isEqualTo(NextAction.NONE);
        }

        @Test
        void haveAFailedLockTriedAgainWhileItCanStillCount() {
            fixtureAt(NOW.toEpochMilli()).given(CREATED, LOCK_WANTED, LOCK_FAILED).when(new RecoverFromError(ID, true, ADMIN))
                    .expectEvents(new ErrorCleared(ID, ADMIN), new FundsLockingRequested(ID, ADMIN));
            expectNotFound(fixtureAt(TIMES.payByTime() + 1).given(CREATED, LOCK_WANTED, LOCK_FAILED)
                    .when(new RecoverFromError(ID, true, OWNER)), "payByTime");
        }

        @Test
        void haveItTriedAgainWhereItIsPossibleAndClearedWhereItIsNot() {
            RecoverFromError ifPossible = new RecoverFromError(ID, Retry.IfPossible, null, ADMIN);
            OperatorRequired called = new OperatorRequired(ID, ErrorType.Unknown, "another chain");

            fixtureAt(NOW.toEpochMilli()).given(CREATED, LOCK_WANTED, LOCK_FAILED).when(ifPossible)
                    .expectEvents(new ErrorCleared(ID, ADMIN), new FundsLockingRequested(ID, ADMIN));
            fixtureAt(TIMES.payByTime() + 1).given(CREATED, LOCK_WANTED, LOCK_FAILED).when(ifPossible)
                    .expectEvents(new ErrorCleared(ID, ADMIN));
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, called)).when(ifPossible)
                    .expectEvents(new ErrorCleared(ID, ADMIN));
            expectNotFound(fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(ifPossible),
                    "WaitingForExternalAction");
        }

        @Test
        void clearOnlyWhatTheyHaveSeen() {
            fixtureAt(NOW.toEpochMilli()).given(CREATED, LOCK_WANTED, LOCK_FAILED)
                    .when(new RecoverFromError(ID, Retry.No, 2L, ADMIN)).expectEvents(new ErrorCleared(ID, ADMIN));
            fixtureAt(NOW.toEpochMilli()).given(CREATED, LOCK_WANTED, LOCK_FAILED)
                    .when(new RecoverFromError(ID, Retry.No, 1L, ADMIN)).expectNoEvents().expectException(RejectedException.class)
                    .expectExceptionMessage(containsString("changed meanwhile"));
        }

        @Test
        void clearWhatTheyHaveSeenOfALongRecordToo() {
            List<PurchaseEvent> longHistory = new ArrayList<>(List.of(CREATED, LOCK_WANTED));
            IntStream.range(0, 200).mapToObj(n -> new ActionDelayed(ID, EscrowAction.Lock, ErrorType.InsufficientFunds, "try " + n))
                    .forEach(longHistory::add);
            longHistory.add(LOCK_FAILED);
            fixtureAt(NOW.toEpochMilli()).given(longHistory)
                    .when(new RecoverFromError(ID, Retry.No, longHistory.size() - 1L, ADMIN)).expectEvents(new ErrorCleared(ID, ADMIN));
        }

        @Test
        void neverHaveALockTriedAgainThatIsThere() {
            OperatorRequired called = new OperatorRequired(ID, ErrorType.Unknown, "another chain");
            FactsUndone lockGone = new FactsUndone(ID, transaction(0, EscrowAction.Lock).at(), List.of(hash(1)));

            expectNotFound(fixtureAt(NOW.toEpochMilli())
                    .given(then(OnChainState.FundsLocked, lockGone, called,
                            new PurchaseEvent.FundsOrDatumFoundInvalid(ID, lock(1), List.of("x"))))
                    .when(new RecoverFromError(ID, true, OWNER)), "no failed action");
            expectNotFound(fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsOrDatumInvalid))
                    .when(new RecoverFromError(ID, true, OWNER)), "no failed action");
        }

        @Test
        void haveNothingToClearWhereNothingFailed() {
            expectNotFound(fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked))
                    .when(new RecoverFromError(ID, false, OWNER)), "WaitingForExternalAction");
        }

        @Test
        void mustOwnThePurchaseOrBeAdmins() {
            fixtureAt(NOW.toEpochMilli()).given(CREATED, LOCK_WANTED, LOCK_FAILED).when(new RecoverFromError(ID, true, STRANGER))
                    .expectNoEvents().expectException(RejectedException.class).expectExceptionMessage(containsString("Only the key"));
        }
    }

    private static NextAction fold(PurchaseEvent... events) {
        PurchaseState state = null;
        for (PurchaseEvent event : events) {
            state = PurchaseState.evolve(state, event);
        }
        return state.next();
    }

    private static void expectNotFound(ResultValidator<PurchaseAggregate> result, String reason) {
        result.expectNoEvents().expectException(RejectedException.class).expectExceptionMessage(containsString(reason));
    }

    private static FixtureConfiguration<PurchaseAggregate> fixtureAt(long now) {
        return new AggregateTestFixture<>(PurchaseAggregate.class).registerInjectableResource(clockAt(now))
                .registerInjectableResource(offers())
                .registerInjectableResource(TimeRules.STANDARD);
    }
}
