package io.masumi.node.escrow;

import io.masumi.node.cardano.OutputRef;

/**
 * A new output at the contract's address that no contract input led to.
 *
 * @param value what the output holds
 * @param buyerSpent whether the datum's buyer is among the owners of the transaction's inputs; if not, anyone may have made it
 * @param referenceScript whether the output carries a reference script
 */
public record LockObservation(OutputRef output, EscrowDatum datum, Funds value, boolean buyerSpent, boolean referenceScript,
        EscrowTransaction transaction) {}
