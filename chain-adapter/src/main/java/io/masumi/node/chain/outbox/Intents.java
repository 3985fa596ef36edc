package io.masumi.node.chain.outbox;

import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.source.PaymentSourceId;

/** What one event of an aggregate can say. */
public interface Intents {

    /** What is wanted from now on. */
    void intend(Intent intent);

    /**
     * The escrow stands here now; actions on it are built against this output.
     *
     * @param output the escrow's output, null once it has ended
     * @param newest the escrow's newest transaction
     * @param cooldownUntil Unix ms from which our party may act again, 0 for at once
     */
    void escrowStands(PaymentSourceId sourceId, OutputRef output, EscrowTransaction newest, long cooldownUntil);

    /** Nothing of the escrow stands at the contract any more: its lock was rolled back. */
    void escrowIsGone();
}
