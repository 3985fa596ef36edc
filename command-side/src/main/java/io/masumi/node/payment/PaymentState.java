package io.masumi.node.payment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.masumi.node.escrow.EscrowRecord;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.SaleState;
import io.masumi.node.payment.PaymentEvent.PaymentCreated;

/**
 * A payment as its events make it. The aggregate decides on it, the views render it, and an audit folds it up to any
 * event, so all three agree by construction.
 *
 * @param created the agreed terms
 */
public record PaymentState(PaymentCreated created, @JsonUnwrapped EscrowRecord record) implements SaleState {

    /** Folds one event; {@code state} is null before the first. */
    public static PaymentState evolve(PaymentState state, PaymentEvent event) {
        return event instanceof PaymentCreated created
                ? new PaymentState(created, created.after(null))
                : new PaymentState(state.created, event.after(state.record));
    }

    @Override
    public boolean mayExpire() {
        return escrow().state() == null && !next().equals(NextAction.NONE);
    }
}
