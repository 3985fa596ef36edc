package io.masumi.node.contracts.uplc;

/**
 * What an {@link Expr} evaluates to on chain. These types are never instantiated: they only let the Java compiler reject
 * a validator that would mix up, say, a list and a pair.
 */
public interface Kind {

    /** Plutus {@code data}. */
    interface Data extends Kind {}

    interface Int extends Kind {}

    interface Bytes extends Kind {}

    interface Bool extends Kind {}

    interface Unit extends Kind {}

    interface ListOf<E extends Kind> extends Kind {}

    interface PairOf<A extends Kind, B extends Kind> extends Kind {}

    /** A function of one argument; functions of more arguments are curried. */
    interface Fun<A extends Kind, B extends Kind> extends Kind {}
}
