package io.masumi.node.query.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.serialization.StoredJson;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.ViewTable;
import io.masumi.node.query.projection.ViewUpdates;
import io.masumi.node.query.projection.WireFormat;
import io.masumi.node.query.projection.WireRecords;
import io.masumi.node.query.registry.RegistryQuery.FindRegistration;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@AutoConfiguration
@ConditionalOnRole("query")
class RegistrationViewAutoConfiguration {

    static final String TABLE = "registration_view";

    @Bean
    RegistrationProjection registrationProjection(JdbcTemplate jdbc, ViewUpdates updates) {
        return new RegistrationProjection(updates.projector(table(jdbc, StoredJson.mapper()), RegistrationView::version,
                RegistrationRow::of, (row, emitter) -> emitter.emit(FindRegistration.class,
                        query -> query.registrationId().value().equals(row.id()), row.record())));
    }

    @Bean
    RegistrationQueries registrationQueries(JdbcClient jdbc) {
        return new RegistrationQueries(jdbc);
    }

    private static ViewTable<RegistrationView, RegistrationRow> table(JdbcTemplate jdbc, ObjectMapper json) {
        return new ViewTable<>(jdbc, json, TABLE, RegistrationView.class, new Column<>("id", RegistrationRow::id),
                new Column<>("version", row -> row.view().version()),
                List.of(
                        new Column<>("created_at", row -> row.view().createdAt()),
                        new Column<>("updated_at", row -> row.view().updatedAt()),
                        new Column<>("network", row -> row.source().network()),
                        new Column<>("payment_source_id", row -> row.source().id()),
                        new Column<>("payment_source_type", row -> row.source().type()),
                        new Column<>("smart_contract_address", row -> row.source().smartContractAddress()),
                        new Column<>("owner_key_id", RegistrationRow::ownerKeyId),
                        new Column<>("agent_identifier", row -> row.view().state().agentIdentifier()),
                        new Column<>("agent_name", RegistrationRow::agentName),
                        new Column<>("phase", row -> row.view().state().phase()),
                        new Column<>("deleted", row -> row.view().state().deleted()),
                        new Column<>("amounts", row -> WireFormat.amounts(row.price())),
                        new Column<>(WireRecords.JSON, RegistrationRow::json)),
                RegistrationRow::view);
    }
}
