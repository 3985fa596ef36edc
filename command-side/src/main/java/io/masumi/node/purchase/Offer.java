package io.masumi.node.purchase;

import io.masumi.node.Rejection;
import io.masumi.node.Requester;
import io.masumi.node.purchase.OfferEvent.OfferTaken;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.spring.stereotype.Aggregate;

/** A seller's offer, which one purchase takes. */
@Aggregate(type = "Offer")
class Offer {

    // Axon reads it.
    @SuppressWarnings("UnusedVariable")
    @AggregateIdentifier
    private OfferId id;
    private PurchaseId takenBy;

    Offer() {}

    void take(OfferId offer, PurchaseId purchase, Requester requester) {
        if (takenBy == null) {
            AggregateLifecycle.apply(new OfferTaken(offer, purchase, requester));
        } else if (!takenBy.equals(purchase)) {
            throw Rejection.conflict("A purchase of this offer exists already, under another form of its blockchainIdentifier",
                    takenBy.value());
        }
    }

    @EventSourcingHandler
    void on(OfferTaken event) {
        id = event.offerId();
        takenBy = event.purchaseId();
    }
}
