package io.masumi.node.payment;

import static io.masumi.node.escrow.SaleExample.hash;
import static io.masumi.node.escrow.SaleExample.transaction;
import static io.masumi.node.payment.PaymentExample.ID;
import static io.masumi.node.payment.PaymentExample.then;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.NodeJson;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowRecord;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.SaleExample;
import io.masumi.node.escrow.StoredSales;
import io.masumi.node.payment.PaymentEvent.FactsUndone;
import io.masumi.node.payment.PaymentEvent.LockIgnored;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

/** A payment as views and sagas store it. */
class StoredPaymentTest {

    private static final FactsUndone REFUND_UNDONE = new FactsUndone(ID, transaction(2, EscrowAction.SubmitResult).at(), List.of(hash(3)));

    private final List<PaymentEvent> events = then(OnChainState.Disputed);
    private final PaymentState now = folded(events);

    @Test
    void readsBackWithWhatARollbackUndoes() throws JsonProcessingException {
        PaymentState read = NodeJson.MAPPER.readValue(NodeJson.MAPPER.writeValueAsString(now), PaymentState.class);

        assertThat(read).isEqualTo(now);
        assertThat(PaymentState.evolve(read, REFUND_UNDONE).escrow()).isEqualTo(folded(then(OnChainState.ResultSubmitted)).escrow());
    }

    /** The members of an escrow stand beside the agreement, as they did before they were one record. */
    @Test
    void isStoredAsItWasButForTheFacts() {
        ObjectNode stored = NodeJson.MAPPER.valueToTree(now);

        assertThat(stored.fieldNames()).toIterable().containsExactly("created", "escrow", "next", "facts");
        assertThat(NodeJson.MAPPER.<ObjectNode>valueToTree(folded(events.subList(0, 1))).fieldNames()).toIterable()
                .containsExactly("created", "escrow", "next");
    }

    @Test
    void ofAnEarlierVersionIsMadeAnewWhenFactsAreUndone() {
        PaymentState stored = new PaymentState(now.created(), new EscrowRecord(now.escrow(), now.next(), null));
        assertThat(stored.record().lacksFacts()).isTrue();
        assertThatThrownBy(() -> PaymentState.evolve(stored, REFUND_UNDONE)).isInstanceOf(IllegalStateException.class);

        PaymentState before = StoredSales.before(REFUND_UNDONE, events.size(), stored, PaymentEvent.class, PaymentState::evolve,
                storeOf(REFUND_UNDONE));

        assertThat(before).isEqualTo(now);
        assertThat(PaymentState.evolve(before, REFUND_UNDONE).escrow()).isEqualTo(folded(then(OnChainState.ResultSubmitted)).escrow());
    }

    @Test
    void isLeftAsItIsOtherwise() {
        PaymentState stored = new PaymentState(now.created(), new EscrowRecord(now.escrow(), now.next(), null));

        assertThat(StoredSales.before(new PaymentEvent.ErrorCleared(ID, SaleExample.OWNER), 9, stored, PaymentEvent.class,
                PaymentState::evolve, null))
                .isSameAs(stored);
        assertThat(StoredSales.before(REFUND_UNDONE, 9, now, PaymentEvent.class, PaymentState::evolve, null)).isSameAs(now);
    }

    /** Strangers make as many as they like, but no more than these are recorded; the row is written with every event. */
    @Test
    void staysSmallWhateverStrangersLock() {
        List<PaymentEvent> disturbed = new ArrayList<>(events);
        IntStream.range(10, 110).mapToObj(SaleExample::lock).forEach(lock -> disturbed.add(new LockIgnored(ID, lock, "not the first")));
        PaymentState after = folded(disturbed);

        assertThat(NodeJson.MAPPER.valueToTree(after).toString().length()).isLessThan(60_000);
        LockObservation newest = SaleExample.lock(109);
        PaymentState undone = PaymentState.evolve(after,
                new FactsUndone(ID, transaction(9, EscrowAction.Lock).at(), after.record().lostAbove(
                        SaleExample.lock(10).transaction().at().blockHeight() - 1)));
        assertThat(after.escrow().recorded().has(newest)).isTrue();
        assertThat(undone.escrow()).isEqualTo(now.escrow());
    }

    private static PaymentState folded(List<PaymentEvent> events) {
        return events.stream().reduce((PaymentState) null, PaymentState::evolve, (_, last) -> last);
    }

    private EventStore storeOf(PaymentEvent newest) {
        EventStore store = EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
        List<PaymentEvent> all = new ArrayList<>(events);
        all.add(newest);
        store.publish(IntStream.range(0, all.size())
                .mapToObj(n -> new GenericDomainEventMessage<>("Payment", ID.value(), n, all.get(n))).toList());
        return store;
    }
}
