package io.masumi.node.registry;

import static io.masumi.node.escrow.SaleExample.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.CoreMatchers.containsString;

import io.masumi.node.RejectedException;
import io.masumi.node.Rejection;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.credit.RecordCosts;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.registry.RegistrationCommand.DeleteRegistration;
import io.masumi.node.registry.RegistrationCommand.RecordTransactionConfirmed;
import io.masumi.node.registry.RegistrationCommand.RecordTransactionDelayed;
import io.masumi.node.registry.RegistrationCommand.RecordTransactionFailed;
import io.masumi.node.registry.RegistrationCommand.RecordTransactionGivenUp;
import io.masumi.node.registry.RegistrationCommand.RecordTransactionInitiated;
import io.masumi.node.registry.RegistrationCommand.RequestDeregistration;
import io.masumi.node.registry.RegistrationCommand.RequestRegistration;
import io.masumi.node.registry.RegistrationCommand.UndoConfirmation;
import io.masumi.node.registry.RegistrationEvent.ConfirmationUndone;
import io.masumi.node.registry.RegistrationEvent.DeregistrationConfirmed;
import io.masumi.node.registry.RegistrationEvent.DeregistrationFailed;
import io.masumi.node.registry.RegistrationEvent.DeregistrationInitiated;
import io.masumi.node.registry.RegistrationEvent.DeregistrationRequested;
import io.masumi.node.registry.RegistrationEvent.RegistrationConfirmed;
import io.masumi.node.registry.RegistrationEvent.RegistrationDeleted;
import io.masumi.node.registry.RegistrationEvent.RegistrationFailed;
import io.masumi.node.registry.RegistrationEvent.RegistrationInitiated;
import io.masumi.node.registry.RegistrationEvent.RegistrationRequested;
import io.masumi.node.registry.RegistrationEvent.TransactionDelayed;
import io.masumi.node.registry.RegistrationEvent.TransactionGivenUp;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class AgentRegistrationTest {

    private static final RegistrationId ID = new RegistrationId("cregistration0001");
    private static final EscrowTransaction MINT = transaction(10, EscrowAction.Withdraw);
    private static final EscrowTransaction BURN = transaction(11, EscrowAction.Withdraw);

    private static final RegistrationRequested REQUESTED = new RegistrationRequested(ID, SOURCE, SELLING_WALLET, null, null,
            details("Summariser", FIXED), OWNER);
    private static final WalletRef PAYER = new WalletRef("cwallet", "0b".repeat(28), "addr_test1payer");
    private static final RegistrationInitiated INITIATED = new RegistrationInitiated(ID, AGENT, MINT.hash(), 5000, PAYER);
    private static final RegistrationConfirmed CONFIRMED = new RegistrationConfirmed(ID, MINT);
    private static final RegistrationFailed FAILED = new RegistrationFailed(ID, ErrorType.NetworkError, "no provider");
    private static final DeregistrationRequested BURN_REQUESTED = new DeregistrationRequested(ID, OWNER);
    private static final DeregistrationInitiated BURN_INITIATED = new DeregistrationInitiated(ID, BURN.hash(), 6000, PAYER);
    private static final DeregistrationConfirmed BURN_CONFIRMED = new DeregistrationConfirmed(ID, BURN);
    private static final DeregistrationFailed BURN_FAILED = new DeregistrationFailed(ID, ErrorType.NetworkError, "no provider");

    private static final RegistrationDeleted DELETED = new RegistrationDeleted(ID, ADMIN);

    private static final RecordTransactionFailed FAIL = new RecordTransactionFailed(ID, ErrorType.NetworkError, "no provider");

    private final FixtureConfiguration<AgentRegistration> fixture = new AggregateTestFixture<>(AgentRegistration.class);

    @Test
    void anAgentIsRegisteredOnce() {
        fixture.givenNoPriorActivity().when(register(details("Summariser", FIXED))).expectEvents(REQUESTED).expectResultMessagePayload(0L);
        fixture.given(REQUESTED).when(register(details("Summariser", FIXED))).expectExceptionDetails(
                new Rejection(Rejection.Kind.CONFLICT, "A registration with this id exists already", ID.value()));
    }

    @Test
    void anAgentWithoutNameOrWithAPriceThatDoesNotFitIsRefused() {
        refuses(details(" ", FIXED), "name must not be empty");
        refuses(details("Summariser", new AgentPricing(PricingType.Fixed, Funds.NONE)), "AgentPricing must name amounts");
        refuses(details("Summariser", new AgentPricing(PricingType.Free, PRICE)), "AgentPricing must name amounts");
    }

    @Test
    void mintingGoesFromRequestedOverInitiatedToConfirmed() {
        fixture.given(REQUESTED).when(signed(MINT, 5000)).expectEvents(INITIATED);
        fixture.given(REQUESTED, INITIATED).when(new RecordTransactionConfirmed(ID, MINT)).expectEvents(CONFIRMED);
    }

    @Test
    void aConfirmationWhoseBlockIsGoneIsUndoneOnce() {
        ChainPoint before = transaction(9, EscrowAction.Lock).at();
        ConfirmationUndone undone = new ConfirmationUndone(ID, MINT.hash(), before);

        fixture.given(REQUESTED, INITIATED, CONFIRMED).when(new UndoConfirmation(ID, before)).expectEvents(undone);
        fixture.given(REQUESTED, INITIATED, CONFIRMED).when(new UndoConfirmation(ID, MINT.at())).expectNoEvents();
        fixture.given(REQUESTED, INITIATED, CONFIRMED, undone).when(new UndoConfirmation(ID, before)).expectNoEvents();
        fixture.given(REQUESTED, INITIATED, CONFIRMED, undone).when(new RecordTransactionConfirmed(ID, MINT)).expectEvents(CONFIRMED);
    }

    @Test
    void aBurnWhoseBlockIsGoneIsUnderWayAgain() {
        ConfirmationUndone undone = new ConfirmationUndone(ID, BURN.hash(), MINT.at());

        fixture.given(history(RegistrationPhase.DeregistrationConfirmed)).when(new UndoConfirmation(ID, MINT.at())).expectEvents(undone);
        fixture.given(REQUESTED, INITIATED, CONFIRMED, BURN_REQUESTED, BURN_INITIATED, BURN_CONFIRMED, undone)
                .when(new RecordTransactionConfirmed(ID, BURN)).expectEvents(BURN_CONFIRMED);
    }

    @Test
    void aTransactionThatIsGivenUpIsTakenNoteOfOnceInEveryPhase() {
        GivenUpTransaction lost = new GivenUpTransaction("0b".repeat(32), 5000, "it was not on chain when its validity ended", true);
        RecordTransactionGivenUp tell = new RecordTransactionGivenUp(ID, RegistrationStep.Registration, lost);
        TransactionGivenUp told = new TransactionGivenUp(ID, RegistrationStep.Registration, lost);

        for (RegistrationPhase phase : RegistrationPhase.values()) {
            new AggregateTestFixture<>(AgentRegistration.class).given(history(phase)).when(tell).expectEvents(told);
        }
        fixture.given(REQUESTED, INITIATED, told).when(tell).expectNoEvents().expectResultMessagePayload(2L);
        fixture.given(REQUESTED, INITIATED, told).when(new RecordTransactionConfirmed(ID, MINT)).expectEvents(CONFIRMED);
    }

    @Test
    void waitingIsToldOncePerReason() {
        RecordTransactionDelayed poor = new RecordTransactionDelayed(ID, ErrorType.InsufficientFunds, "no money");
        TransactionDelayed delayed = new TransactionDelayed(ID, ErrorType.InsufficientFunds, "no money");

        fixture.given(REQUESTED).when(poor).expectEvents(delayed);
        fixture.given(REQUESTED, delayed).when(poor).expectNoEvents();
        fixture.given(REQUESTED, INITIATED, CONFIRMED).when(poor).expectNoEvents();
        fixture.given(REQUESTED, delayed).when(signed(MINT, 5000)).expectEvents(INITIATED);
    }

    @Test
    void burningGoesFromRequestedOverInitiatedToConfirmed() {
        fixture.given(history(RegistrationPhase.RegistrationConfirmed)).when(new RequestDeregistration(ID, OWNER))
                .expectEvents(BURN_REQUESTED);
        fixture.given(history(RegistrationPhase.DeregistrationRequested)).when(signed(BURN, 6000)).expectEvents(BURN_INITIATED);
        fixture.given(history(RegistrationPhase.DeregistrationInitiated)).when(new RecordTransactionConfirmed(ID, BURN))
                .expectEvents(BURN_CONFIRMED);
    }

    @ParameterizedTest
    @EnumSource(names = {"RegistrationRequested", "RegistrationInitiated", "RegistrationFailed"})
    void onlyAConfirmedAgentIsDeregistered(RegistrationPhase phase) {
        fixture.given(history(phase)).when(new RequestDeregistration(ID, OWNER)).expectNoEvents()
                .expectExceptionMessage(containsString("it is in " + phase));
    }

    @Test
    void aBurningThatFailedIsAskedForAnew() {
        fixture.given(history(RegistrationPhase.DeregistrationFailed)).when(new RequestDeregistration(ID, OWNER))
                .expectEvents(BURN_REQUESTED);
        fixture.given(REQUESTED, INITIATED, CONFIRMED, BURN_REQUESTED, BURN_INITIATED, BURN_FAILED, BURN_REQUESTED)
                .when(new RecordTransactionInitiated(ID, AGENT, hash(13), 8000, PAYER))
                .expectEvents(new DeregistrationInitiated(ID, hash(13), 8000, PAYER));
    }

    /** A client whose answer was lost asks again. */
    @ParameterizedTest
    @EnumSource(names = {"DeregistrationRequested", "DeregistrationInitiated", "DeregistrationConfirmed"})
    void aDeregistrationThatIsWantedOrDoneIsAnsweredAsBefore(RegistrationPhase phase) {
        fixture.given(history(phase)).when(new RequestDeregistration(ID, OWNER)).expectNoEvents()
                .expectResultMessagePayload(history(phase).size() - 1L);
        fixture.given(history(phase)).when(new RequestDeregistration(ID, STRANGER)).expectNoEvents()
                .expectException(RejectedException.class);
    }

    @Test
    void whatWasDeletedIsNotDeregisteredAgain() {
        fixture.given(Stream.concat(history(RegistrationPhase.DeregistrationConfirmed).stream(), Stream.of(DELETED)).toList())
                .when(new RequestDeregistration(ID, OWNER)).expectNoEvents().expectExceptionMessage(containsString("deleted"));
    }

    @Test
    void onlyTheKeyThatRegisteredOrAnAdminDeregisters() {
        fixture.given(history(RegistrationPhase.RegistrationConfirmed)).when(new RequestDeregistration(ID, STRANGER)).expectNoEvents()
                .expectException(RejectedException.class).expectExceptionMessage(containsString("Only the key that registered"));
        fixture.given(history(RegistrationPhase.RegistrationConfirmed)).when(new RequestDeregistration(ID, ADMIN))
                .expectEvents(new DeregistrationRequested(ID, ADMIN));
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatIsNotOnChainIsDeletedAndOnce(RegistrationPhase phase) {
        DeleteRegistration delete = new DeleteRegistration(ID, ADMIN);
        ResultValidator<AgentRegistration> result = fixture.given(history(phase)).when(delete);
        switch (phase) {
            case RegistrationFailed, DeregistrationConfirmed -> {
                result.expectEvents(DELETED);
                fixture.given(Stream.concat(history(phase).stream(), Stream.of(DELETED)).toList()).when(delete)
                        .expectNoEvents().expectExceptionMessage(containsString("deleted"));
            }
            // It waits for money, for example, that will never come.
            case RegistrationRequested -> {
                RegistrationFailed calledOff = new RegistrationFailed(ID, ErrorType.Unknown,
                        "It was deleted before a transaction was made for it");
                result.expectEvents(calledOff, DELETED);
                fixture.given(Stream.concat(history(phase).stream(), Stream.of(calledOff, DELETED)).toList()).when(signed(MINT, 5000))
                        .expectNoEvents().expectException(RejectedException.class);
            }
            case RegistrationInitiated, RegistrationConfirmed, DeregistrationRequested, DeregistrationInitiated, DeregistrationFailed ->
                result.expectNoEvents().expectExceptionMessage(containsString("it is in " + phase));
        }
        fixture.given(history(phase)).when(new DeleteRegistration(ID, STRANGER)).expectNoEvents()
                .expectException(RejectedException.class);
    }

    @Test
    void aMintThatLandsAfterAllBringsADeletedRegistrationBack() {
        fixture.given(REQUESTED, INITIATED, FAILED, DELETED).when(new RecordTransactionConfirmed(ID, MINT)).expectEvents(CONFIRMED)
                .expectState(registration -> assertThat(registration).extracting("state").extracting("deleted").isEqualTo(false));
    }

    @ParameterizedTest
    @EnumSource
    void failsOnlyWhileSomethingIsUnderWay(RegistrationPhase phase) {
        ResultValidator<AgentRegistration> result = fixture.given(history(phase)).when(FAIL).expectSuccessfulHandlerExecution();
        switch (phase) {
            case RegistrationRequested, RegistrationInitiated -> result.expectEvents(FAILED);
            case DeregistrationRequested, DeregistrationInitiated -> result.expectEvents(BURN_FAILED);
            case RegistrationConfirmed, RegistrationFailed, DeregistrationConfirmed, DeregistrationFailed -> result.expectNoEvents();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theMintConfirmedAgainChangesNothingInLaterPhases(RegistrationPhase phase) {
        ResultValidator<AgentRegistration> result = fixture.given(history(phase)).when(new RecordTransactionConfirmed(ID, MINT))
                .expectSuccessfulHandlerExecution();
        switch (phase) {
            case RegistrationInitiated, RegistrationFailed -> result.expectEvents(CONFIRMED);
            case
                    RegistrationRequested,
                    RegistrationConfirmed,
                    DeregistrationRequested,
                    DeregistrationInitiated,
                    DeregistrationConfirmed,
                    DeregistrationFailed ->
                result.expectNoEvents();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionNobodyAskedForIsNoConfirmation(RegistrationPhase phase) {
        fixture.given(history(phase)).when(new RecordTransactionConfirmed(ID, transaction(77, EscrowAction.Withdraw))).expectNoEvents();
    }

    @Test
    void aTransactionIsRecordedOnceAndAgainWhenRebuilt() {
        fixture.given(REQUESTED, INITIATED).when(signed(MINT, 5000)).expectNoEvents();
        fixture.given(REQUESTED, INITIATED).when(new RecordTransactionInitiated(ID, AGENT, hash(12), 7000, PAYER))
                .expectEvents(new RegistrationInitiated(ID, AGENT, hash(12), 7000, PAYER));
        fixture.given(history(RegistrationPhase.RegistrationConfirmed))
                .when(new RecordTransactionInitiated(ID, AGENT, hash(12), 7000, PAYER))
                .expectNoEvents().expectExceptionMessage(containsString("waits for no transaction"));
    }

    private void refuses(AgentDetails details, String reason) {
        fixture.givenNoPriorActivity().when(register(details)).expectNoEvents().expectException(RejectedException.class)
                .expectExceptionMessage(containsString(reason));
    }

    private static RequestRegistration register(AgentDetails details) {
        return new RequestRegistration(ID, SOURCE, SELLING_WALLET, null, null, details, OWNER);
    }

    private static RecordTransactionInitiated signed(EscrowTransaction transaction, long validUntilSlot) {
        return new RecordTransactionInitiated(ID, AGENT, transaction.hash(), validUntilSlot, PAYER);
    }

    private static AgentDetails details(String name, AgentPricing pricing) {
        return new AgentDetails(name, "Reads long texts", "https://agent.example/api", List.of(), null,
                new AgentDetails.Author("Ada", null, null, null), null, List.of("text"), pricing, "https://agent.example/logo.png", 1);
    }

    private static List<RegistrationEvent> history(RegistrationPhase phase) {
        return switch (phase) {
            case RegistrationRequested -> List.of(REQUESTED);
            case RegistrationInitiated -> List.of(REQUESTED, INITIATED);
            case RegistrationConfirmed -> List.of(REQUESTED, INITIATED, CONFIRMED);
            case RegistrationFailed -> List.of(REQUESTED, INITIATED, FAILED);
            case DeregistrationRequested -> List.of(REQUESTED, INITIATED, CONFIRMED, BURN_REQUESTED);
            case DeregistrationInitiated -> List.of(REQUESTED, INITIATED, CONFIRMED, BURN_REQUESTED, BURN_INITIATED);
            case DeregistrationConfirmed -> List.of(REQUESTED, INITIATED, CONFIRMED, BURN_REQUESTED, BURN_INITIATED, BURN_CONFIRMED);
            case DeregistrationFailed -> List.of(REQUESTED, INITIATED, CONFIRMED, BURN_REQUESTED, BURN_FAILED);
        };
    }

    @Test
    void aRegistrationCostsItsFeesAndWhatWentToOthers() {
        RegistrationRequested funded = new RegistrationRequested(ID, SOURCE, SELLING_WALLET, BUYER, 5_000_000L,
                details("Summariser", FIXED),
                OWNER);

        assertThat(cost(true, REQUESTED)).as("the most").isEqualTo(Funds.lovelace(3_000_000));
        assertThat(cost(true, funded, INITIATED)).isEqualTo(Funds.lovelace(6_000_000));
        assertThat(cost(true, funded, INITIATED, CONFIRMED)).isEqualTo(Funds.lovelace(200_000));
        assertThat(cost(false, funded, INITIATED, CONFIRMED)).isEqualTo(Funds.lovelace(5_200_000));
        assertThat(cost(true, REQUESTED, INITIATED, FAILED)).isEqualTo(Funds.NONE);
        assertThat(cost(true, REQUESTED, INITIATED, CONFIRMED, BURN_REQUESTED)).isEqualTo(Funds.lovelace(1_200_000));
        assertThat(cost(true, REQUESTED, INITIATED, CONFIRMED, BURN_REQUESTED, BURN_INITIATED, BURN_CONFIRMED))
                .isEqualTo(Funds.lovelace(400_000));
        assertThat(cost(true, REQUESTED, INITIATED, CONFIRMED, new RegistrationEvent.ConfirmationUndone(ID, MINT.hash(), MINT.at())))
                .as("it is to land again").isEqualTo(Funds.lovelace(3_000_000));
        assertThat(cost(true, REQUESTED, INITIATED, CONFIRMED, new RegistrationEvent.ConfirmationUndone(ID, MINT.hash(), MINT.at()),
                CONFIRMED))
                .isEqualTo(Funds.lovelace(200_000));
    }

    private static Funds cost(boolean staysHome, RegistrationEvent... events) {
        return new RecordCosts(CreditRules.STANDARD)
                .of(Stream.of(events).reduce((RegistrationState) null, RegistrationState::evolve, (_, last) -> last), staysHome);
    }
}
