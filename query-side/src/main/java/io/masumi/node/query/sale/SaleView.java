package io.masumi.node.query.sale;

import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.SaleState;
import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.Versioned;
import java.util.List;

/** A payment or purchase as its events make it, and how it came to be so. */
record SaleView<S extends SaleState>(S state, EscrowTimeline timeline) implements Versioned {

    /** After the record's first event. */
    static <S extends SaleState> SaleView<S> begun(S state, Occurrence when) {
        return new SaleView<>(state, EscrowTimeline.begun(state.created().saleId(), state.next(), when));
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
