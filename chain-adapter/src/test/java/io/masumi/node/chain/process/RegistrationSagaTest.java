package io.masumi.node.chain.process;

import static io.masumi.node.chain.process.SagaFixture.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyCommand.SettleCredits;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.access.CreditUse;
import io.masumi.node.chain.SaleExample;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Party;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.registry.RegistrationCommand.RecordTransactionFailed;
import io.masumi.node.registry.RegistrationEvent;
import io.masumi.node.registry.RegistrationEvent.ConfirmationUndone;
import io.masumi.node.registry.RegistrationEvent.DeregistrationConfirmed;
import io.masumi.node.registry.RegistrationEvent.DeregistrationRequested;
import io.masumi.node.registry.RegistrationEvent.RegistrationConfirmed;
import io.masumi.node.registry.RegistrationEvent.RegistrationDeleted;
import io.masumi.node.registry.RegistrationEvent.RegistrationFailed;
import io.masumi.node.registry.RegistrationEvent.RegistrationInitiated;
import io.masumi.node.registry.RegistrationEvent.RegistrationRequested;
import io.masumi.node.registry.RegistrationId;

/** What a registration's saga decides. */
class RegistrationSagaTest {

    private static final RegistrationId ID = new RegistrationId("registration");
    private static final ChainPoint BLOCK = new ChainPoint(1000, "ff".repeat(32), 100, SagaFixture.START.toEpochMilli());
    private static final EscrowTransaction MINT = new EscrowTransaction("ab".repeat(32), BLOCK, 200_000, Party.Seller);
    private static final EscrowTransaction BURN = new EscrowTransaction("cd".repeat(32), BLOCK, 200_000, Party.Seller);

    private static final RegistrationEvent REQUESTED = requested(ADMIN);
    private static final RegistrationEvent SIGNED = new RegistrationInitiated(ID, SaleExample.AGENT, MINT.hash(), 5000, null);
    private static final RegistrationEvent CONFIRMED = new RegistrationConfirmed(ID, MINT);
    private static final RegistrationEvent FAILED = new RegistrationFailed(ID, ErrorType.Unknown, "no money");
    private static final RegistrationEvent BURN_REQUESTED = new DeregistrationRequested(ID, ADMIN);
    private static final RegistrationEvent BURNT = new DeregistrationConfirmed(ID, BURN);

    private final SagaFixture<RegistrationSaga> saga = new SagaFixture<>(RegistrationSaga.class);

    static Stream<Arguments> intents() {
        return Stream.of(
                arguments(List.of(), REQUESTED, List.of("RegisterAgent")),
                arguments(List.of(REQUESTED), SIGNED, List.of("as before")),
                arguments(List.of(REQUESTED), FAILED, List.of("as before")),
                arguments(List.of(REQUESTED, SIGNED), CONFIRMED, List.of("as before")),
                arguments(List.of(REQUESTED, SIGNED, CONFIRMED), new ConfirmationUndone(ID, MINT.hash(), BLOCK),
                        List.of("RegisterAgent again, " + MINT.hash())),
                arguments(List.of(REQUESTED, SIGNED, CONFIRMED), BURN_REQUESTED, List.of("DeregisterAgent")),
                arguments(List.of(REQUESTED, SIGNED, CONFIRMED, BURN_REQUESTED, BURNT), new ConfirmationUndone(ID, BURN.hash(), BLOCK),
                        List.of("DeregisterAgent again, " + BURN.hash())),
                arguments(List.of(REQUESTED, FAILED), new RegistrationDeleted(ID, ADMIN), List.of("nothing")));
    }

    @ParameterizedTest
    @MethodSource
    void intents(List<RegistrationEvent> before, RegistrationEvent event, List<String> said) {
        saga.given(ID.value(), before.toArray()).whenAggregate(ID.value()).publishes(event).expectSuccessfulHandlerExecution()
                .expectActiveSagas(1).expectNoDispatchedCommands();
        assertThat(saga.said).isEqualTo(said);
    }

    @Test
    void anAgentThatIsGoneIsForgottenADayLaterUnlessThatIsRolledBack() {
        saga.given(ID.value(), REQUESTED, SIGNED, CONFIRMED, BURN_REQUESTED).whenAggregate(ID.value()).publishes(BURNT)
                .expectScheduledDeadlineWithName(Duration.ofDays(1), "registration-ending");

        new SagaFixture<>(RegistrationSaga.class).given(ID.value(), REQUESTED, SIGNED, CONFIRMED, BURN_REQUESTED, BURNT)
                .whenTimeElapses(Duration.ofDays(1)).expectActiveSagas(0);
        new SagaFixture<>(RegistrationSaga.class).given(ID.value(), REQUESTED, SIGNED, CONFIRMED, BURN_REQUESTED, BURNT)
                .andThenAggregate(ID.value()).published(new ConfirmationUndone(ID, BURN.hash(), BLOCK)).whenTimeElapses(Duration.ofDays(2))
                .expectActiveSagas(1).expectNoScheduledDeadlines();
    }

    /** It may be on chain after all. */
    @Test
    void anAgentThatCouldNotBeRegisteredIsStillHeardOf() {
        saga.given(ID.value(), REQUESTED, FAILED).whenTimeElapses(Duration.ofDays(1))
                .expectTriggeredDeadlinesWithName("registration-ending")
                .expectActiveSagas(1);
    }

    @Test
    void whatItsKeyCannotPayForIsNotAskedOfTheChain() {
        Requester limited = new Requester(ApiKeyId.of("ab".repeat(32)).value(), false);
        saga.refusing(SettleCredits.class).given(ID.value()).whenAggregate(ID.value()).publishes(requested(limited))
                .expectDispatchedCommands(
                        new SettleCredits(new ApiKeyId(limited.keyId()), ID.value(), CreditUse.Registration, Funds.lovelace(3_000_000),
                                true,
                                "it is to be done"),
                        new RecordTransactionFailed(ID, ErrorType.InsufficientFunds, "The API key's credits do not suffice"));
        assertThat(saga.said).containsExactly("nothing");
    }

    private static RegistrationRequested requested(Requester requester) {
        return new RegistrationRequested(ID, SaleExample.SOURCE, SaleExample.SELLING_WALLET, null, null,
                new AgentDetails("agent", "works", "https://agent.example.com", List.of(), new AgentDetails.Capability("tests", "1"),
                        new AgentDetails.Author("Masumi", null, null, null), null, List.of(),
                        new AgentPricing(PricingType.Free, Funds.NONE),
                        "image", 1),
                requester);
    }
}
