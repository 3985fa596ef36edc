package io.masumi.node.query.source;

import io.masumi.node.query.projection.ViewReader;
import io.masumi.node.query.source.PaymentSourceQuery.FindPaymentSource;
import io.masumi.node.query.source.PaymentSourceQuery.ListPaymentSources;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;

final class PaymentSourceQueries {

    private final ViewReader<PaymentSourceView> views;

    PaymentSourceQueries(ViewReader<PaymentSourceView> views) {
        this.views = views;
    }

    @QueryHandler
    PaymentSourceView on(FindPaymentSource query) {
        return views.find(query.sourceId().value());
    }

    @QueryHandler
    List<PaymentSourceView> on(ListPaymentSources query) {
        return views.list(views.page().from(query.cursorId()), query.take());
    }
}
