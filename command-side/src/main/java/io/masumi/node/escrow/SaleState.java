package io.masumi.node.escrow;

/** A payment or purchase as its events make it. */
public interface SaleState {

    AgreedSale created();

    EscrowRecord record();

    /** Whether nothing is locked for it and it is not known yet that nothing can be. */
    boolean mayExpire();

    /** What the chain shows. */
    default EscrowStatus escrow() {
        return record().status();
    }

    /** What the node is about to do. */
    default NextAction next() {
        return record().next();
    }
}
