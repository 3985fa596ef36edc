package io.masumi.node.query.access;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.serialization.StoredJson;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.ViewReader;
import io.masumi.node.query.projection.ViewTable;
import io.masumi.node.query.projection.ViewUpdates;
import io.masumi.node.query.access.ApiKeyQuery.FindApiKey;
import java.util.List;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@AutoConfiguration
@ConditionalOnRole("query")
class ApiKeyViewAutoConfiguration {

    @Bean
    ApiKeyProjection apiKeyProjection(JdbcTemplate jdbc, ViewUpdates updates) {
        return new ApiKeyProjection(updates.projector(table(jdbc), ApiKeyView::version, Function.identity(),
                (view, emitter) -> emitter.emit(FindApiKey.class, query -> query.keyId().equals(view.id()), view)));
    }

    @Bean
    ApiKeyQueries apiKeyQueries(JdbcTemplate jdbc, JdbcClient client) {
        return new ApiKeyQueries(new ViewReader<>(client, table(jdbc)));
    }

    private static ViewTable<ApiKeyView, ApiKeyView> table(JdbcTemplate jdbc) {
        return new ViewTable<>(jdbc, StoredJson.mapper(), "api_key_view", ApiKeyView.class,
                new Column<>("id", view -> view.id().value()), new Column<>("version", ApiKeyView::version),
                List.of(
                        new Column<>("created_at", ApiKeyView::createdAt)),
                Function.identity());
    }
}
