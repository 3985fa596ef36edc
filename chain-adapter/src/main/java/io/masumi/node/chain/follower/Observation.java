package io.masumi.node.chain.follower;

import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.TransitionObservation;

/** What a transaction did to one escrow. */
sealed interface Observation {

    BlockchainIdentifier identifier();

    /**
     * Whether it is about an agent of this registry, and so about a sale of the payment source that has it. Anybody can write the
     * identifier of a sale at another contract that the node follows, where other admins, fees and scripts hold.
     *
     * @param policyId hex
     */
    default boolean isOf(String policyId) {
        return isOf(identifier(), policyId);
    }

    /** The same of any identifier. */
    static boolean isOf(BlockchainIdentifier identifier, String policyId) {
        try {
            return identifier.parts().agentIdentifier().startsWith(policyId);
        } catch (IllegalArgumentException e) {
            // No record has such an identifier.
            return false;
        }
    }

    record Locked(BlockchainIdentifier identifier, LockObservation lock) implements Observation {}

    record Moved(BlockchainIdentifier identifier, TransitionObservation transition) implements Observation {}
}
