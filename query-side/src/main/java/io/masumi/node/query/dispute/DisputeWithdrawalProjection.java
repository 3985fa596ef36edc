package io.masumi.node.query.dispute;

import io.masumi.node.dispute.DisputeEvent;
import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.ViewProjector;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;

@ProcessingGroup("dispute-withdrawal-view")
final class DisputeWithdrawalProjection {

    private final ViewProjector<DisputeWithdrawalView, DisputeWithdrawalRow> view;

    DisputeWithdrawalProjection(ViewProjector<DisputeWithdrawalView, DisputeWithdrawalRow> view) {
        this.view = view;
    }

    @EventHandler
    void on(DisputeEvent event, @SequenceNumber long version, @Timestamp Instant at) {
        view.project(event.withdrawalId().value(), version,
                before -> DisputeWithdrawalView.after(before, event, new Occurrence(version, at)));
    }

    @ResetHandler
    void reset() {
        view.reset();
    }
}
