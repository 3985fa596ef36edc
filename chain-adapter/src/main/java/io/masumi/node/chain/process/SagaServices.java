package io.masumi.node.chain.process;

import org.axonframework.eventsourcing.eventstore.EventStore;

import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.ChainActions;
import io.masumi.node.source.PaymentSourceId;

/** What sagas act by. */
record SagaServices(ChainActions actions, SaleDeadlines times, Endings endings, SagaCommands commands, KeyCosts costs,
        EventStore events) {

    /** That nothing was seen of a lock is no proof that there is none: whoever follows the chain knows when it is a fact. */
    @FunctionalInterface
    interface Endings {

        /** This sale is to end once it is a fact that nothing is locked for it and nothing can be. May be repeated. @param payByTime Unix ms */
        void await(ActionRole role, String saleId, PaymentSourceId sourceId, long payByTime);
    }
}
