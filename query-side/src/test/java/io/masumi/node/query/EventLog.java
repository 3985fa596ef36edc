package io.masumi.node.query;

import io.masumi.node.testing.MutableClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Lets things happen: stores events as the aggregates would, at the test clock's time. */
public final class EventLog {

    private final EventStore store;
    private final TransactionManager transactions;
    private final MutableClock clock;
    private final Map<String, Long> versions = new HashMap<>();

    public EventLog(EventStore store, TransactionManager transactions, MutableClock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Each of the record's next events in a transaction of its own. */
    public void happen(String aggregateType, String id, List<?> events) {
        events.forEach(event -> transactions.executeInTransaction(() -> store.publish(message(aggregateType, id, event))));
    }

    /** The record's next events in one transaction. */
    public void happenAtOnce(String aggregateType, String id, List<?> events) {
        transactions.executeInTransaction(() -> store.publish(events.stream().map(event -> message(aggregateType, id, event)).toList()));
    }

    /** The sale on the seller's side. */
    public void sold(Sale sale) {
        happenAtOnce("Payment", sale.paymentId().value(), sale.payment());
    }

    /** The sale on the buyer's side. */
    public void bought(Sale sale) {
        happenAtOnce("Purchase", sale.purchaseId().value(), sale.purchase());
    }

    private GenericDomainEventMessage<?> message(String aggregateType, String id, Object event) {
        Long version = versions.merge(id, 0L, (last, first) -> last + 1);
        return new GenericDomainEventMessage<>(aggregateType, id, version, event, Map.of(), UUID.randomUUID().toString(), clock.instant());
    }
}
