package io.masumi.node.contracts.uplc;

import scalus.uplc.Term;

/**
 * An on-chain expression: a recipe for an untyped Plutus Core term, typed by what it evaluates to. An expression that is
 * used twice is also compiled twice; bind it in a {@link Block} to share it.
 *
 * @param <T> what the expression evaluates to
 */
@FunctionalInterface
public interface Expr<T extends Kind> {

    /** The term, with the variables in scope by name. */
    Term in(Scope scope);
}
