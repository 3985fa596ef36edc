package io.masumi.node.devnet.chain;

/** Is told of every change before it takes effect, so that it can be made durable first. */
public interface LedgerListener {
    void accepted(AppliedTransaction transaction);

    void made(Block block);

    /** @param slot in which it happens: what has expired by then does not return */
    void rolledBack(int blocks, RolledBackTransactions transactions, long slot);

    /** Keeps nothing. */
    static LedgerListener none() {
        return new LedgerListener() {
            @Override
            public void accepted(AppliedTransaction transaction) {
                // in memory only
            }

            @Override
            public void made(Block block) {
                // in memory only
            }

            @Override
            public void rolledBack(int blocks, RolledBackTransactions transactions, long slot) {
                // in memory only
            }
        };
    }
}
