package io.masumi.node.query.sale;

import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.OfferId;
import io.masumi.node.purchase.PurchaseId;
import java.time.Instant;

/**
 * What can be asked about payments and purchases; answers are {@link io.masumi.node.query.WireRecord}s whose JSON is the wire's Payment or
 * Purchase, unless said otherwise.
 */
public sealed interface SaleQuery {

    /** One record or none. Also a subscription query: an update is sent whenever the record changes. */
    record FindSale(SaleKind kind, String id, boolean includeHistory) implements SaleQuery {

        public static FindSale of(PaymentId id, boolean includeHistory) {
            return new FindSale(SaleKind.Payment, id.value(), includeHistory);
        }

        public static FindSale of(PurchaseId id, boolean includeHistory) {
            return new FindSale(SaleKind.Purchase, id.value(), includeHistory);
        }
    }

    /** The purchase that took a seller's offer, or none. Also a subscription query, as the above. */
    record FindPurchaseOfOffer(OfferId offerId) implements SaleQuery {}

    /** A page of records that wait for an operator, newest first, as {@link WaitingSale}s. @param limit and cursorId as with {@link ListSales} */
    record ListWaitingSales(SaleKind kind, WaitingFilter filter, int limit, String cursorId) implements SaleQuery {}

    /** How many records wait for an operator, a {@code Long}. */
    record CountWaitingSales(SaleKind kind, WaitingFilter filter) implements SaleQuery {}

    /**
     * A page of records, newest first. Filters that are null filter nothing.
     *
     * @param limit 1 to 100, else the query fails
     * @param cursorId id of the row that the page starts with (or, if the filters leave it out, the one after it), null for the
     *     newest; the page is empty if there is no such row
     * @param needsManualAction whether to list only records that wait for an operator
     * @param searchQuery matches id, identifier prefix, agent identifier, agent name, result hash, state, amounts
     * @param ownerKeyId whose records to list, null for everybody's
     */
    record ListSales(SaleKind kind, Network network, int limit, String cursorId, String smartContractAddress, OnChainState onChainState,
            PaymentSourceType paymentSourceType, boolean needsManualAction, String searchQuery, boolean includeHistory,
            String ownerKeyId) implements SaleQuery {}

    /**
     * Ids ({@code String}) of records with an action wanted or under way that have not changed since then, in the order of ids.
     *
     * @param afterId begins after this one, null for the first
     */
    record ListPendingSales(SaleKind kind, Instant unchangedSince, String afterId, int limit) implements SaleQuery {}

    /**
     * Which of the records that wait for an operator. Members that are null filter nothing.
     *
     * @param errorType as the wire shows it
     * @param notePrefix how the error's note begins, letter by letter
     * @param since only those left to an operator at that time or later
     * @param nothingLocked only those that nothing is locked for
     */
    record WaitingFilter(Network network, String paymentSourceId, ErrorType errorType, String notePrefix, Instant since,
            OnChainState onChainState, boolean nothingLocked) {}

    /**
     * A record that waits for an operator.
     *
     * @param version sequence number of the newest event that it shows
     * @param updatedAt when it last changed, as the wire has times
     * @param onChainState null when nothing is locked
     * @param errorType as the wire shows it, null when there is none
     */
    record WaitingSale(String id, long version, String blockchainIdentifier, String updatedAt, OnChainState onChainState,
            ErrorType errorType, String errorNote) {}
}
