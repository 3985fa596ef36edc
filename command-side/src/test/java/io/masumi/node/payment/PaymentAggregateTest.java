package io.masumi.node.payment;

import static io.masumi.node.escrow.SaleExample.*;
import static io.masumi.node.payment.PaymentExample.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.CoreMatchers.containsString;

import io.masumi.node.RejectedException;
import io.masumi.node.Rejection;
import io.masumi.node.Requester;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStateTable;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.payment.PaymentCommand.AuthorizeRefund;
import io.masumi.node.payment.PaymentCommand.CreatePayment;
import io.masumi.node.payment.PaymentCommand.ExpirePayment;
import io.masumi.node.payment.PaymentCommand.RecordActionFailed;
import io.masumi.node.payment.PaymentCommand.RecordActionInitiated;
import io.masumi.node.payment.PaymentCommand.RecordLock;
import io.masumi.node.payment.PaymentCommand.RecordTransition;
import io.masumi.node.payment.PaymentCommand.RequestWithdrawal;
import io.masumi.node.payment.PaymentCommand.SubmitResult;
import io.masumi.node.payment.PaymentEvent.ActionFailed;
import io.masumi.node.payment.PaymentEvent.ActionInitiated;
import io.masumi.node.payment.PaymentEvent.DisputeResolved;
import io.masumi.node.payment.PaymentEvent.FundsLocked;
import io.masumi.node.payment.PaymentEvent.FundsOrDatumFoundInvalid;
import io.masumi.node.payment.PaymentEvent.FundsWithdrawn;
import io.masumi.node.payment.PaymentEvent.LockIgnored;
import io.masumi.node.payment.PaymentEvent.OperatorRequired;
import io.masumi.node.payment.PaymentEvent.PaymentCreated;
import io.masumi.node.payment.PaymentEvent.PaymentExpired;
import io.masumi.node.payment.PaymentEvent.RefundAuthorizationRequested;
import io.masumi.node.payment.PaymentEvent.RefundAuthorized;
import io.masumi.node.payment.PaymentEvent.RefundRequestCancelled;
import io.masumi.node.payment.PaymentEvent.RefundRequested;
import io.masumi.node.payment.PaymentEvent.RefundWithdrawn;
import io.masumi.node.payment.PaymentEvent.ResultSubmissionRequested;
import io.masumi.node.payment.PaymentEvent.ResultSubmitted;
import io.masumi.node.payment.PaymentEvent.UnexpectedTransitionObserved;
import io.masumi.node.payment.PaymentEvent.WithdrawalRequested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PaymentAggregateTest {

    private static final String OTHER_HASH = "a1".repeat(32);

    @Nested
    class Creating {

        @Test
        void agreesToAFixedPrice() {
            fixtureAt(NOW.toEpochMilli()).givenNoPriorActivity().when(create()).expectEvents(CREATED).expectResultMessagePayload(0L);
        }

        @Test
        void agreesToADynamicPriceAndKeepsTheSignedOrder() {
            List<Amount> requested = List.of(Amount.parse(POLICY, "3"), Amount.lovelace(2_000_000));
            PaymentCreated created = new PaymentCreated(ID, IDENTIFIER, SOURCE, AGENT, "Summariser", PricingType.Dynamic,
                    Funds.of(requested), requested, INPUT_HASH, PURCHASER, TIMES, COOLDOWN, SELLING_WALLET, null,
                    "for the tests", OWNER);

            fixtureAt(NOW.toEpochMilli()).givenNoPriorActivity().when(create(DYNAMIC, requested, TIMES)).expectEvents(created);
        }

        @Test
        void aSecondPaymentOfTheSameIdentifierIsAConflictThatNamesTheFirst() {
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(CREATED).when(create()), Rejection.Kind.CONFLICT, "exists already")
                    .expectExceptionDetails(
                            new Rejection(Rejection.Kind.CONFLICT, "A payment with this blockchainIdentifier exists already",
                                    ID.value()));
        }

        @Test
        void anIdThatDoesNotFollowFromTheIdentifierIsRefused() {
            CreatePayment c = create();
            PaymentId other = new PaymentId("c" + "0".repeat(32));
            CreatePayment forged = new CreatePayment(other, c.blockchainIdentifier(), c.source(), c.agentIdentifier(), c.agentName(),
                    c.pricing(), c.requestedFunds(), c.inputHash(), c.identifierFromPurchaser(), c.times(), c.cooldownTime(),
                    c.sellingWallet(), null, null, OWNER);

            refusesToCreate(forged, "id does not follow");
        }

        @Test
        void fundsOfAFixedPriceFundsOfAFreeAgentAndNoFundsOfADynamicOneAreRefused() {
            refusesToCreate(create(FIXED, lovelace(5_000_000), TIMES), "RequestedFunds must not be named");
            refusesToCreate(create(DYNAMIC, List.of(), TIMES), "RequestedFunds is missing");
            refusesToCreate(create(DYNAMIC, lovelace(0), TIMES), "must be more than 0");
            refusesToCreate(create(FREE, List.of(), TIMES), "free of charge");
            refusesToCreate(create(new AgentPricing(PricingType.Fixed, Funds.NONE), List.of(), TIMES), "is empty");
        }

        @Test
        void timesTooCloseTogetherAreRefused() {
            refusesToCreate(create(FIXED, List.of(), new EscrowTimes(TIMES.payByTime(), TIMES.payByTime(), TIMES.unlockTime(),
                    TIMES.externalDisputeUnlockTime())), "payByTime must be at least 5 minutes before submitResultTime");
        }

        @Test
        void hashesThatAreNotHexAreRefused() {
            CreatePayment c = create();
            refusesToCreate(with(c, c.blockchainIdentifier(), "XYZ", PURCHASER), "inputHash must be");
            refusesToCreate(with(c, c.blockchainIdentifier(), INPUT_HASH, "aabb"), "identifierFromPurchaser must be 14 to 26");
            refusesToCreate(with(c, c.blockchainIdentifier(), INPUT_HASH, "aa".repeat(14)), "identifierFromPurchaser must be 14 to 26");
            refusesToCreate(with(c, c.blockchainIdentifier(), INPUT_HASH, "aabbccddeeff001"), "an even number");
            refusesToCreate(with(c, c.blockchainIdentifier(), INPUT_HASH, "AABBCCDDEEFF00"), "lower-case");
        }

        @Test
        void anIdentifierThatSaysSomethingElseIsRefused() {
            CreatePayment c = create();
            refusesToCreate(with(c, c.blockchainIdentifier(), INPUT_HASH, "aabbccddeeff00992a94"), "for another identifierFromPurchaser");
            refusesToCreate(with(c, BlockchainIdentifier.of("30".repeat(32) + POLICY, PURCHASER, "8458", "a401"), INPUT_HASH, PURCHASER),
                    "for another agentIdentifier");
            refusesToCreate(with(c, new BlockchainIdentifier("nothing"), INPUT_HASH, PURCHASER), "not hex");
            refusesToCreate(with(c, new BlockchainIdentifier(IDENTIFIER.value() + "0000"), INPUT_HASH, PURCHASER), "spelled");
            assertThat(new BlockchainIdentifier(IDENTIFIER.value().toUpperCase(Locale.ROOT))).isEqualTo(IDENTIFIER);
        }

        private static CreatePayment with(CreatePayment c, BlockchainIdentifier identifier, String inputHash, String purchaser) {
            return new CreatePayment(PaymentId.of(identifier), identifier, c.source(), c.agentIdentifier(), c.agentName(), c.pricing(),
                    c.requestedFunds(), inputHash, purchaser, c.times(), c.cooldownTime(), c.sellingWallet(), null, null, OWNER);
        }

        private void refusesToCreate(CreatePayment command, String reason) {
            expectRejection(fixtureAt(NOW.toEpochMilli()).givenNoPriorActivity().when(command), Rejection.Kind.INVALID, reason);
        }
    }

    /** The state table of README.md, row by row, as the chain shows it. */
    @Nested
    class StateTable {

        @ParameterizedTest
        @MethodSource("io.masumi.node.escrow.EscrowStateTable#rows")
        void theChainMovesAsTheTableSays(EscrowStateTable.Row row) {
            int spent = newestIn(row.from());
            TransitionObservation seen = transition(9, spent, row.action(), row.to(), row.resultAfter() ? RESULT_HASH : "");

            fixtureAt(NOW.toEpochMilli()).given(historyTo(row.from())).when(new RecordTransition(ID, seen))
                    .expectEvents(eventOf(row.action(), row.to(), seen));
        }

        @ParameterizedTest
        @MethodSource("io.masumi.node.escrow.EscrowStateTable#gaps")
        void whatTheTableHasNoRowForIsUnexpectedAndSaysSo(EscrowStateTable.Gap gap) {
            TransitionObservation seen = transition(9, newestIn(gap.from()), gap.action(), OnChainState.Disputed, RESULT_HASH);
            String note = gap.action() + " is not possible in " + gap.from();

            fixtureAt(NOW.toEpochMilli()).given(historyTo(gap.from())).when(new RecordTransition(ID, seen))
                    .expectEvents(new UnexpectedTransitionObserved(ID, gap.action(), seen.transaction(), note));
        }

        @ParameterizedTest
        @MethodSource("io.masumi.node.escrow.EscrowStateTable#rows")
        void beingToldTwiceIsAsBeingToldOnce(EscrowStateTable.Row row) {
            TransitionObservation seen = transition(9, newestIn(row.from()), row.action(), row.to(), row.resultAfter() ? RESULT_HASH : "");

            fixtureAt(NOW.toEpochMilli()).given(then(row.from(), eventOf(row.action(), row.to(), seen)))
                    .when(new RecordTransition(ID, seen)).expectNoEvents();
        }

        private static PaymentEvent eventOf(EscrowAction action, OnChainState to, TransitionObservation seen) {
            return switch (action) {
                case SubmitResult -> new ResultSubmitted(ID, to, seen);
                case RequestRefund -> new RefundRequested(ID, to, seen);
                case CancelRefundRequest -> new RefundRequestCancelled(ID, to, seen);
                case AuthorizeRefund -> new RefundAuthorized(ID, seen);
                case Withdraw -> new FundsWithdrawn(ID, seen);
                case WithdrawRefund -> new RefundWithdrawn(ID, seen);
                case WithdrawDisputed -> new DisputeResolved(ID, seen);
                case Lock -> throw new IllegalArgumentException("no transition");
            };
        }
    }

    @Nested
    class SubmittingAResult {

        @ParameterizedTest
        @EnumSource(names = {"FundsLocked", "ResultSubmitted", "RefundRequested", "Disputed"})
        void isPossibleBeforeSubmitResultTime(OnChainState state) {
            fixtureAt(TIMES.submitResultTime() - 1).given(historyTo(state)).when(new SubmitResult(ID, OTHER_HASH, OWNER))
                    .expectEvents(new ResultSubmissionRequested(ID, OTHER_HASH, OWNER));
        }

        @ParameterizedTest
        @CsvSource(textBlock = """
                FundsLocked     | submitResultTime is over
                RefundRequested | submitResultTime is over
                """, delimiter = '|')
        void isOverAtSubmitResultTimeWhenThereIsNoResult(OnChainState state, String reason) {
            expectRejection(fixtureAt(TIMES.submitResultTime()).given(historyTo(state)).when(new SubmitResult(ID, RESULT_HASH, OWNER)),
                    Rejection.Kind.NOT_FOUND, reason);
        }

        @ParameterizedTest
        @EnumSource(names = {"ResultSubmitted", "Disputed"})
        void canReplaceAResultUntilExternalDisputeUnlockTime(OnChainState state) {
            SubmitResult command = new SubmitResult(ID, OTHER_HASH, OWNER);

            fixtureAt(TIMES.externalDisputeUnlockTime() - 1).given(historyTo(state)).when(command).expectSuccessfulHandlerExecution();
            expectRejection(fixtureAt(TIMES.externalDisputeUnlockTime()).given(historyTo(state)).when(command), Rejection.Kind.NOT_FOUND,
                    "externalDisputeUnlockTime is over");
        }

        @ParameterizedTest
        @EnumSource(names = {"FundsOrDatumInvalid", "Withdrawn", "RefundWithdrawn", "DisputedWithdrawn"})
        void isNotPossibleWhenTheEscrowIsInvalidOrOver(OnChainState state) {
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(historyTo(state)).when(new SubmitResult(ID, OTHER_HASH, OWNER)),
                    Rejection.Kind.NOT_FOUND, "it is in " + state);
        }

        @Test
        void isNotPossibleBeforeTheLockNorWhileAnotherActionIsWanted() {
            SubmitResult command = new SubmitResult(ID, OTHER_HASH, OWNER);

            expectRejection(fixtureAt(NOW.toEpochMilli()).given(CREATED).when(command), Rejection.Kind.NOT_FOUND, "no on-chain state yet");
            expectRejection(fixtureAt(NOW.toEpochMilli())
                    .given(then(OnChainState.FundsLocked, new ResultSubmissionRequested(ID, RESULT_HASH, OWNER))).when(command),
                    Rejection.Kind.NOT_FOUND, "its next action is SubmitResultRequested");
        }

        @Test
        void acceptsUpperCaseAndKeepsLowerCase() {
            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked))
                    .when(new SubmitResult(ID, RESULT_HASH.toUpperCase(Locale.ROOT), OWNER))
                    .expectEvents(new ResultSubmissionRequested(ID, RESULT_HASH, OWNER));
        }

        @Test
        void refusesWhatIsNoHash() {
            expectRejection(
                    fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(new SubmitResult(ID, "e7", OWNER)),
                    Rejection.Kind.INVALID, "submitResultHash must be 64 hex digits");
        }
    }

    @Nested
    class AuthorizingARefund {

        @Test
        void isPossibleAnyTimeInADispute() {
            fixtureAt(TIMES.externalDisputeUnlockTime() + 1).given(historyTo(OnChainState.Disputed)).when(new AuthorizeRefund(ID, OWNER))
                    .expectEvents(new RefundAuthorizationRequested(ID, OWNER));
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"Disputed", "WithdrawAuthorized", "RefundAuthorized"})
        void isNotPossibleOtherwise(OnChainState state) {
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(historyTo(state)).when(new AuthorizeRefund(ID, OWNER)),
                    Rejection.Kind.NOT_FOUND, "it is in " + state);
        }
    }

    /** A client whose answer was lost asks again; a second transaction would cost a fee and a cooldown. */
    @Nested
    class AskedAgain {

        private final SubmitResult submit = new SubmitResult(ID, RESULT_HASH, OWNER);
        private final SubmitResult submitOther = new SubmitResult(ID, OTHER_HASH, OWNER);
        private final ResultSubmissionRequested wanted = new ResultSubmissionRequested(ID, RESULT_HASH, OWNER);
        private final ActionInitiated underWay = new ActionInitiated(ID, EscrowAction.SubmitResult, hash(7), 99);
        private final AuthorizeRefund authorize = new AuthorizeRefund(ID, OWNER);
        private final RefundAuthorizationRequested authorizationWanted = new RefundAuthorizationRequested(ID, OWNER);
        private final RefundAuthorized authorized = new RefundAuthorized(ID,
                transition(4, 3, EscrowAction.AuthorizeRefund, OnChainState.RefundRequested, ""));

        @Test
        void aWantedResultIsAnsweredAsBeforeAlsoWhenItsTimeIsOver() {
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, wanted)).when(submit).expectNoEvents()
                    .expectResultMessagePayload(2L);
            fixtureAt(TIMES.submitResultTime()).given(then(OnChainState.FundsLocked, wanted, underWay)).when(submit).expectNoEvents()
                    .expectResultMessagePayload(3L);
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, wanted))
                    .when(new SubmitResult(ID, RESULT_HASH.toUpperCase(Locale.ROOT), ADMIN)).expectNoEvents()
                    .expectSuccessfulHandlerExecution();
        }

        @ParameterizedTest
        @EnumSource(names = {"ResultSubmitted", "Disputed", "Withdrawn", "DisputedWithdrawn"})
        void theNewestResultOnChainIsAnsweredAsBefore(OnChainState state) {
            fixtureAt(TIMES.externalDisputeUnlockTime()).given(historyTo(state)).when(submit).expectNoEvents()
                    .expectResultMessagePayload(historyTo(state).size() - 1L);
        }

        @Test
        void theNewestResultIsAnsweredAsBeforeWhileTheNodeWithdraws() {
            fixtureAt(TIMES.unlockTime()).given(then(OnChainState.ResultSubmitted, new WithdrawalRequested(ID, Requester.NODE)))
                    .when(submit).expectNoEvents().expectSuccessfulHandlerExecution();
        }

        @Test
        void anotherResultIsNoRepetition() {
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, wanted)).when(submitOther),
                    Rejection.Kind.NOT_FOUND, "its next action is SubmitResultRequested");
            ResultSubmissionRequested newer = new ResultSubmissionRequested(ID, OTHER_HASH, OWNER);
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.ResultSubmitted, newer)).when(submit),
                    Rejection.Kind.NOT_FOUND, "its next action is SubmitResultRequested");
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.Disputed, authorizationWanted)).when(submit),
                    Rejection.Kind.NOT_FOUND, "its next action is AuthorizeRefundRequested");
        }

        @Test
        void aResultThatIsWantedNoMoreIsNoRepetition() {
            ActionFailed failed = new ActionFailed(ID, EscrowAction.SubmitResult, ErrorType.NetworkError, "no provider");
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, wanted, failed)).when(submit),
                    Rejection.Kind.NOT_FOUND, "its next action is WaitingForManualAction");
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.Disputed, authorizationWanted, authorized)).when(submit)
                    .expectEvents(wanted);
        }

        @Test
        void aRefundAuthorizationIsAnsweredAsBeforeUntilSomebodyMovesOn() {
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.Disputed, authorizationWanted)).when(authorize).expectNoEvents()
                    .expectResultMessagePayload(4L);
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.Disputed, authorizationWanted, authorized)).when(authorize)
                    .expectNoEvents().expectResultMessagePayload(5L);
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.Disputed, authorizationWanted, authorized, wanted))
                    .when(authorize), Rejection.Kind.NOT_FOUND, "it is in RefundRequested");
        }

        @Test
        void onlyByItsCreatorOrAnAdmin() {
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, wanted))
                    .when(new SubmitResult(ID, RESULT_HASH, STRANGER)), Rejection.Kind.NOT_ALLOWED, "Only the key that created");
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.Disputed, authorizationWanted))
                    .when(new AuthorizeRefund(ID, STRANGER)), Rejection.Kind.NOT_ALLOWED, "Only the key that created");
        }
    }

    @Nested
    class Withdrawing {

        @Test
        void isPossibleFromUnlockTimeOn() {
            fixtureAt(TIMES.unlockTime()).given(historyTo(OnChainState.ResultSubmitted)).when(new RequestWithdrawal(ID, Requester.NODE))
                    .expectEvents(new WithdrawalRequested(ID, Requester.NODE));
            expectRejection(fixtureAt(TIMES.unlockTime() - 1).given(historyTo(OnChainState.ResultSubmitted))
                    .when(new RequestWithdrawal(ID, Requester.NODE)), Rejection.Kind.NOT_FOUND, "unlockTime is not reached");
        }

        @ParameterizedTest
        @EnumSource(names = {"FundsLocked", "RefundRequested", "Disputed", "RefundWithdrawn", "DisputedWithdrawn", "FundsOrDatumInvalid"})
        void isNotPossibleOtherwise(OnChainState state) {
            expectRejection(fixtureAt(TIMES.unlockTime()).given(historyTo(state)).when(new RequestWithdrawal(ID, Requester.NODE)),
                    Rejection.Kind.NOT_FOUND, "it is in " + state);
        }

        @Test
        void doesNothingWhenWantedUnderWayOrDone() {
            RequestWithdrawal command = new RequestWithdrawal(ID, Requester.NODE);
            WithdrawalRequested wanted = new WithdrawalRequested(ID, Requester.NODE);
            ActionInitiated underWay = new ActionInitiated(ID, EscrowAction.Withdraw, hash(7), 99);

            fixtureAt(TIMES.unlockTime()).given(then(OnChainState.ResultSubmitted, wanted)).when(command).expectNoEvents()
                    .expectResultMessagePayload(3L);
            fixtureAt(TIMES.unlockTime()).given(then(OnChainState.ResultSubmitted, wanted, underWay)).when(command).expectNoEvents();
            fixtureAt(TIMES.unlockTime()).given(historyTo(OnChainState.Withdrawn)).when(command).expectNoEvents();
        }
    }

    @Nested
    class WhoMayAct {

        @Test
        void onlyTheKeyThatCreatedThePayment() {
            for (PaymentCommand command : List.of(new SubmitResult(ID, RESULT_HASH, STRANGER), new AuthorizeRefund(ID, STRANGER),
                    new RequestWithdrawal(ID, STRANGER))) {
                expectRejection(fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.Disputed)).when(command),
                        Rejection.Kind.NOT_ALLOWED, "Only the key that created this payment");
            }
        }

        @Test
        void orAnAdmin() {
            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.Disputed)).when(new AuthorizeRefund(ID, ADMIN))
                    .expectEvents(new RefundAuthorizationRequested(ID, ADMIN));
        }

        @Test
        void nobodyOnAPaymentThatIsNot() {
            fixtureAt(NOW.toEpochMilli()).givenNoPriorActivity().when(new SubmitResult(ID, RESULT_HASH, ADMIN))
                    .expectException(AggregateNotFoundException.class);
        }
    }

    @Nested
    class Expiring {

        @Test
        void endsThePaymentOnceAfterPayByTime() {
            ExpirePayment expire = new ExpirePayment(ID, blockAt(TIMES.payByTime() + 1));
            PaymentExpired expired = new PaymentExpired(ID, TIMES.payByTime(), expire.followedTo());

            fixtureAt(TIMES.payByTime() + 1).given(CREATED).when(expire).expectEvents(expired);
            fixtureAt(TIMES.payByTime() + 1).given(CREATED, expired).when(expire).expectNoEvents();
            expectRejection(fixtureAt(TIMES.payByTime() + 60_000).given(CREATED).when(new ExpirePayment(ID, blockAt(TIMES.payByTime()))),
                    Rejection.Kind.NOT_FOUND, "payByTime is not over");
        }

        @Test
        void endsAlsoOneThatIsLeftToAnOperator() {
            ExpirePayment expire = new ExpirePayment(ID, blockAt(TIMES.payByTime() + 1));
            OperatorRequired called = new OperatorRequired(ID, ErrorType.NetworkError, "another chain");
            PaymentExpired expired = new PaymentExpired(ID, TIMES.payByTime(), expire.followedTo());

            fixtureAt(TIMES.payByTime() + 1).given(CREATED, called).when(expire).expectEvents(expired);
            assertThat(Stream.<PaymentEvent>of(CREATED, called, expired)
                    .reduce((PaymentState) null, PaymentState::evolve, (_, last) -> last).next())
                    .isEqualTo(NextAction.NONE);
        }

        @Test
        void doesNothingWhenTheMoneyCame() {
            fixtureAt(TIMES.payByTime() + 1).given(historyTo(OnChainState.FundsLocked))
                    .when(new ExpirePayment(ID, blockAt(TIMES.payByTime() + 1))).expectNoEvents();
            fixtureAt(TIMES.payByTime() + 1).given(historyTo(OnChainState.Withdrawn))
                    .when(new ExpirePayment(ID, blockAt(TIMES.payByTime() + 1))).expectNoEvents();
        }

        @Test
        void doesNotDisbelieveALockThatWasMadeInTimeAndSeenLate() {
            LockObservation inTime = new LockObservation(output(1), datum(), LOCKED, true, false,
                    transactionAt(1, EscrowAction.Lock, TIMES.payByTime()));

            fixtureAt(TIMES.payByTime() + 60_000).given(CREATED, new PaymentExpired(ID, TIMES.payByTime(), null))
                    .when(new RecordLock(ID, inTime)).expectEvents(new FundsLocked(ID, inTime));
        }
    }

    @Nested
    class Locks {

        @Test
        void theAgreedLockIsBelieved() {
            fixtureAt(NOW.toEpochMilli()).given(CREATED).when(new RecordLock(ID, lock(1))).expectEvents(new FundsLocked(ID, lock(1)));
        }

        @Test
        void theSameLockAgainChangesNothingEvenLongAfter() {
            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(new RecordLock(ID, lock(1))).expectNoEvents();
            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.Withdrawn)).when(new RecordLock(ID, lock(1))).expectNoEvents();
        }

        @Test
        void aLockThatItsBuyerDidNotMakeIsIgnoredOnceAndTheRealOneIsStillBelieved() {
            LockObservation foreign = new LockObservation(output(5), datum(), LOCKED, false, false, transaction(5, EscrowAction.Lock));
            LockIgnored ignored = new LockIgnored(ID, foreign,
                    "The buyer it names spent nothing in its transaction; anyone may have made it");

            fixtureAt(NOW.toEpochMilli()).given(CREATED).when(new RecordLock(ID, foreign)).expectEvents(ignored);
            fixtureAt(NOW.toEpochMilli()).given(CREATED, ignored).when(new RecordLock(ID, foreign)).expectNoEvents();
            fixtureAt(NOW.toEpochMilli()).given(CREATED, ignored).when(new RecordLock(ID, lock(1)))
                    .expectEvents(new FundsLocked(ID, lock(1)));
        }

        @Test
        void aSecondLockIsIgnoredOnceAndWhatBecomesOfItIsNoneOfOurs() {
            LockIgnored second = new LockIgnored(ID, lock(6), "It is not the first lock of this identifier; that was " + output(1));

            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(new RecordLock(ID, lock(6))).expectEvents(second);
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, second)).when(new RecordLock(ID, lock(6))).expectNoEvents();
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, second))
                    .when(new RecordTransition(ID,
                            transition(7, 6, EscrowAction.WithdrawRefund, OnChainState.RefundWithdrawn, "")))
                    .expectNoEvents();
        }

        /** Each is cheap to make, and an event and a part of the record for ever. */
        @Test
        void strangersCannotMakeTheRecordGrowWithoutEnd() {
            List<Object> history = new ArrayList<>(List.of(CREATED));
            for (int i = 0; i < 100; i++) {
                history.add(new LockIgnored(ID, lock(200 + i), "not this record's"));
            }
            LockObservation foreign = new LockObservation(output(5), datum(), LOCKED, false, false, transaction(5, EscrowAction.Lock));

            fixtureAt(NOW.toEpochMilli()).given(history.subList(0, 100)).when(new RecordLock(ID, foreign))
                    .expectEvents(
                            new LockIgnored(ID, foreign, "The buyer it names spent nothing in its transaction; anyone may have made it"));
            fixtureAt(NOW.toEpochMilli()).given(history).when(new RecordLock(ID, foreign)).expectNoEvents();
            fixtureAt(NOW.toEpochMilli()).given(history).when(new RecordLock(ID, lock(1))).expectEvents(new FundsLocked(ID, lock(1)));
        }

        @Test
        void aLockNotAsAgreedIsInvalidWithAllBrokenRules() {
            LockObservation late = new LockObservation(output(1), datum(), Funds.lovelace(6_499_999), true, true,
                    transactionAt(1, EscrowAction.Lock, TIMES.payByTime() + 1));

            fixtureAt(NOW.toEpochMilli()).given(CREATED).when(new RecordLock(ID, late))
                    .expectEvents(new FundsOrDatumFoundInvalid(ID, late, List.of("It came after payByTime",
                            "The locked 6499999 lovelace without the collateral return of 1500000 do not cover the price of 5000000",
                            "The output carries a reference script")));
        }
    }

    @Nested
    class StrangeObservations {

        @Test
        void whatSpendsAnEarlierOutputOfTheEscrowAgainAsAfterARollbackIsUnexpectedOnce() {
            TransitionObservation seen = transition(9, 1, EscrowAction.SubmitResult, OnChainState.ResultSubmitted, RESULT_HASH);
            UnexpectedTransitionObserved unexpected = new UnexpectedTransitionObserved(ID, EscrowAction.SubmitResult, seen.transaction(),
                    "SubmitResult spent " + output(1) + ", but the escrow's output is " + output(2));

            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.ResultSubmitted)).when(new RecordTransition(ID, seen))
                    .expectEvents(unexpected);
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.ResultSubmitted, unexpected)).when(new RecordTransition(ID, seen))
                    .expectNoEvents();
        }

        @Test
        void whatSpendsAnOutputThatDidNotComeOfTheLockIsAnotherLocks() {
            TransitionObservation seen = transition(9, 8, EscrowAction.SubmitResult, OnChainState.ResultSubmitted, RESULT_HASH);

            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(new RecordTransition(ID, seen)).expectNoEvents();
        }

        @Test
        void aTransitionBeforeAnyLockOrAfterTheEndIsAnotherLocks() {
            TransitionObservation seen = transition(9, 8, EscrowAction.SubmitResult, OnChainState.ResultSubmitted, RESULT_HASH);

            fixtureAt(NOW.toEpochMilli()).given(CREATED).when(new RecordTransition(ID, seen)).expectNoEvents();
            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.Withdrawn)).when(new RecordTransition(ID, seen)).expectNoEvents();
        }

        @Test
        void aDatumThatContradictsTheTableIsUnexpected() {
            TransitionObservation seen = transition(9, 1, EscrowAction.SubmitResult, OnChainState.Disputed, RESULT_HASH);

            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(new RecordTransition(ID, seen))
                    .expectEvents(new UnexpectedTransitionObserved(ID, EscrowAction.SubmitResult, seen.transaction(),
                            "SubmitResult leads from FundsLocked to ResultSubmitted, but the chain shows Disputed"));
        }
    }

    @Nested
    class OurTransactions {

        private final ResultSubmissionRequested wanted = new ResultSubmissionRequested(ID, RESULT_HASH, OWNER);
        private final ActionInitiated initiated = new ActionInitiated(ID, EscrowAction.SubmitResult, hash(2), 5000);

        @Test
        void areRecordedOnceEach() {
            RecordActionInitiated command = new RecordActionInitiated(ID, EscrowAction.SubmitResult, hash(2), 5000);

            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, wanted)).when(command).expectEvents(initiated);
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, wanted, initiated)).when(command).expectNoEvents();
        }

        @Test
        void areRecordedAgainWhenRebuilt() {
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, wanted, initiated))
                    .when(new RecordActionInitiated(ID, EscrowAction.SubmitResult, hash(3), 6000))
                    .expectEvents(new ActionInitiated(ID, EscrowAction.SubmitResult, hash(3), 6000));
        }

        @Test
        void areRefusedWhenSomethingElseIsAboutToHappen() {
            RecordActionInitiated command = new RecordActionInitiated(ID, EscrowAction.Withdraw, hash(2), 5000);

            expectRejection(fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, wanted)).when(command),
                    Rejection.Kind.CONFLICT, "not about to Withdraw but at SubmitResultRequested");
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(command),
                    Rejection.Kind.CONFLICT, "WaitingForExternalAction");
        }

        @Test
        void changeNothingWhenTheChainShowedThemAlready() {
            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.ResultSubmitted))
                    .when(new RecordActionInitiated(ID, EscrowAction.SubmitResult, hash(2), 5000)).expectNoEvents();
        }

        @Test
        void failOnceAndOnlyWhilePending() {
            RecordActionFailed command = new RecordActionFailed(ID, EscrowAction.SubmitResult, ErrorType.NetworkError, "no provider");
            ActionFailed failed = new ActionFailed(ID, EscrowAction.SubmitResult, ErrorType.NetworkError, "no provider");

            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, wanted)).when(command).expectEvents(failed);
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, wanted, failed)).when(command).expectNoEvents();
            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.ResultSubmitted)).when(command).expectNoEvents();
        }
    }

    private static FixtureConfiguration<PaymentAggregate> fixtureAt(long now) {
        return new AggregateTestFixture<>(PaymentAggregate.class).registerInjectableResource(clockAt(now))
                .registerInjectableResource(TimeRules.STANDARD);
    }

    private static ResultValidator<PaymentAggregate> expectRejection(ResultValidator<PaymentAggregate> result, Rejection.Kind kind,
            String reason) {
        return result.expectNoEvents().expectException(RejectedException.class).expectExceptionMessage(containsString(reason))
                .expectExceptionDetails(new CustomTypeSafeMatcher<Rejection>("rejection of kind " + kind) {
                    @Override
                    protected boolean matchesSafely(Rejection rejection) {
                        return rejection.kind() == kind;
                    }
                });
    }
}
