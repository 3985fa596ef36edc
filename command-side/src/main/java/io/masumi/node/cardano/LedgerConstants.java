package io.masumi.node.cardano;

/** What Cardano's public networks have fixed. */
public final class LedgerConstants {

    /** As many blocks as the ledger can roll back (its security parameter): half a day, about. What is deeper stays for ever. */
    public static final int LONGEST_ROLLBACK = 2160;

    private LedgerConstants() {}
}
