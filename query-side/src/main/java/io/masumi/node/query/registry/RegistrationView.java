package io.masumi.node.query.registry;

import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.Versioned;
import io.masumi.node.registry.RegistrationEvent;
import io.masumi.node.registry.RegistrationState;
import java.time.Instant;

/**
 * A registration as its events make it.
 *
 * @param version sequence number of its newest event
 * @param lastObservedAt when the chain last showed something of it, null until it does
 * @param givenUp hash of the transaction that was given up last, null when none was
 */
record RegistrationView(RegistrationState state, long version, Instant createdAt, Instant updatedAt, Instant lastObservedAt,
        String givenUp) implements Versioned {

    /** Folds one event; {@code view} is null before the first. */
    static RegistrationView after(RegistrationView view, RegistrationEvent event, Occurrence when) {
        if (view == null) {
            return new RegistrationView(RegistrationState.evolve(null, event), when.version(), when.at(), when.at(), null, null);
        }
        Instant observed = switch (event) {
            case RegistrationEvent.RegistrationConfirmed _,RegistrationEvent.DeregistrationConfirmed _ -> when.at();
            default -> view.lastObservedAt;
        };
        String givenUp = event instanceof RegistrationEvent.TransactionGivenUp lost ? lost.transaction().hash() : view.givenUp;
        return new RegistrationView(RegistrationState.evolve(view.state, event), when.version(), view.createdAt, when.at(), observed,
                givenUp);
    }
}
