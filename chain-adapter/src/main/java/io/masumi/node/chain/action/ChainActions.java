package io.masumi.node.chain.action;

import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.OutputRef;
import io.masumi.node.source.PaymentSourceId;

/**
 * Where sagas leave what they want done on chain. All calls join the caller's database transaction and may be repeated;
 * the work begins after it commits.
 */
public interface ChainActions {

    /** Wants this done; what was wanted for the same aggregate before, and is not signed yet, is not wanted any more. */
    void want(ActionRequest request);

    /** Wants nothing any more for this aggregate. What is signed already may still land. */
    void wantNothing(ActionRole role, String aggregateId);

    /**
     * The escrow stands here now; actions on it are built against this output.
     *
     * @param output the escrow's output, null once it has ended
     * @param newest the escrow's newest transaction
     * @param cooldownUntil Unix ms from which our party may act again, 0 for at once
     */
    void escrowStands(PaymentSourceId sourceId, ActionRole role, String aggregateId, OutputRef output, EscrowTransaction newest,
            long cooldownUntil);

    /** Nothing of the escrow stands at the contract any more: its lock was rolled back. */
    void escrowIsGone(ActionRole role, String aggregateId);

    /**
     * After a rollback this is wanted again. What is under way for it already is enough; else it is wanted anew, unless it
     * could then happen twice: a lock or a mint is never built a second time after a rollback, but left to an operator.
     *
     * @param transactionHash the transaction that does it, as the aggregate knows it, null if it knows none
     */
    void wantAgain(ActionRequest request, String transactionHash);
}
