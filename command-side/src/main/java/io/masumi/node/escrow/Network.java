package io.masumi.node.escrow;

/** The Cardano network a record belongs to. The development network counts as {@link #Preprod}: its addresses are test addresses. */
public enum Network {
    Preprod,
    Mainnet
}
