package io.masumi.node.devnet.chain;

/** What becomes of the transactions in dropped blocks. */
public enum RolledBackTransactions {
    /** They wait for a block again, as after most forks. */
    RETURN_TO_MEMPOOL,
    /** They are gone, and so are those in the mempool that build on them. */
    LOST
}
