package io.masumi.node.query.sale;

import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.SaleEvent;
import io.masumi.node.escrow.SaleState;
import io.masumi.node.escrow.StoredSales;
import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.Versioned;
import java.util.List;
import java.util.function.BiFunction;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** A payment or purchase as its events make it, and how it came to be so. */
record SaleView<S extends SaleState>(S state, EscrowTimeline timeline) implements Versioned {

    /** After the record's first event. */
    static <S extends SaleState> SaleView<S> begun(S state, Occurrence when) {
        return new SaleView<>(state, EscrowTimeline.begun(state.created().saleId(), state.next(), when));
    }

    /** As it is, or made anew where it was stored without what the event undoes. */
    <E extends SaleEvent> SaleView<S> readyFor(E event, Class<E> type, BiFunction<S, E, S> evolve, EventStore events, Occurrence when) {
        return new SaleView<>(StoredSales.before(event, when.version(), state, type, evolve, events), timeline);
    }

    /** After one more event. */
    SaleView<S> after(S next, Occurrence when) {
        return new SaleView<>(next, timeline.after(id(), escrow(), next.escrow(), next.next(), when));
    }

    /** After one more event, which says that the transaction that we had pending failed. */
    SaleView<S> failed(S next, Occurrence when) {
        return new SaleView<>(next, after(next, when).timeline.withPendingLost(when));
    }

    /** After these transactions' blocks were rolled back. */
    SaleView<S> undone(S next, List<String> transactions, Occurrence when) {
        return new SaleView<>(next, timeline.undone(transactions, id(), escrow(), next.escrow(), next.next(), when));
    }

    /** After a transaction of ours was given up. */
    SaleView<S> givenUp(S next, String transaction, Occurrence when) {
        return new SaleView<>(next, timeline.givenUp(id(), transaction, when));
    }

    @Override
    public long version() {
        return timeline.version();
    }

    private String id() {
        return state.created().saleId();
    }

    private EscrowStatus escrow() {
        return state.escrow();
    }
}
