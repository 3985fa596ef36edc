package io.masumi.node.payment;

import static io.masumi.node.escrow.SaleExample.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.Rejection;
import io.masumi.node.RejectedException;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.payment.PaymentCommand.CreatePayment;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class PaymentAggregateTest {

    private static final PaymentId ID = PaymentId.of(IDENTIFIER);

    @Test
    void smoke() {
        FixtureConfiguration<PaymentAggregate> fixture = new AggregateTestFixture<>(PaymentAggregate.class);
        fixture.registerInjectableResource(clock());
        fixture.registerInjectableResource(TimeRules.STANDARD);
        CreatePayment create = new CreatePayment(ID, IDENTIFIER, SOURCE, AGENT, "agent", FIXED, List.of(), INPUT_HASH, PURCHASER, TIMES,
                COOLDOWN, SELLING_WALLET, null, null, OWNER);
        fixture.givenNoPriorActivity().when(create).expectSuccessfulHandlerExecution().expectResultMessagePayload(0L);
        fixture.givenCommands(create).when(create).expectException(RejectedException.class)
                .expectExceptionDetails(new Rejection(Rejection.Kind.CONFLICT, "A payment with this blockchainIdentifier exists already",
                        ID.value()));
        fixture.givenCommands(create).when(new PaymentCommand.RecordLock(ID, lock(1)))
                .expectEvents(new PaymentEvent.FundsLocked(ID, lock(1))).expectResultMessagePayload(1L);
        fixture.givenCommands(create, new PaymentCommand.RecordLock(ID, lock(1))).when(new PaymentCommand.RecordLock(ID, lock(1)))
                .expectNoEvents().expectResultMessagePayload(1L);
        assertThat(ID.value()).startsWith("c");
    }
}
