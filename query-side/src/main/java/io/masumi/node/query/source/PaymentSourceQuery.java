package io.masumi.node.query.source;

import io.masumi.node.source.PaymentSourceId;

/** What can be asked about payment sources; answers are {@link PaymentSourceView}s. */
public sealed interface PaymentSourceQuery {

    /** One source or none. Also a subscription query. */
    record FindPaymentSource(PaymentSourceId sourceId) implements PaymentSourceQuery {}

    /** A page of sources, newest first. @param take 1 to 100. @param cursorId id of the first row, null for the newest */
    record ListPaymentSources(int take, String cursorId) implements PaymentSourceQuery {}
}
