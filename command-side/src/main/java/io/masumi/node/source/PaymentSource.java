package io.masumi.node.source;

import io.masumi.node.Rejection;
import io.masumi.node.source.PaymentSourceCommand.CreatePaymentSource;
import io.masumi.node.source.PaymentSourceEvent.PaymentSourceCreated;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** Decides for one payment source. */
@Aggregate(type = "PaymentSource", cache = "aggregateCache")
class PaymentSource {

    private static final int WHOLE_PERMILLE = 1000;

    @AggregateIdentifier
    private PaymentSourceId id;

    PaymentSource() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Long handle(CreatePaymentSource c) {
        if (id != null) {
            throw Rejection.conflict("A payment source for this contract exists already", id.value());
        }
        if (!c.sourceId().equals(PaymentSourceId.of(c.network(), c.smartContractAddress()))) {
            throw Rejection.invalid("The payment source's id does not follow from its network and contract address");
        }
        int fee = c.parameters().feeRatePermille();
        if (fee < 0 || fee > WHOLE_PERMILLE) {
            throw Rejection.invalid("feeRatePermille must be 0 to " + WHOLE_PERMILLE);
        }
        if (c.parameters().cooldownTime() < 0) {
            throw Rejection.invalid("cooldownTime must not be negative");
        }
        AggregateLifecycle.apply(new PaymentSourceCreated(c.sourceId(), c.network(), c.type(), c.smartContractAddress(), c.policyId(),
                c.parameters(), c.providerUrl(), c.requester()));
        return AggregateLifecycle.getVersion();
    }

    @EventSourcingHandler
    void on(PaymentSourceEvent event) {
        switch (event) {
            case PaymentSourceCreated e -> id = e.sourceId();
        }
    }
}
