package io.masumi.node.query.payment;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.axon.BusyGroup;
import io.masumi.node.platform.serialization.StoredJson;
import io.masumi.node.query.escrow.EscrowViewTable;
import io.masumi.node.query.payment.PaymentQuery.FindPayment;
import io.masumi.node.query.projection.ViewUpdates;
import java.util.List;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@AutoConfiguration
@ConditionalOnRole("query")
class PaymentViewAutoConfiguration {

    static final String TABLE = "payment_view";

    @Bean
    BusyGroup paymentView() {
        return new BusyGroup(PaymentProjection.GROUP);
    }

    @Bean
    PaymentProjection paymentProjection(JdbcTemplate jdbc, ViewUpdates updates) {
        var table = EscrowViewTable.of(jdbc, StoredJson.mapper(), TABLE, PaymentView.class, PaymentRow::view, List.of());
        return new PaymentProjection(
                updates.projector(table, PaymentView::version, PaymentRow::of, PaymentViewAutoConfiguration::announce));
    }

    @Bean
    PaymentQueries paymentQueries(JdbcClient jdbc) {
        return new PaymentQueries(jdbc);
    }

    private static void announce(PaymentRow row, QueryUpdateEmitter emitter) {
        for (var includeHistory : new boolean[]{false, true}) {
            emitter.emit(FindPayment.class,
                    query -> query.paymentId().value().equals(row.id()) && query.includeHistory() == includeHistory,
                    row.record(includeHistory));
        }
    }
}
