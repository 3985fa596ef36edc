package io.masumi.node.query.payment;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.serialization.StoredJson;
import io.masumi.node.query.escrow.EscrowViewTable;
import io.masumi.node.query.payment.PaymentQuery.FindPayment;
import io.masumi.node.query.projection.ViewProjector;
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
    PaymentProjection paymentProjection(JdbcTemplate jdbc, QueryUpdateEmitter updates) {
        var table = EscrowViewTable.of(jdbc, StoredJson.mapper(), TABLE, PaymentView.class, PaymentRow::view, List.of());
        return new PaymentProjection(new ViewProjector<>(table, PaymentView::version, PaymentRow::of, row -> announce(row, updates)));
    }

    @Bean
    PaymentQueries paymentQueries(JdbcClient jdbc) {
        return new PaymentQueries(jdbc);
    }

    private static void announce(PaymentRow row, QueryUpdateEmitter updates) {
        for (var includeHistory : new boolean[]{false, true}) {
            updates.emit(FindPayment.class,
                    query -> query.paymentId().value().equals(row.id()) && query.includeHistory() == includeHistory,
                    row.record(includeHistory));
        }
    }
}
