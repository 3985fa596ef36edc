package io.masumi.node.chain.outbox;

import java.util.Optional;

import io.masumi.node.cardano.OutputRef;

/**
 * Where an escrow stands.
 *
 * @param transactionHash its newest transaction
 * @param outputIndex its output in that, null once it has ended
 * @param cooldownUntil Unix ms from which our party may act again
 */
record EscrowPosition(String transactionHash, Integer outputIndex, long cooldownUntil) {

    /** The escrow's output, empty once it has ended. */
    Optional<OutputRef> output() {
        return Optional.ofNullable(outputIndex).map(index -> new OutputRef(transactionHash, index));
    }
}
