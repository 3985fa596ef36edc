package io.masumi.node.escrow;

/** How an agent asks to be paid, from its registry metadata. */
public enum PricingType {
    Fixed,
    Free,
    Dynamic
}
