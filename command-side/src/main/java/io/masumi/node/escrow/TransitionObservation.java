package io.masumi.node.escrow;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.masumi.node.cardano.OutputRef;

/**
 * A contract output was spent by a transaction whose scripts passed.
 *
 * @param action the redeemer
 * @param spent the output that was spent
 * @param output the continuing output, null when the escrow ended
 * @param datum datum of the continuing output, null when the escrow ended
 * @param value what the continuing output holds, {@link Funds#NONE} when the escrow ended
 * @param withdrawnForSeller what the seller got out
 * @param withdrawnForBuyer what the buyer got out
 * @param addedBySeller what the seller added to what the network got, where the escrow held less than the ledger's minimum for its output; null
 *     when nothing, and in what was stored before it was recorded
 * @param resolution how a dispute was resolved; null for every other action, and in what was stored before it was recorded
 */
public record TransitionObservation(EscrowAction action, OutputRef spent, OutputRef output, EscrowDatum datum, Funds value,
        Funds withdrawnForSeller, Funds withdrawnForBuyer, EscrowTransaction transaction,
        @JsonInclude(JsonInclude.Include.NON_NULL) Funds addedBySeller,
        @JsonInclude(JsonInclude.Include.NON_NULL) DisputeResolution resolution) {

    /** Of an action to which nothing was added. */
    public TransitionObservation(EscrowAction action, OutputRef spent, OutputRef output, EscrowDatum datum, Funds value,
            Funds withdrawnForSeller, Funds withdrawnForBuyer, EscrowTransaction transaction, DisputeResolution resolution) {
        this(action, spent, output, datum, value, withdrawnForSeller, withdrawnForBuyer, transaction, null, resolution);
    }

    /** Of an action that resolves no dispute. */
    public TransitionObservation(EscrowAction action, OutputRef spent, OutputRef output, EscrowDatum datum, Funds value,
            Funds withdrawnForSeller, Funds withdrawnForBuyer, EscrowTransaction transaction) {
        this(action, spent, output, datum, value, withdrawnForSeller, withdrawnForBuyer, transaction, null, null);
    }
}
