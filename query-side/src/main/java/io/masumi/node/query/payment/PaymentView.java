package io.masumi.node.query.payment;

import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentEvent.ActionFailed;
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
        var timeline = view.timeline.after(id, view.state.escrow(), state.escrow(), state.next(), when);
        return new PaymentView(state, event instanceof ActionFailed ? timeline.withPendingLost(when) : timeline);
    }

    long version() {
        return timeline.version();
    }
}
