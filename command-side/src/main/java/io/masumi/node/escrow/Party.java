package io.masumi.node.escrow;

/** Who acts on an escrow. */
public enum Party {
    Buyer,
    Seller,
    Admins
}
