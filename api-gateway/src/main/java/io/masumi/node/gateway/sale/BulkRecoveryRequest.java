package io.masumi.node.gateway.sale;

import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Retry;
import io.masumi.node.gateway.http.WireTime;
import io.masumi.node.query.sale.SaleQuery.WaitingFilter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;

/**
 * Clears the errors of records that wait for an operator: those that all given members fit.
 *
 * @param paymentSourceId null for any
 * @param errorType as the records show it, null for any
 * @param errorNotePrefix how the note begins, letter by letter, null for any
 * @param since only those left to an operator at that time or later, null for any
 * @param onChainState null for any
 * @param nothingLocked true for only those that nothing is locked for
 * @param dryRun whether they are only counted and listed; yes when absent
 * @param retryPreviousAction whether the action that failed is wanted again where it is still possible; not when absent
 * @param limit most records to deal with, 1 to 50; 50 when absent
 * @param cursorId id of the record to begin with, as the reply before names it; null for the newest
 */
record BulkRecoveryRequest(
        @NotNull Network network,
        @Size(max = 250) String paymentSourceId,
        ErrorType errorType,
        @Size(min = 1, max = 500) String errorNotePrefix,
        WireTime since,
        OnChainState onChainState,
        Boolean nothingLocked,
        Boolean dryRun,
        Boolean retryPreviousAction,
        @Min(1) @Max(50) Integer limit,
        @Size(max = 250) String cursorId) {

    public BulkRecoveryRequest {
        limit = limit == null ? 50 : limit;
    }

    public WaitingFilter filter() {
        return new WaitingFilter(network, paymentSourceId, errorType, errorNotePrefix,
                since == null ? null : Instant.ofEpochMilli(since.millis()), onChainState, Boolean.TRUE.equals(nothingLocked));
    }

    boolean onlyLooks() {
        return !Boolean.FALSE.equals(dryRun);
    }

    Retry retry() {
        return Boolean.TRUE.equals(retryPreviousAction) ? Retry.IfPossible : Retry.No;
    }
}
