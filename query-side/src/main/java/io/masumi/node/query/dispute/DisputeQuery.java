package io.masumi.node.query.dispute;

import io.masumi.node.dispute.DisputeWithdrawalId;
import io.masumi.node.dispute.DisputeWithdrawalStatus;
import io.masumi.node.escrow.Network;

/** What can be asked about disputed withdrawals; answers are {@link io.masumi.node.query.WireRecord}s. */
public sealed interface DisputeQuery {

    /** One withdrawal or none. Also a subscription query: an update is sent whenever the withdrawal changes. */
    record FindDisputeWithdrawal(DisputeWithdrawalId withdrawalId) implements DisputeQuery {}

    /**
     * A page of withdrawals, newest first. Filters that are null filter nothing.
     *
     * @param limit 1 to 100, else the query fails
     * @param cursorId id of the row that the page starts with, null for the newest; the page is empty if there is no such row
     * @param escrow the escrow's output, as transaction hash, {@code #} and index
     */
    record ListDisputeWithdrawals(Network network, int limit, String cursorId, DisputeWithdrawalStatus status,
            String escrow) implements DisputeQuery {}
}
