package io.masumi.node.escrow;

/** Version of the escrow contract. This node builds for {@link #Web3CardanoV1}; the other exists on the wire for a later contract. */
public enum PaymentSourceType {
    Web3CardanoV1,
    Web3CardanoV2
}
