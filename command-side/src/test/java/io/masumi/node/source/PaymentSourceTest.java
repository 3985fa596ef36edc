package io.masumi.node.source;

import static io.masumi.node.escrow.SaleExample.*;
import static org.hamcrest.CoreMatchers.containsString;

import io.masumi.node.Rejection;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.source.PaymentSourceCommand.CreatePaymentSource;
import io.masumi.node.source.PaymentSourceEvent.PaymentSourceCreated;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class PaymentSourceTest {

    private static final String ADDRESS = SOURCE.smartContractAddress();
    private static final PaymentSourceId ID = PaymentSourceId.of(Network.Preprod, ADDRESS);

    private final FixtureConfiguration<PaymentSource> fixture = new AggregateTestFixture<>(PaymentSource.class);

    @Test
    void thereIsOneSourceForAContract() {
        PaymentSourceCreated created = new PaymentSourceCreated(ID, Network.Preprod, PaymentSourceType.Web3CardanoV1, ADDRESS, POLICY,
                parameters(50, 420_000), "https://cardano.example", ADMIN);

        fixture.givenNoPriorActivity().when(create(ID, parameters(50, 420_000))).expectEvents(created).expectResultMessagePayload(0L);
        fixture.given(created).when(create(ID, parameters(50, 420_000))).expectNoEvents().expectExceptionDetails(
                new Rejection(Rejection.Kind.CONFLICT, "A payment source for this contract exists already", ID.value()));
    }

    @Test
    void impossibleParametersAreRefused() {
        refuses(create(ID, parameters(1001, 0)), "feeRatePermille must be 0 to 1000");
        refuses(create(ID, parameters(-1, 0)), "feeRatePermille must be 0 to 1000");
        refuses(create(ID, parameters(50, -1)), "cooldownTime must not be negative");
        refuses(create(PaymentSourceId.of(Network.Mainnet, ADDRESS), parameters(50, 0)), "id does not follow");
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
