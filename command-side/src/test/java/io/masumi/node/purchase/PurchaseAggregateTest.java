package io.masumi.node.purchase;

import static io.masumi.node.escrow.SaleExample.*;
import static io.masumi.node.purchase.PurchaseExample.*;
import static org.hamcrest.CoreMatchers.containsString;

import io.masumi.node.Rejection;
import io.masumi.node.RejectedException;
import io.masumi.node.Requester;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.EscrowStateTable;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.purchase.PurchaseCommand.CancelRefundRequest;
import io.masumi.node.purchase.PurchaseCommand.CreatePurchase;
import io.masumi.node.purchase.PurchaseCommand.RecordActionFailed;
import io.masumi.node.purchase.PurchaseCommand.RecordActionInitiated;
import io.masumi.node.purchase.PurchaseCommand.RecordLock;
import io.masumi.node.purchase.PurchaseCommand.RecordTransition;
import io.masumi.node.purchase.PurchaseCommand.RequestRefund;
import io.masumi.node.purchase.PurchaseCommand.RequestRefundWithdrawal;
import io.masumi.node.purchase.PurchaseEvent.ActionFailed;
import io.masumi.node.purchase.PurchaseEvent.ActionInitiated;
import io.masumi.node.purchase.PurchaseEvent.DisputeResolved;
import io.masumi.node.purchase.PurchaseEvent.FundsLocked;
import io.masumi.node.purchase.PurchaseEvent.FundsOrDatumFoundInvalid;
import io.masumi.node.purchase.PurchaseEvent.FundsWithdrawn;
import io.masumi.node.purchase.PurchaseEvent.LockIgnored;
import io.masumi.node.purchase.PurchaseEvent.RefundAuthorized;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestCancellationRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestCancelled;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundWithdrawalRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundWithdrawn;
import io.masumi.node.purchase.PurchaseEvent.ResultSubmitted;
import io.masumi.node.purchase.PurchaseEvent.UnexpectedTransitionObserved;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PurchaseAggregateTest {

    @Nested
    class Creating {

        @Test
        void agreesAndWantsTheMoneyLocked() {
            fixtureAt(NOW.toEpochMilli()).givenNoPriorActivity().when(create()).expectEvents(CREATED, LOCK_WANTED)
                    .expectResultMessagePayload(1L);
        }

        @Test
        void aFixedPriceMayBeRepeatedButMustMatch() {
            fixtureAt(NOW.toEpochMilli()).givenNoPriorActivity().when(create(FIXED, lovelace(5_000_000), TIMES, SELLER))
                    .expectEvents(CREATED, LOCK_WANTED);
            refusesToCreate(create(FIXED, lovelace(4_999_999), TIMES, SELLER), "Amounts must be the agent's fixed price");
        }

        @Test
        void aDynamicPriceMustBeNamedAndAFreeAgentCannotBePaid() {
            refusesToCreate(create(DYNAMIC, List.of(), TIMES, SELLER), "Amounts is missing");
            refusesToCreate(create(FREE, List.of(), TIMES, SELLER), "free of charge");
        }

        @Test
        void aSecondPurchaseOfTheSameIdentifierIsAConflictThatNamesTheFirst() {
            fixtureAt(NOW.toEpochMilli()).given(CREATED, LOCK_WANTED).when(create()).expectNoEvents()
                    .expectExceptionDetails(new Rejection(Rejection.Kind.CONFLICT,
                            "A purchase with this blockchainIdentifier exists already", ID.value()));
        }

        @Test
        void anOfferThatAnotherIdentifierHasTakenIsAConflictThatNamesItsPurchase() {
            Offers offers = offers();
            fixtureAt(NOW.toEpochMilli(), offers).givenNoPriorActivity().when(create()).expectEvents(CREATED, LOCK_WANTED);
            BlockchainIdentifier.Parts parts = IDENTIFIER.parts();
            fixtureAt(NOW.toEpochMilli(), offers).givenNoPriorActivity()
                    .when(create(BlockchainIdentifier.of(parts.sellerIdentifier(), parts.purchaserIdentifier(), parts.signature(),
                            parts.key() + "00")))
                    .expectNoEvents().expectExceptionDetails(new Rejection(Rejection.Kind.CONFLICT,
                            "A purchase of this offer exists already, under another form of its blockchainIdentifier", ID.value()));
            fixtureAt(NOW.toEpochMilli(), offers).givenNoPriorActivity()
                    .when(create(BlockchainIdentifier.of("0f" + parts.sellerIdentifier().substring(2), parts.purchaserIdentifier(),
                            parts.signature(), parts.key())))
                    .expectSuccessfulHandlerExecution();
        }

        @Test
        void whatIsRefusedLeavesTheOfferFree() {
            Offers offers = offers();
            fixtureAt(NOW.toEpochMilli(), offers).givenNoPriorActivity().when(create(DYNAMIC, List.of(), TIMES, SELLER)).expectNoEvents();
            fixtureAt(NOW.toEpochMilli(), offers).givenNoPriorActivity().when(create()).expectEvents(CREATED, LOCK_WANTED);
        }

        @Test
        void aSellerWithoutAKeyIsRefusedBeforeAnythingIsLocked() {
            refusesToCreate(create(FIXED, List.of(), TIMES, new Participant(null, SELLER.address())), "no payment key");
        }

        @Test
        void isRefusedOncePayByTimeIsOver() {
            expectRejection(fixtureAt(TIMES.payByTime() + 1).givenNoPriorActivity().when(create()), Rejection.Kind.INVALID,
                    "payByTime is over");
            fixtureAt(TIMES.payByTime()).givenNoPriorActivity().when(create()).expectSuccessfulHandlerExecution();
        }

        @Test
        void timesThatOverflowAreRefused() {
            refusesToCreate(create(FIXED, List.of(), new EscrowTimes(TIMES.payByTime(), Long.MAX_VALUE, TIMES.unlockTime(),
                    TIMES.externalDisputeUnlockTime()), SELLER), "times must lie between");
        }

        @Test
        void anIdThatDoesNotFollowFromTheIdentifierIsRefused() {
            CreatePurchase c = create();
            refusesToCreate(new CreatePurchase(new PurchaseId("c" + "0".repeat(32)), c.blockchainIdentifier(), c.source(),
                    c.agentIdentifier(), c.agentName(), c.pricing(), c.amounts(), c.inputHash(), c.identifierFromPurchaser(), c.times(),
                    c.cooldownTime(), c.seller(), c.walletIds(), null, null, null, OWNER), "id does not follow");
        }

        private void refusesToCreate(CreatePurchase command, String reason) {
            expectRejection(fixtureAt(NOW.toEpochMilli()).givenNoPriorActivity().when(command), Rejection.Kind.INVALID, reason);
        }
    }

    /** The state table of README.md, row by row, as the chain shows it. */
    @Nested
    class StateTable {

        @ParameterizedTest
        @MethodSource("io.masumi.node.escrow.EscrowStateTable#rows")
        void theChainMovesAsTheTableSays(EscrowStateTable.Row row) {
            TransitionObservation seen = transition(9, newestIn(row.from()), row.action(), row.to(), row.resultAfter() ? RESULT_HASH : "");

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

        private static PurchaseEvent eventOf(EscrowAction action, OnChainState to, TransitionObservation seen) {
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
    class RequestingARefund {

        @ParameterizedTest
        @EnumSource(names = {"FundsLocked", "ResultSubmitted"})
        void isPossibleBeforeUnlockTime(OnChainState state) {
            RequestRefund command = new RequestRefund(ID, OWNER);

            fixtureAt(TIMES.unlockTime() - 1).given(historyTo(state)).when(command).expectEvents(new RefundRequestRequested(ID, OWNER));
            expectRejection(fixtureAt(TIMES.unlockTime()).given(historyTo(state)).when(command), Rejection.Kind.NOT_FOUND,
                    "unlockTime is over");
        }

        @ParameterizedTest
        @EnumSource(names = {"Withdrawn", "RefundWithdrawn", "DisputedWithdrawn", "FundsOrDatumInvalid"})
        void isNotPossibleOtherwise(OnChainState state) {
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(historyTo(state)).when(new RequestRefund(ID, OWNER)),
                    Rejection.Kind.NOT_FOUND, "it is in " + state);
        }

        @Test
        void isNotPossibleBeforeTheLock() {
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(signed()).when(new RequestRefund(ID, OWNER)), Rejection.Kind.NOT_FOUND,
                    "no on-chain state yet");
        }
    }

    @Nested
    class CancellingARefundRequest {

        @ParameterizedTest
        @EnumSource(names = {"RefundRequested", "Disputed"})
        void isPossibleAnyTime(OnChainState state) {
            fixtureAt(TIMES.externalDisputeUnlockTime() + 1).given(historyTo(state)).when(new CancelRefundRequest(ID, OWNER))
                    .expectEvents(new RefundRequestCancellationRequested(ID, OWNER));
        }

        @ParameterizedTest
        @EnumSource(names = {"FundsLocked", "ResultSubmitted", "Withdrawn", "RefundWithdrawn", "DisputedWithdrawn", "FundsOrDatumInvalid"})
        void isNotPossibleOtherwise(OnChainState state) {
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(historyTo(state)).when(new CancelRefundRequest(ID, OWNER)),
                    Rejection.Kind.NOT_FOUND, "it is in " + state);
        }
    }

    /** A client whose answer was lost asks again; a second transaction would cost a fee and a cooldown. */
    @Nested
    class AskedAgain {

        private final RequestRefund request = new RequestRefund(ID, OWNER);
        private final CancelRefundRequest cancel = new CancelRefundRequest(ID, OWNER);
        private final RefundRequestRequested wanted = new RefundRequestRequested(ID, OWNER);
        private final RefundRequestCancellationRequested cancellationWanted = new RefundRequestCancellationRequested(ID, OWNER);
        private final RefundRequestCancelled cancelled = new RefundRequestCancelled(ID, OnChainState.FundsLocked,
                transition(3, 2, EscrowAction.CancelRefundRequest, OnChainState.FundsLocked, ""));
        private final ResultSubmitted answered = new ResultSubmitted(ID, OnChainState.Disputed,
                transition(3, 2, EscrowAction.SubmitResult, OnChainState.Disputed, RESULT_HASH));

        @Test
        void aWantedRefundIsAnsweredAsBeforeAlsoWhenItsTimeIsOver() {
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, wanted)).when(request).expectNoEvents()
                    .expectResultMessagePayload(4L);
            fixtureAt(TIMES.unlockTime()).given(then(OnChainState.FundsLocked, wanted,
                    new ActionInitiated(ID, EscrowAction.RequestRefund, PURCHASING_WALLET, hash(7), 99))).when(request).expectNoEvents()
                    .expectResultMessagePayload(5L);
        }

        @ParameterizedTest
        @EnumSource(names = {"RefundRequested", "Disputed"})
        void aRefundThatIsAskedForIsAnsweredAsBeforeUntilItIsTakenBack(OnChainState state) {
            fixtureAt(TIMES.unlockTime()).given(historyTo(state)).when(request).expectNoEvents()
                    .expectResultMessagePayload(historyTo(state).size() - 1L);
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(then(state, cancellationWanted)).when(request), Rejection.Kind.NOT_FOUND,
                    "it is in " + state);
        }

        @Test
        void aRefundThatTheSellerAnsweredIsNoRepetition() {
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.RefundRequested, answered)).when(request),
                    Rejection.Kind.NOT_FOUND, "it is in Disputed");
        }

        @Test
        void aCancellationIsAnsweredAsBeforeUntilSomebodyMovesOn() {
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.RefundRequested, cancellationWanted)).when(cancel).expectNoEvents()
                    .expectResultMessagePayload(5L);
            fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.RefundRequested, cancelled)).when(cancel).expectNoEvents()
                    .expectResultMessagePayload(5L);
            fixtureAt(TIMES.submitResultTime())
                    .given(then(OnChainState.RefundRequested, cancelled, new RefundWithdrawalRequested(ID, Requester.NODE))).when(cancel)
                    .expectNoEvents().expectSuccessfulHandlerExecution();
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.RefundRequested, cancelled, wanted)).when(cancel),
                    Rejection.Kind.NOT_FOUND, "it is in FundsLocked");
        }

        @Test
        void onlyByItsCreatorOrAnAdmin() {
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, wanted))
                    .when(new RequestRefund(ID, STRANGER)), Rejection.Kind.NOT_ALLOWED, "Only the key that created");
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.RefundRequested, cancelled))
                    .when(new CancelRefundRequest(ID, STRANGER)), Rejection.Kind.NOT_ALLOWED, "Only the key that created");
        }
    }

    @Nested
    class WithdrawingTheRefund {

        private final RequestRefundWithdrawal command = new RequestRefundWithdrawal(ID, Requester.NODE);

        @ParameterizedTest
        @EnumSource(names = {"FundsLocked", "RefundRequested"})
        void isPossibleFromSubmitResultTimeOnWithoutAResult(OnChainState state) {
            fixtureAt(TIMES.submitResultTime()).given(historyTo(state)).when(command)
                    .expectEvents(new RefundWithdrawalRequested(ID, Requester.NODE));
            expectRejection(fixtureAt(TIMES.submitResultTime() - 1).given(historyTo(state)).when(command), Rejection.Kind.NOT_FOUND,
                    "submitResultTime is not reached");
        }

        @ParameterizedTest
        @EnumSource(names = {"ResultSubmitted", "Disputed", "Withdrawn", "RefundWithdrawn", "DisputedWithdrawn"})
        void doesNothingWhenAResultIsThereOrTheMoneyIsBack(OnChainState state) {
            fixtureAt(TIMES.submitResultTime()).given(historyTo(state)).when(command).expectNoEvents().expectSuccessfulHandlerExecution();
        }

        @Test
        void doesNothingWhenWantedOrUnderWay() {
            RefundWithdrawalRequested wanted = new RefundWithdrawalRequested(ID, Requester.NODE);
            ActionInitiated underWay = new ActionInitiated(ID, EscrowAction.WithdrawRefund, PURCHASING_WALLET, hash(7), 99);

            fixtureAt(TIMES.submitResultTime()).given(then(OnChainState.FundsLocked, wanted)).when(command).expectNoEvents();
            fixtureAt(TIMES.submitResultTime()).given(then(OnChainState.FundsLocked, wanted, underWay)).when(command).expectNoEvents();
        }

        @Test
        void isNotPossibleBeforeTheLock() {
            expectRejection(fixtureAt(TIMES.submitResultTime()).given(signed()).when(command), Rejection.Kind.NOT_FOUND,
                    "no on-chain state yet");
        }
    }

    @Nested
    class WhoMayAct {

        @Test
        void onlyTheKeyThatCreatedThePurchaseOrAnAdmin() {
            for (PurchaseCommand command : List.of(new RequestRefund(ID, STRANGER), new CancelRefundRequest(ID, STRANGER),
                    new RequestRefundWithdrawal(ID, STRANGER))) {
                expectRejection(fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(command),
                        Rejection.Kind.NOT_ALLOWED, "Only the key that created this purchase");
            }
            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(new RequestRefund(ID, ADMIN))
                    .expectEvents(new RefundRequestRequested(ID, ADMIN));
        }

        @Test
        void nobodyOnAPurchaseThatIsNot() {
            fixtureAt(NOW.toEpochMilli()).givenNoPriorActivity().when(new RequestRefund(ID, ADMIN))
                    .expectException(AggregateNotFoundException.class);
        }
    }

    @Nested
    class Locks {

        @Test
        void ourOwnLockIsBelievedOnceAndCheckedLikeAnyOther() {
            LockObservation tooLittle = new LockObservation(output(1), datum(), PRICE, true, false, transaction(1, EscrowAction.Lock));

            fixtureAt(NOW.toEpochMilli()).given(signed()).when(new RecordLock(ID, lock(1))).expectEvents(new FundsLocked(ID, lock(1)));
            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(new RecordLock(ID, lock(1))).expectNoEvents();
            fixtureAt(NOW.toEpochMilli()).given(signed()).when(new RecordLock(ID, tooLittle))
                    .expectEvents(new FundsOrDatumFoundInvalid(ID, tooLittle, List.of(
                            "The locked 5000000 lovelace without the collateral return of 1500000 do not cover the price of 5000000")));
        }

        @Test
        void somebodyElsesLockDoesNotStandInTheWayOfOurs() {
            EscrowDatum ours = datum();
            EscrowDatum theirs = new EscrowDatum(new Participant("77".repeat(28), "addr_test1other"), SELLER, ours.referenceKey(),
                    ours.referenceSignature(), ours.sellerNonce(), ours.buyerNonce(), COLLATERAL_RETURN, INPUT_HASH, "", TIMES, 0, 0,
                    OnChainState.FundsLocked);
            LockObservation foreign = new LockObservation(output(6), theirs, LOCKED, true, false, transaction(6, EscrowAction.Lock));
            LockIgnored ignored = new LockIgnored(ID, foreign, "It was not made by the wallet that pays for this purchase");

            fixtureAt(NOW.toEpochMilli()).given(CREATED, LOCK_WANTED).when(new RecordLock(ID, foreign)).expectEvents(ignored);
            fixtureAt(NOW.toEpochMilli()).given(signed()).when(new RecordLock(ID, foreign)).expectEvents(ignored);
            fixtureAt(NOW.toEpochMilli()).given(CREATED, LOCK_WANTED, ignored).when(new RecordLock(ID, foreign)).expectNoEvents();
            fixtureAt(NOW.toEpochMilli()).given(CREATED, LOCK_WANTED, LOCK_SIGNED, ignored).when(new RecordLock(ID, lock(1)))
                    .expectEvents(new FundsLocked(ID, lock(1)));
        }

        @Test
        void strangersCannotMakeTheRecordGrowWithoutEnd() {
            List<Object> history = new ArrayList<>(List.of(CREATED, LOCK_WANTED));
            for (int i = 0; i < 100; i++) {
                history.add(new LockIgnored(ID, lock(200 + i), "It was not made by the wallet that pays for this purchase"));
            }

            fixtureAt(NOW.toEpochMilli()).given(history).when(new RecordLock(ID, lock(6))).expectNoEvents();
            history.add(LOCK_SIGNED);
            fixtureAt(NOW.toEpochMilli()).given(history).when(new RecordLock(ID, lock(1))).expectEvents(new FundsLocked(ID, lock(1)));
        }

        /** A seller knows the identifier first: such a lock can be older than the purchase, which then never heard of it. */
        @Test
        void whatBecomesOfALockThatIsOlderThanThePurchaseKeepsNobodyFromHisRefund() {
            RecordTransition result = new RecordTransition(ID,
                    transition(9, 8, EscrowAction.SubmitResult, OnChainState.ResultSubmitted, RESULT_HASH));
            RecordTransition end = new RecordTransition(ID,
                    transition(10, 9, EscrowAction.Withdraw, OnChainState.Withdrawn, RESULT_HASH));

            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(result).expectNoEvents();
            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(end).expectNoEvents();
            fixtureAt(TIMES.unlockTime() - 1).given(historyTo(OnChainState.FundsLocked)).andGivenCommands(result, end)
                    .when(new RequestRefund(ID, OWNER)).expectEvents(new RefundRequestRequested(ID, OWNER));
        }
    }

    @Nested
    class OurTransactions {

        @Test
        void areRecordedOnceEachAndAgainWhenRebuilt() {
            fixtureAt(NOW.toEpochMilli()).given(CREATED, LOCK_WANTED)
                    .when(new RecordActionInitiated(ID, EscrowAction.Lock, PURCHASING_WALLET, hash(1), 5000)).expectEvents(LOCK_SIGNED);
            fixtureAt(NOW.toEpochMilli()).given(signed())
                    .when(new RecordActionInitiated(ID, EscrowAction.Lock, PURCHASING_WALLET, hash(1), 5000)).expectNoEvents();
            fixtureAt(NOW.toEpochMilli()).given(signed())
                    .when(new RecordActionInitiated(ID, EscrowAction.Lock, PURCHASING_WALLET, hash(2), 6000))
                    .expectEvents(new ActionInitiated(ID, EscrowAction.Lock, PURCHASING_WALLET, hash(2), 6000));
        }

        @Test
        void changeNothingWhenTheChainShowedThemAlready() {
            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked))
                    .when(new RecordActionInitiated(ID, EscrowAction.Lock, PURCHASING_WALLET, hash(1), 5000)).expectNoEvents();
        }

        @Test
        void areRefusedWhenSomethingElseIsAboutToHappenOrAnotherWalletSigned() {
            WalletRef other = new WalletRef("cbuying0002", "77".repeat(28), "addr_test1other");

            expectRejection(fixtureAt(NOW.toEpochMilli()).given(signed())
                    .when(new RecordActionInitiated(ID, EscrowAction.WithdrawRefund, PURCHASING_WALLET, hash(2), 6000)),
                    Rejection.Kind.CONFLICT, "not about to WithdrawRefund but at FundsLockingInitiated");
            expectRejection(fixtureAt(NOW.toEpochMilli()).given(then(OnChainState.FundsLocked, new RefundRequestRequested(ID, OWNER)))
                    .when(new RecordActionInitiated(ID, EscrowAction.RequestRefund, other, hash(2), 6000)), Rejection.Kind.INVALID,
                    "Only the wallet that locked the money");
        }

        @Test
        void failOnceAndOnlyWhilePending() {
            RecordActionFailed command = new RecordActionFailed(ID, EscrowAction.Lock, ErrorType.InsufficientFunds, "wallet is empty");
            ActionFailed failed = new ActionFailed(ID, EscrowAction.Lock, ErrorType.InsufficientFunds, "wallet is empty");

            fixtureAt(NOW.toEpochMilli()).given(CREATED, LOCK_WANTED).when(command).expectEvents(failed);
            fixtureAt(NOW.toEpochMilli()).given(CREATED, LOCK_WANTED, failed).when(command).expectNoEvents();
            fixtureAt(NOW.toEpochMilli()).given(historyTo(OnChainState.FundsLocked)).when(command).expectNoEvents();
        }
    }

    private static FixtureConfiguration<PurchaseAggregate> fixtureAt(long now) {
        return fixtureAt(now, offers());
    }

    private static FixtureConfiguration<PurchaseAggregate> fixtureAt(long now, Offers offers) {
        return new AggregateTestFixture<>(PurchaseAggregate.class).registerInjectableResource(clockAt(now))
                .registerInjectableResource(TimeRules.STANDARD).registerInjectableResource(offers);
    }

    private static ResultValidator<PurchaseAggregate> expectRejection(ResultValidator<PurchaseAggregate> result, Rejection.Kind kind,
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
