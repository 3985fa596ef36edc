package io.masumi.node.query.purchase;

import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.query.escrow.WaitingFilter;
import io.masumi.node.purchase.OfferId;
import io.masumi.node.purchase.PurchaseId;
import java.time.Instant;

/** What can be asked about purchases; answers are {@link io.masumi.node.query.WireRecord}s whose JSON is the wire's Purchase. */
public sealed interface PurchaseQuery {

    /** One purchase or none. Also a subscription query: an update is sent whenever the purchase changes. */
    record FindPurchase(PurchaseId purchaseId, boolean includeHistory) implements PurchaseQuery {}

    /** The purchase that took a seller's offer, or none. Also a subscription query, as the above. */
    record FindPurchaseOfOffer(OfferId offerId) implements PurchaseQuery {}

    /** A page of purchases that wait for an operator, newest first. @param limit and cursorId as with {@link ListPurchases} */
    record ListWaitingPurchases(WaitingFilter filter, int limit, String cursorId) implements PurchaseQuery {}

    /** How many purchases wait for an operator, a {@code Long}. */
    record CountWaitingPurchases(WaitingFilter filter) implements PurchaseQuery {}

    /**
     * A page of purchases, newest first. Filters that are null filter nothing.
     *
     * @param limit 1 to 100, else the query fails
     * @param cursorId id of the row that the page starts with (or, if the filters leave it out, the one after it), null for the
     *     newest; the page is empty if there is no such row
     * @param needsManualAction whether to list only purchases that wait for an operator
     * @param searchQuery matches id, identifier prefix, agent identifier, agent name, result hash, state, amounts
     * @param ownerKeyId whose records to list, null for everybody's
     */
    record ListPurchases(Network network, int limit, String cursorId, String smartContractAddress, OnChainState onChainState,
            PaymentSourceType paymentSourceType, boolean needsManualAction, String searchQuery, boolean includeHistory,
            String ownerKeyId) implements PurchaseQuery {}

    /**
     * Ids ({@code String}) of purchases with an action wanted or under way that have not changed since then, in the order of ids.
     *
     * @param afterId begins after this one, null for the first
     */
    record ListPendingPurchases(Instant unchangedSince, String afterId, int limit) implements PurchaseQuery {}
}
