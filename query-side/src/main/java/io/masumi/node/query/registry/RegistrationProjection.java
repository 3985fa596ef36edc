package io.masumi.node.query.registry;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.Rendered;
import io.masumi.node.query.projection.ViewProjector;
import io.masumi.node.query.projection.ViewTable;
import io.masumi.node.query.projection.ViewUpdates;
import io.masumi.node.query.projection.WireFormat;
import io.masumi.node.query.projection.WireRecords;
import io.masumi.node.query.registry.RegistryQuery.FindRegistration;
import io.masumi.node.registry.RegistrationEvent;
import io.masumi.node.registry.RegistrationEvent.RegistrationRequested;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;

@AutoConfiguration
@ConditionalOnRole("query")
@ProcessingGroup("registration-view")
final class RegistrationProjection {

    static final String TABLE = "registration_view";

    private final ViewProjector<RegistrationView, Rendered<RegistrationView>> view;

    RegistrationProjection(JdbcTemplate jdbc, ViewUpdates updates) {
        view = updates.projector(table(jdbc), RegistrationProjection::rendered, (row, emitter) -> emitter.emit(FindRegistration.class,
                query -> query.registrationId().value().equals(row.record().id()), row.record()));
    }

    static ViewTable<RegistrationView, Rendered<RegistrationView>> table(JdbcTemplate jdbc) {
        return WireRecords.table(jdbc, TABLE, RegistrationView.class, List.of(
                new Column<>("created_at", row -> row.view().createdAt()),
                new Column<>("payment_source_id", row -> requested(row).source().id()),
                new Column<>("payment_source_type", row -> requested(row).source().type()),
                new Column<>("agent_identifier", row -> row.view().state().agentIdentifier()),
                new Column<>("agent_name", row -> requested(row).details().name()),
                new Column<>("phase", row -> row.view().state().phase()),
                new Column<>("deleted", row -> row.view().state().deleted()),
                new Column<>("amounts", row -> WireFormat.amounts(requested(row).details().pricing().fixed()))));
    }

    @EventHandler
    void on(RegistrationEvent event) {
        view.project(event.registrationId().value(), (before, when) -> RegistrationView.after(before, event, when));
    }

    @ResetHandler
    void reset() {
        view.reset();
    }

    private static Rendered<RegistrationView> rendered(RegistrationView view) {
        RegistrationRequested requested = view.state().requested();
        return new Rendered<>(view, new WireRecord(requested.registrationId().value(), view.version(), requested.requester().keyId(),
                requested.source().network(), requested.source().smartContractAddress(), view.updatedAt(), RegistryEntryJson.render(view)),
                null);
    }

    private static RegistrationRequested requested(Rendered<RegistrationView> row) {
        return row.view().state().requested();
    }
}
