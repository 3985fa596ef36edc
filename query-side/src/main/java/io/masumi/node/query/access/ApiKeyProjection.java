package io.masumi.node.query.access;

import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.ViewProjector;
import io.masumi.node.access.ApiKeyEvent;
import io.masumi.node.access.ApiKeyEvent.ApiKeyCreated;
import io.masumi.node.access.ApiKeyEvent.ApiKeyRevoked;
import io.masumi.node.access.ApiKeyEvent.CreditsAllotted;
import io.masumi.node.access.ApiKeyEvent.CreditsChanged;
import io.masumi.node.access.ApiKeyEvent.CreditsClosed;
import io.masumi.node.access.ApiKeyEvent.CreditsRestored;
import io.masumi.node.access.ApiKeyEvent.CreditsSpent;
import io.masumi.node.access.ApiKeyEvent.PermissionsChanged;
import io.masumi.node.escrow.Funds;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;

@ProcessingGroup("api-key-view")
final class ApiKeyProjection {

    private final ViewProjector<ApiKeyView, ApiKeyView> view;

    ApiKeyProjection(ViewProjector<ApiKeyView, ApiKeyView> view) {
        this.view = view;
    }

    @EventHandler
    void on(ApiKeyEvent event, @SequenceNumber long version, @Timestamp Instant at) {
        view.project(event.keyId().value(), version, before -> after(before, event, new Occurrence(version, at)));
    }

    @ResetHandler
    void reset() {
        view.reset();
    }

    private static ApiKeyView after(ApiKeyView before, ApiKeyEvent event, Occurrence when) {
        return switch (event) {
            case ApiKeyCreated e ->
                new ApiKeyView(e.keyId(), when.version(), when.at(), e.maskedToken(), e.permissions(), e.credits(), false);
            case CreditsSpent e -> with(before, when, before.credits().minus(e.price()));
            case CreditsRestored e -> with(before, when, before.credits().plus(e.price()));
            case CreditsAllotted e -> with(before, when, e.left());
            case CreditsClosed e -> with(before, when, e.left());
            case CreditsChanged e -> with(before, when, e.left());
            case PermissionsChanged e -> new ApiKeyView(before.id(), when.version(), before.createdAt(), before.maskedToken(),
                    e.permissions(), before.credits(), before.revoked());
            case ApiKeyRevoked _ -> new ApiKeyView(before.id(), when.version(), before.createdAt(), before.maskedToken(),
                    before.permissions(), before.credits(), true);
        };
    }

    private static ApiKeyView with(ApiKeyView before, Occurrence when, Funds credits) {
        return new ApiKeyView(before.id(), when.version(), before.createdAt(), before.maskedToken(), before.permissions(), credits,
                before.revoked());
    }
}
