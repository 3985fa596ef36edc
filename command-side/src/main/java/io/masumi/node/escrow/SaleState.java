package io.masumi.node.escrow;

/** A payment or purchase as its events make it. */
public interface SaleState {

    AgreedSale created();

    /** What the chain shows. */
    EscrowStatus escrow();

    /** What the node is about to do. */
    NextAction next();
}
