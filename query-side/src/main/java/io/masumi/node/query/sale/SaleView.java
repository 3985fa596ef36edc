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

    /**
     * Folds one event.
     *
     * @param view null before the first
     */
    static <S extends SaleState, E extends SaleEvent> SaleView<S> after(SaleView<S> view, E event, BiFunction<S, E, S> evolve,
            Occurrence when) {
        S state = evolve.apply(view == null ? null : view.state, event);
        return view == null ? begun(state, when) : switch (event) {
            case SaleEvent.Undone undone -> view.undone(state, undone.transactions(), when);
            case SaleEvent.GivenUp lost -> view.givenUp(state, lost.transaction().hash(), when);
            case SaleEvent.ActionLost _,SaleEvent.Delayed _ -> view.failed(state, when);
            default -> view.after(state, when);
        };
    }

    /** The same for a view that is stored: made anew where it was stored without what the event undoes. */
    static <S extends SaleState, E extends SaleEvent> SaleView<S> after(SaleView<S> stored, E event, Class<E> type,
            BiFunction<S, E, S> evolve, EventStore events, Occurrence when) {
        SaleView<S> ready = stored == null
                ? null
                : new SaleView<>(StoredSales.before(event, when.version(), stored.state, type, evolve, events), stored.timeline);
        return after(ready, event, evolve, when);
    }

    private static <S extends SaleState> SaleView<S> begun(S state, Occurrence when) {
        return new SaleView<>(state, EscrowTimeline.begun(state.created().saleId(), state.next(), when));
    }

    private SaleView<S> after(S next, Occurrence when) {
        return new SaleView<>(next, timeline.after(id(), escrow(), next.escrow(), next.next(), when));
    }

    /** The transaction that we had pending failed. */
    private SaleView<S> failed(S next, Occurrence when) {
        return new SaleView<>(next, after(next, when).timeline.withPendingLost(when));
    }

    private SaleView<S> undone(S next, List<String> transactions, Occurrence when) {
        return new SaleView<>(next, timeline.undone(transactions, id(), escrow(), next.escrow(), next.next(), when));
    }

    private SaleView<S> givenUp(S next, String transaction, Occurrence when) {
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
