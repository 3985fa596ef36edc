package io.masumi.node.query.registry;

import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.ViewProjector;
import io.masumi.node.registry.RegistrationEvent;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;

@ProcessingGroup("registration-view")
final class RegistrationProjection {

    private final ViewProjector<RegistrationView, RegistrationRow> view;

    RegistrationProjection(ViewProjector<RegistrationView, RegistrationRow> view) {
        this.view = view;
    }

    @EventHandler
    void on(RegistrationEvent event, @SequenceNumber long version, @Timestamp Instant at) {
        view.project(event.registrationId().value(), version,
                before -> RegistrationView.after(before, event, new Occurrence(version, at)));
    }

    @ResetHandler
    void reset() {
        view.reset();
    }
}
