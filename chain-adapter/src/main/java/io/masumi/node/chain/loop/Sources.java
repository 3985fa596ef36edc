package io.masumi.node.chain.loop;

import java.util.ArrayList;
import java.util.List;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;

import io.masumi.node.query.source.PaymentSourceQuery.ListPaymentSources;
import io.masumi.node.query.source.PaymentSourceView;

/** The payment sources that the node has now. */
final class Sources {

    private static final int PAGE = 100;

    private final QueryGateway queries;

    Sources(QueryGateway queries) {
        this.queries = queries;
    }

    List<PaymentSourceView> all() {
        List<PaymentSourceView> all = new ArrayList<>();
        String last = null;
        while (true) {
            List<PaymentSourceView> page = queries
                    .query(new ListPaymentSources(PAGE, last), ResponseTypes.multipleInstancesOf(PaymentSourceView.class)).join();
            // The cursor's row comes again as the first of its page.
            all.addAll(last == null || page.isEmpty() ? page : page.subList(1, page.size()));
            if (page.size() < PAGE) {
                return List.copyOf(all);
            }
            last = page.getLast().id().value();
        }
    }
}
