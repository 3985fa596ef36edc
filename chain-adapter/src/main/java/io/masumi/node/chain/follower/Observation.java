package io.masumi.node.chain.follower;

import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.TransitionObservation;

/** What a transaction did to one escrow. */
sealed interface Observation {

    BlockchainIdentifier identifier();

    record Locked(BlockchainIdentifier identifier, LockObservation lock) implements Observation {}

    record Moved(BlockchainIdentifier identifier, TransitionObservation transition) implements Observation {}
}
