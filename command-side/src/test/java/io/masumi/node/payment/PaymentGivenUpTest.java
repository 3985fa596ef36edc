package io.masumi.node.payment;

import static io.masumi.node.escrow.SaleExample.*;
import static io.masumi.node.payment.PaymentExample.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.payment.PaymentCommand.RecordTransactionGivenUp;
import io.masumi.node.payment.PaymentEvent.TransactionGivenUp;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

/** What a payment makes of a transaction that the node has given up. */
class PaymentGivenUpTest {

    private static final RecordTransactionGivenUp TELL = tell(2);
    private static final TransactionGivenUp TOLD = new TransactionGivenUp(ID, EscrowAction.SubmitResult, TELL.transaction());

    @Test
    void isTakenNoteOfInEveryStateAlsoWhenNothingIsExpected() {
        fixture().given(CREATED).when(TELL).expectEvents(TOLD);
        Stream.of(OnChainState.FundsLocked, OnChainState.FundsOrDatumInvalid, OnChainState.ResultSubmitted, OnChainState.Disputed,
                OnChainState.Withdrawn, OnChainState.DisputedWithdrawn)
                .forEach(state -> fixture().given(historyTo(state)).when(TELL).expectEvents(TOLD));
    }

    @Test
    void isTakenNoteOfOnce() {
        fixture().given(CREATED, TOLD).when(TELL).expectNoEvents().expectResultMessagePayload(1L);
        fixture().given(then(OnChainState.FundsLocked, TOLD, new TransactionGivenUp(ID, EscrowAction.SubmitResult, tell(3).transaction())))
                .when(TELL).expectNoEvents();
    }

    @Test
    void changesNothingOfWhatTheRecordIs() {
        PaymentState before = historyTo(OnChainState.FundsLocked).stream().reduce((PaymentState) null, PaymentState::evolve,
                (_, last) -> last);

        assertThat(PaymentState.evolve(before, TOLD)).isEqualTo(before);
    }

    @Test
    void manyOfThemDoNotMakeItGrow() {
        PaymentEvent[] many = IntStream.range(100, 200)
                .mapToObj(number -> new TransactionGivenUp(ID, EscrowAction.SubmitResult, tell(number).transaction()))
                .toArray(PaymentEvent[]::new);

        fixture().given(then(OnChainState.FundsLocked, many)).when(tell(199)).expectNoEvents();
        fixture().given(then(OnChainState.FundsLocked, many)).when(TELL).expectEvents(TOLD);
    }

    private static RecordTransactionGivenUp tell(int number) {
        return new RecordTransactionGivenUp(ID, EscrowAction.SubmitResult,
                new GivenUpTransaction(hash(number), 5000, "it was not on chain when its validity ended", true));
    }

    private static FixtureConfiguration<PaymentAggregate> fixture() {
        return new AggregateTestFixture<>(PaymentAggregate.class).registerInjectableResource(clockAt(NOW.toEpochMilli()))
                .registerInjectableResource(TimeRules.STANDARD);
    }
}
