package io.masumi.node.query.purchase;

import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.purchase.PurchaseEvent.ActionDelayed;
import io.masumi.node.purchase.PurchaseEvent.ActionFailed;
import io.masumi.node.purchase.PurchaseEvent.FactsUndone;
import io.masumi.node.purchase.PurchaseEvent.TransactionGivenUp;
import io.masumi.node.purchase.PurchaseState;
import io.masumi.node.query.escrow.EscrowTimeline;
import io.masumi.node.query.projection.Occurrence;

/** A purchase as its events make it, and how it came to be so. */
record PurchaseView(PurchaseState state, EscrowTimeline timeline) {

    /** Folds one event; {@code view} is null before the first. */
    static PurchaseView after(PurchaseView view, PurchaseEvent event, Occurrence when) {
        var id = event.purchaseId().value();
        if (view == null) {
            var begun = PurchaseState.evolve(null, event);
            return new PurchaseView(begun, EscrowTimeline.begun(id, begun.next(), when));
        }
        var state = PurchaseState.evolve(view.state, event);
        if (event instanceof FactsUndone undone) {
            return new PurchaseView(state,
                    view.timeline.undone(undone.transactions(), id, view.state.escrow(), state.escrow(), state.next(), when));
        }
        if (event instanceof TransactionGivenUp lost) {
            return new PurchaseView(state, view.timeline.givenUp(id, lost.transaction().hash(), when));
        }
        var timeline = view.timeline.after(id, view.state.escrow(), state.escrow(), state.next(), when);
        return new PurchaseView(state, pendingIsLost(event) ? timeline.withPendingLost(when) : timeline);
    }

    private static boolean pendingIsLost(PurchaseEvent event) {
        return event instanceof ActionFailed || event instanceof ActionDelayed;
    }

    long version() {
        return timeline.version();
    }
}
