package io.masumi.node.query.access;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.ViewProjector;
import io.masumi.node.query.projection.ViewReader;
import io.masumi.node.query.projection.ViewTable;
import io.masumi.node.query.projection.ViewUpdates;
import io.masumi.node.query.access.ApiKeyQuery.FindApiKey;
import io.masumi.node.query.access.ApiKeyQuery.ListApiKeys;
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
import java.util.List;
import java.util.function.Function;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;

@AutoConfiguration
@ConditionalOnRole("query")
@ProcessingGroup("api-key-view")
final class ApiKeyProjection {

    private final ViewProjector<ApiKeyView, ApiKeyView> view;
    private final ViewReader<ApiKeyView> views;

    ApiKeyProjection(JdbcTemplate jdbc, ViewUpdates updates) {
        ViewTable<ApiKeyView, ApiKeyView> table = new ViewTable<>(jdbc, "api_key_view", ApiKeyView.class, Function.identity(),
                new Column<>("id", row -> row.id().value()), List.of(
                        new Column<>("created_at", ApiKeyView::createdAt)));
        view = updates.projector(table, Function.identity(),
                (row, emitter) -> emitter.emit(FindApiKey.class, query -> query.keyId().equals(row.id()), row));
        views = new ViewReader<>(jdbc, table);
    }

    @EventHandler
    void on(ApiKeyEvent event) {
        view.project(event.keyId().value(), (before, when) -> after(before, event, when));
    }

    @ResetHandler
    void reset() {
        view.reset();
    }

    @QueryHandler
    ApiKeyView on(FindApiKey query) {
        return views.find(query.keyId().value());
    }

    @QueryHandler
    List<ApiKeyView> on(ListApiKeys query) {
        return views.list(views.page().from(query.cursorId()), query.take());
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
