package io.masumi.node.purchase;

import static io.masumi.node.escrow.SaleExample.*;
import static io.masumi.node.purchase.PurchaseExample.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.purchase.PurchaseCommand.RecordTransactionGivenUp;
import io.masumi.node.purchase.PurchaseEvent.TransactionGivenUp;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

/** What a purchase makes of a transaction that the node has given up. */
class PurchaseGivenUpTest {

    private static final RecordTransactionGivenUp TELL = tell(2);
    private static final TransactionGivenUp TOLD = new TransactionGivenUp(ID, EscrowAction.RequestRefund, TELL.transaction());

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
        fixture().given(then(OnChainState.FundsLocked, TOLD, new TransactionGivenUp(ID, EscrowAction.RequestRefund, tell(3).transaction())))
                .when(TELL).expectNoEvents();
    }

    @Test
    void changesNothingOfWhatTheRecordIs() {
        PurchaseState before = historyTo(OnChainState.FundsLocked).stream().reduce((PurchaseState) null, PurchaseState::evolve,
                (_, last) -> last);

        assertThat(PurchaseState.evolve(before, TOLD)).isEqualTo(before);
    }

    @Test
    void manyOfThemDoNotMakeItGrow() {
        PurchaseEvent[] many = IntStream.range(100, 200)
                .mapToObj(number -> new TransactionGivenUp(ID, EscrowAction.RequestRefund, tell(number).transaction()))
                .toArray(PurchaseEvent[]::new);

        fixture().given(then(OnChainState.FundsLocked, many)).when(tell(199)).expectNoEvents();
        fixture().given(then(OnChainState.FundsLocked, many)).when(TELL).expectEvents(TOLD);
    }

    private static RecordTransactionGivenUp tell(int number) {
        return new RecordTransactionGivenUp(ID, EscrowAction.RequestRefund,
                new GivenUpTransaction(hash(number), 5000, "it was not on chain when its validity ended", true));
    }

    private static FixtureConfiguration<PurchaseAggregate> fixture() {
        return new AggregateTestFixture<>(PurchaseAggregate.class).registerInjectableResource(clockAt(NOW.toEpochMilli()))
                .registerInjectableResource(TimeRules.STANDARD);
    }
}
