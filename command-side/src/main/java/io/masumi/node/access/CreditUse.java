package io.masumi.node.access;

/** What credits are taken for. */
public enum CreditUse {
    Purchase,
    Registration,
    /** A sale's own transactions; their fees come out of the key's selling allowance as long as that lasts. */
    Sale
}
