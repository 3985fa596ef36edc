package io.masumi.node.source;

import static io.masumi.node.escrow.SaleExample.*;
import static io.masumi.node.source.ContractScript.Escrow;
import static io.masumi.node.source.ContractScript.Registry;
import static org.hamcrest.CoreMatchers.containsString;

import io.masumi.node.Rejection;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.source.PaymentSourceCommand.AdoptReferenceScript;
import io.masumi.node.source.PaymentSourceCommand.CreatePaymentSource;
import io.masumi.node.source.PaymentSourceCommand.RecordReferenceScriptDeployed;
import io.masumi.node.source.PaymentSourceCommand.RecordReferenceScriptFailed;
import io.masumi.node.source.PaymentSourceCommand.RecordReferenceScriptRetired;
import io.masumi.node.source.PaymentSourceCommand.RecordTransactionGivenUp;
import io.masumi.node.source.PaymentSourceCommand.RequestReferenceScript;
import io.masumi.node.source.PaymentSourceCommand.RequestReferenceScriptRetirement;
import io.masumi.node.source.PaymentSourceEvent.PaymentSourceCreated;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptAdopted;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptDeployed;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptDeploymentFailed;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptDeploymentRequested;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptRetired;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptRetirementFailed;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptRetirementRequested;
import io.masumi.node.source.PaymentSourceEvent.TransactionGivenUp;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class PaymentSourceTest {

    private static final String ADDRESS = SOURCE.smartContractAddress();
    private static final PaymentSourceId ID = PaymentSourceId.of(Network.Preprod, ADDRESS);

    private static final OutputRef OUTPUT = new OutputRef("ab".repeat(32), 0);
    private static final List<String> WALLETS = List.of("cwallet");
    private static final PaymentSourceCreated CREATED = new PaymentSourceCreated(ID, Network.Preprod, PaymentSourceType.Web3CardanoV1,
            ADDRESS, POLICY, parameters(50, 420_000), "https://cardano.example", ADMIN);
    private static final ReferenceScriptDeploymentRequested ASKED = new ReferenceScriptDeploymentRequested(ID, Escrow, WALLETS, ADMIN);
    private static final ReferenceScriptDeployed DEPLOYED = new ReferenceScriptDeployed(ID, Escrow, OUTPUT, onChain("ab", "0f"));

    private final FixtureConfiguration<PaymentSource> fixture = new AggregateTestFixture<>(PaymentSource.class);

    @Test
    void thereIsOneSourceForAContract() {
        fixture.givenNoPriorActivity().when(create(ID, parameters(50, 420_000))).expectEvents(CREATED).expectResultMessagePayload(0L);
        fixture.given(CREATED).when(create(ID, parameters(50, 420_000))).expectNoEvents().expectExceptionDetails(
                new Rejection(Rejection.Kind.CONFLICT, "A payment source for this contract exists already", ID.value()));
    }

    @Test
    void impossibleParametersAreRefused() {
        refuses(create(ID, parameters(1001, 0)), "feeRatePermille must be 0 to 1000");
        refuses(create(ID, parameters(-1, 0)), "feeRatePermille must be 0 to 1000");
        refuses(create(ID, parameters(50, -1)), "cooldownTime must not be negative");
        refuses(create(PaymentSourceId.of(Network.Mainnet, ADDRESS), parameters(50, 0)), "id does not follow");
    }

    @Test
    void aScriptIsDeployedOnceAtATime() {
        FixtureConfiguration<PaymentSource> source = new AggregateTestFixture<>(PaymentSource.class);
        source.given(CREATED).when(new RequestReferenceScript(ID, Escrow, WALLETS, null, ADMIN)).expectEvents(ASKED)
                .expectResultMessagePayload(1L);
        source.given(CREATED, ASKED).when(new RequestReferenceScript(ID, Registry, WALLETS, null, ADMIN)).expectNoEvents()
                .expectExceptionMessage(containsString("Escrow script is under way"));
        source.given(CREATED, ASKED).when(new AdoptReferenceScript(ID, Registry, OUTPUT, ADMIN)).expectNoEvents()
                .expectExceptionMessage(containsString("under way"));
        source.given(CREATED, ASKED).when(new RecordReferenceScriptDeployed(ID, Escrow, OUTPUT, onChain("ab", "0f")))
                .expectEvents(DEPLOYED);
        source.given(CREATED, ASKED, DEPLOYED).when(new RecordReferenceScriptDeployed(ID, Escrow, OUTPUT, onChain("ab", "0f")))
                .expectNoEvents()
                .expectResultMessagePayload(2L);
        source.given(CREATED, ASKED, DEPLOYED).when(new RequestReferenceScript(ID, Escrow, WALLETS, null, ADMIN)).expectNoEvents()
                .expectExceptionMessage(containsString("deployed already, in output " + OUTPUT));
        source.given(CREATED, ASKED, DEPLOYED).when(new RequestReferenceScript(ID, Escrow, WALLETS, OUTPUT, ADMIN)).expectEvents(ASKED);
    }

    @Test
    void aDeploymentThatCameToNothingCanBeAskedForAgain() {
        FixtureConfiguration<PaymentSource> source = new AggregateTestFixture<>(PaymentSource.class);
        ReferenceScriptDeploymentFailed failed = new ReferenceScriptDeploymentFailed(ID, Escrow, ErrorType.Unknown, "why");
        source.given(CREATED, ASKED).when(new RecordReferenceScriptFailed(ID, Escrow, ErrorType.Unknown, "why")).expectEvents(failed);
        source.given(CREATED, ASKED, failed).when(new RecordReferenceScriptFailed(ID, Escrow, ErrorType.Unknown, "why")).expectNoEvents();
        source.given(CREATED, ASKED, DEPLOYED).when(new RecordReferenceScriptFailed(ID, Escrow, ErrorType.Unknown, "why"))
                .expectEvents(failed);
        source.given(CREATED, ASKED, failed).when(new RequestReferenceScript(ID, Escrow, WALLETS, null, ADMIN)).expectEvents(ASKED);
    }

    @Test
    void anOutputThatIsThereIsTakenUp() {
        FixtureConfiguration<PaymentSource> source = new AggregateTestFixture<>(PaymentSource.class);
        OutputRef other = new OutputRef("cd".repeat(32), 3);
        source.given(CREATED, ASKED, DEPLOYED).when(new AdoptReferenceScript(ID, Escrow, other, ADMIN))
                .expectEvents(new ReferenceScriptAdopted(ID, Escrow, other, ADMIN));
        source.given(CREATED, ASKED, DEPLOYED).when(new AdoptReferenceScript(ID, Escrow, OUTPUT, ADMIN)).expectNoEvents()
                .expectResultMessagePayload(2L);
    }

    @Test
    void aDepositIsTakenBackOnce() {
        FixtureConfiguration<PaymentSource> source = new AggregateTestFixture<>(PaymentSource.class);
        RequestReferenceScriptRetirement retire = new RequestReferenceScriptRetirement(ID, Escrow, OUTPUT, "cwallet", ADMIN);
        ReferenceScriptRetirementRequested asked = new ReferenceScriptRetirementRequested(ID, Escrow, OUTPUT, "cwallet", ADMIN);
        ReferenceScriptRetirementFailed failed = new ReferenceScriptRetirementFailed(ID, Escrow, OUTPUT, ErrorType.Unknown, "why");
        ReferenceScriptRetired retired = new ReferenceScriptRetired(ID, Escrow, OUTPUT, "ef".repeat(32), onChain("ef", "0f"));
        source.given(CREATED).when(retire).expectNoEvents().expectExceptionMessage(containsString("not deployed in output"));
        source.given(CREATED, ASKED, DEPLOYED).when(retire).expectEvents(asked);
        source.given(CREATED, ASKED, DEPLOYED, asked).when(retire).expectNoEvents().expectExceptionMessage(containsString("under way"));
        source.given(CREATED, ASKED, DEPLOYED, asked).when(new RecordReferenceScriptFailed(ID, Escrow, ErrorType.Unknown, "why"))
                .expectEvents(failed);
        source.given(CREATED, ASKED, DEPLOYED, asked, failed).when(retire).expectEvents(asked);
        source.given(CREATED, ASKED, DEPLOYED, asked).when(new RecordReferenceScriptRetired(ID, Escrow, OUTPUT, onChain("ef", "0f")))
                .expectEvents(retired);
        source.given(CREATED, ASKED, DEPLOYED, asked, retired).when(retire).expectNoEvents()
                .expectExceptionMessage(containsString("not deployed"));
        source.given(CREATED, ASKED, DEPLOYED, asked, retired).when(new RequestReferenceScript(ID, Escrow, WALLETS, null, ADMIN))
                .expectEvents(ASKED);
    }

    @Test
    void whereATransactionIsOnChainIsSaidAgainWhenARollbackPutItElsewhereOrItWasNotKnown() {
        FixtureConfiguration<PaymentSource> source = new AggregateTestFixture<>(PaymentSource.class);
        RecordReferenceScriptDeployed deployedElsewhere = new RecordReferenceScriptDeployed(ID, Escrow, OUTPUT, onChain("ab", "1f"));
        ReferenceScriptDeployed elsewhere = new ReferenceScriptDeployed(ID, Escrow, OUTPUT, onChain("ab", "1f"));
        source.given(CREATED, ASKED, DEPLOYED).when(deployedElsewhere).expectEvents(elsewhere);
        source.given(CREATED, ASKED, DEPLOYED, elsewhere).when(deployedElsewhere).expectNoEvents();
        source.given(CREATED, ASKED, new ReferenceScriptDeployed(ID, Escrow, OUTPUT, null)).when(deployedElsewhere).expectEvents(elsewhere);

        ReferenceScriptRetirementRequested asked = new ReferenceScriptRetirementRequested(ID, Escrow, OUTPUT, "cwallet", ADMIN);
        ReferenceScriptRetired retired = new ReferenceScriptRetired(ID, Escrow, OUTPUT, "ef".repeat(32), onChain("ef", "0f"));
        RecordReferenceScriptRetired again = new RecordReferenceScriptRetired(ID, Escrow, OUTPUT, onChain("ef", "1f"));
        source.given(CREATED, ASKED, DEPLOYED, asked, retired).when(again)
                .expectEvents(new ReferenceScriptRetired(ID, Escrow, OUTPUT, "ef".repeat(32), onChain("ef", "1f")));
        source.given(CREATED, ASKED, DEPLOYED, asked, retired)
                .when(new RecordReferenceScriptRetired(ID, Escrow, OUTPUT, onChain("ef", "0f"))).expectNoEvents();
    }

    @Test
    void whatTheChainShowsIsTakenNoteOfThoughItWasThoughtToHaveFailed() {
        FixtureConfiguration<PaymentSource> source = new AggregateTestFixture<>(PaymentSource.class);
        source.given(CREATED, ASKED, new ReferenceScriptDeploymentFailed(ID, Escrow, ErrorType.Unknown, "why"))
                .when(new RecordReferenceScriptDeployed(ID, Escrow, OUTPUT, onChain("ab", "0f"))).expectEvents(DEPLOYED);
        source.given(CREATED, ASKED, DEPLOYED, new ReferenceScriptRetirementRequested(ID, Escrow, OUTPUT, "cwallet", ADMIN),
                new ReferenceScriptRetirementFailed(ID, Escrow, OUTPUT, ErrorType.Unknown, "why"))
                .when(new RecordReferenceScriptRetired(ID, Escrow, OUTPUT, onChain("ef", "0f")))
                .expectEvents(new ReferenceScriptRetired(ID, Escrow, OUTPUT, "ef".repeat(32), onChain("ef", "0f")));
    }

    @Test
    void aTransactionThatIsGivenUpIsTakenNoteOfOnceInEveryState() {
        GivenUpTransaction lost = new GivenUpTransaction("cd".repeat(32), 5000, "it was refused", true);
        RecordTransactionGivenUp tell = new RecordTransactionGivenUp(ID, Escrow, ReferenceScriptStep.Deployment, lost);
        TransactionGivenUp told = new TransactionGivenUp(ID, Escrow, ReferenceScriptStep.Deployment, lost);
        FixtureConfiguration<PaymentSource> source = new AggregateTestFixture<>(PaymentSource.class);
        source.given(CREATED).when(tell).expectEvents(told);
        source.given(CREATED, ASKED, DEPLOYED).when(tell).expectEvents(told);
        source.given(CREATED, ASKED, told).when(tell).expectNoEvents().expectResultMessagePayload(2L);
        source.given(CREATED, ASKED, told).when(new RecordReferenceScriptDeployed(ID, Escrow, OUTPUT, onChain("ab", "0f")))
                .expectEvents(DEPLOYED);
    }

    private static SourceTransaction onChain(String hash, String block) {
        return new SourceTransaction(hash.repeat(32), new ChainPoint(1000, block.repeat(32), 100, 1_000_000), 200_000,
                new WalletRef("cwallet", "0b".repeat(28), "addr_test1wallet"));
    }

    private static void refuses(CreatePaymentSource command, String reason) {
        new AggregateTestFixture<>(PaymentSource.class).givenNoPriorActivity().when(command).expectNoEvents()
                .expectExceptionMessage(containsString(reason));
    }

    private static CreatePaymentSource create(PaymentSourceId id, ContractParameters parameters) {
        return new CreatePaymentSource(id, Network.Preprod, PaymentSourceType.Web3CardanoV1, ADDRESS, POLICY, parameters,
                "https://cardano.example", ADMIN);
    }

    private static ContractParameters parameters(int feeRatePermille, long cooldownTime) {
        return new ContractParameters(2, List.of("addr_test1a", "addr_test1b", "addr_test1c"), "addr_test1fee", feeRatePermille,
                cooldownTime);
    }
}
