package io.masumi.node.devnet.chain;

/** Is told of every change before it takes effect, so that it can be made durable first. */
public interface LedgerListener {
    /** Keeps nothing. */
    LedgerListener NONE = new LedgerListener() {
    };

    default void accepted(AppliedTransaction transaction) {}

    default void made(Block block) {}

    /** @param slot in which it happens: what has expired by then does not return */
    default void rolledBack(int blocks, RolledBackTransactions transactions, long slot) {}
}
