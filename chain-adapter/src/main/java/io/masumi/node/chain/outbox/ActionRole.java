package io.masumi.node.chain.outbox;

/** Whose intent a chain action is: the kind of aggregate that hears what becomes of it. */
public enum ActionRole {
    Payment,
    Purchase,
    Registration,
    PaymentSource,
    Wallet
}
