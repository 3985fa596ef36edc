package io.masumi.node.query.payment;

import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.query.escrow.WaitingFilter;
import io.masumi.node.payment.PaymentId;
import java.time.Instant;

/** What can be asked about payments; answers are {@link io.masumi.node.query.WireRecord}s whose JSON is the wire's Payment. */
public sealed interface PaymentQuery {

    /** One payment or none. Also a subscription query: an update is sent whenever the payment changes. */
    record FindPayment(PaymentId paymentId, boolean includeHistory) implements PaymentQuery {}

    /** A page of payments that wait for an operator, newest first. @param limit and cursorId as with {@link ListPayments} */
    record ListWaitingPayments(WaitingFilter filter, int limit, String cursorId) implements PaymentQuery {}

    /** How many payments wait for an operator, a {@code Long}. */
    record CountWaitingPayments(WaitingFilter filter) implements PaymentQuery {}

    /**
     * A page of payments, newest first. Filters that are null filter nothing.
     *
     * @param limit 1 to 100, else the query fails
     * @param cursorId id of the row that the page starts with (or, if the filters leave it out, the one after it), null for the
     *     newest; the page is empty if there is no such row
     * @param needsManualAction whether to list only payments that wait for an operator
     * @param searchQuery matches id, identifier prefix, agent identifier, agent name, result hash, state, amounts
     * @param ownerKeyId whose records to list, null for everybody's
     */
    record ListPayments(Network network, int limit, String cursorId, String smartContractAddress, OnChainState onChainState,
            PaymentSourceType paymentSourceType, boolean needsManualAction, String searchQuery, boolean includeHistory,
            String ownerKeyId) implements PaymentQuery {}

    /**
     * Ids ({@code String}) of payments with an action wanted or under way that have not changed since then, in the order of ids.
     *
     * @param afterId begins after this one, null for the first
     */
    record ListPendingPayments(Instant unchangedSince, String afterId, int limit) implements PaymentQuery {}
}
