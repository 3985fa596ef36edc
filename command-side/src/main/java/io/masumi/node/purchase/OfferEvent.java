package io.masumi.node.purchase;

import io.masumi.node.EventName;
import io.masumi.node.Requester;

/** What happened to a seller's offer. Stored for ever under the names given here. */
public sealed interface OfferEvent {

    OfferId offerId();

    /** It was bought by this purchase, and can be by no other. */
    @EventName("masumi.purchase.OfferTaken")
    record OfferTaken(OfferId offerId, PurchaseId purchaseId, Requester requester) implements OfferEvent {}
}
