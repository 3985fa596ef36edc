package io.masumi.node.query.payment;

import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentEvent.ActionDelayed;
import io.masumi.node.payment.PaymentEvent.ActionFailed;
import io.masumi.node.payment.PaymentEvent.FactsUndone;
import io.masumi.node.payment.PaymentEvent.TransactionGivenUp;
import io.masumi.node.payment.PaymentState;
import io.masumi.node.query.escrow.EscrowTimeline;
import io.masumi.node.query.projection.Occurrence;

/** A payment as its events make it, and how it came to be so. */
record PaymentView(PaymentState state, EscrowTimeline timeline) {

    /** Folds one event; {@code view} is null before the first. */
    static PaymentView after(PaymentView view, PaymentEvent event, Occurrence when) {
        var id = event.paymentId().value();
        if (view == null) {
            var begun = PaymentState.evolve(null, event);
            return new PaymentView(begun, EscrowTimeline.begun(id, begun.next(), when));
        }
        var state = PaymentState.evolve(view.state, event);
        if (event instanceof FactsUndone undone) {
            return new PaymentView(state,
                    view.timeline.undone(undone.transactions(), id, view.state.escrow(), state.escrow(), state.next(), when));
        }
        if (event instanceof TransactionGivenUp lost) {
            return new PaymentView(state, view.timeline.givenUp(id, lost.transaction().hash(), when));
        }
        var timeline = view.timeline.after(id, view.state.escrow(), state.escrow(), state.next(), when);
        return new PaymentView(state, pendingIsLost(event) ? timeline.withPendingLost(when) : timeline);
    }

    private static boolean pendingIsLost(PaymentEvent event) {
        return event instanceof ActionFailed || event instanceof ActionDelayed;
    }

    long version() {
        return timeline.version();
    }
}
