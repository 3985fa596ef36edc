package io.masumi.node.devnet.blockfrost;

import io.masumi.node.devnet.chain.AppliedTransaction;
import io.masumi.node.devnet.ledger.LedgerOutput;

import java.math.BigInteger;

/** What a transaction paid, lovelace: its fee, or its collateral if its scripts failed. */
final class Fees {
    private Fees() {}

    static BigInteger paid(AppliedTransaction applied) {
        if (applied.valid()) {
            return applied.transaction().fee();
        }
        var taken = applied.consumed().stream().map(applied.resolved()::get).map(Fees::lovelace).reduce(BigInteger.ZERO, BigInteger::add);
        return taken.subtract(applied.produced().values().stream().map(Fees::lovelace).reduce(BigInteger.ZERO, BigInteger::add));
    }

    private static BigInteger lovelace(LedgerOutput output) {
        return output.value().lovelace();
    }
}
