package io.masumi.node.query.dispute;

import io.masumi.node.dispute.DisputeEvent;
import io.masumi.node.dispute.DisputeEvent.WithdrawalSigned;
import io.masumi.node.dispute.DisputeWithdrawalState;
import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A disputed withdrawal as its events make it.
 *
 * @param version sequence number of its newest event
 * @param signedAt when each of the state's signatures came in, in their order
 */
record DisputeWithdrawalView(DisputeWithdrawalState state, long version, Instant createdAt, Instant updatedAt,
        List<Instant> signedAt) implements Versioned {

    /** Folds one event; {@code view} is null before the first. */
    static DisputeWithdrawalView after(DisputeWithdrawalView view, DisputeEvent event, Occurrence when) {
        if (view == null) {
            return new DisputeWithdrawalView(DisputeWithdrawalState.evolve(null, event), when.version(), when.at(), when.at(), List.of());
        }
        List<Instant> signedAt = event instanceof WithdrawalSigned
                ? Stream.concat(view.signedAt.stream(), Stream.of(when.at())).toList()
                : view.signedAt;
        return new DisputeWithdrawalView(DisputeWithdrawalState.evolve(view.state, event), when.version(), view.createdAt, when.at(),
                signedAt);
    }
}
