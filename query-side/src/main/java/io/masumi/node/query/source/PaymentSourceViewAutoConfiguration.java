package io.masumi.node.query.source;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.serialization.StoredJson;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.ViewReader;
import io.masumi.node.query.projection.ViewTable;
import io.masumi.node.query.projection.ViewUpdates;
import io.masumi.node.query.source.PaymentSourceQuery.FindPaymentSource;
import java.util.List;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@AutoConfiguration
@ConditionalOnRole("query")
class PaymentSourceViewAutoConfiguration {

    @Bean
    PaymentSourceProjection paymentSourceProjection(JdbcTemplate jdbc, ViewUpdates updates) {
        return new PaymentSourceProjection(updates.projector(table(jdbc), PaymentSourceView::version, Function.identity(),
                (view, emitter) -> emitter.emit(FindPaymentSource.class, query -> query.sourceId().equals(view.id()), view)));
    }

    @Bean
    PaymentSourceQueries paymentSourceQueries(JdbcTemplate jdbc, JdbcClient client) {
        return new PaymentSourceQueries(new ViewReader<>(client, table(jdbc)));
    }

    private static ViewTable<PaymentSourceView, PaymentSourceView> table(JdbcTemplate jdbc) {
        return new ViewTable<>(jdbc, StoredJson.mapper(), "payment_source_view", PaymentSourceView.class,
                new Column<>("id", view -> view.id().value()), new Column<>("version", PaymentSourceView::version),
                List.of(
                        new Column<>("created_at", PaymentSourceView::createdAt),
                        new Column<>("network", PaymentSourceView::network),
                        new Column<>("smart_contract_address", PaymentSourceView::smartContractAddress)),
                Function.identity());
    }
}
