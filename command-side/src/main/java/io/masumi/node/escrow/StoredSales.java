package io.masumi.node.escrow;

import java.util.function.BiFunction;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Payments and purchases as views and sagas store them, which earlier versions of the node did without what a rollback undoes. */
public final class StoredSales {

    private StoredSales() {}

    /**
     * What is stored, or the same made anew from its events where it lacks what the next event undoes.
     *
     * @param event that is to be folded next
     * @param sequenceNumber of that event
     * @param type what all its events are, as {@code evolve} folds them
     */
    public static <S extends SaleState, E extends SaleEvent> S before(E event, long sequenceNumber, S stored, Class<E> type,
            BiFunction<S, E, S> evolve,
            EventStore events) {
        if (!(event instanceof SaleEvent.Undone) || !stored.record().lacksFacts()) {
            return stored;
        }
        return events.readEvents(event.saleId()).asStream().filter(each -> each.getSequenceNumber() < sequenceNumber)
                .map(each -> type.cast(each.getPayload())).reduce((S) null, evolve, (_, last) -> last);
    }
}
