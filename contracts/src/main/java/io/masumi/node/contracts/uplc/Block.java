package io.masumi.node.contracts.uplc;

import io.masumi.node.contracts.uplc.Scope.Binder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import scalus.uplc.Term;

/**
 * A sequence of bindings before a result, evaluated in order: lets a validator read from top to bottom. Java
 * builds the block once; {@link #in} closes it.
 */
public final class Block {

    private final List<UnaryOperator<Expr<?>>> steps = new ArrayList<>();

    /** Evaluates {@code value} once, here, and names it. */
    public <T extends Kind> Expr<T> let(Expr<T> value) {
        Binder binder = new Binder();
        steps.add(rest -> scope -> Term.Apply
                .apply(Term.LamAbs.apply(scope.with(binder).name(binder), rest.in(scope.with(binder))), value.in(scope)));
        return Terms.variable(binder);
    }

    /**
     * Evaluates independent values once, in order, and names them: one step for each and two for all, where {@link #let}
     * takes two for each.
     */
    public <T extends Kind> List<Expr<T>> letAll(List<Expr<T>> values) {
        List<Binder> binders = values.stream().map(value -> new Binder()).toList();
        steps.add(rest -> scope -> {
            Scope inner = scope;
            for (Binder binder : binders) {
                inner = inner.with(binder);
            }
            Term branch = rest.in(inner);
            for (Binder binder : binders.reversed()) {
                branch = Term.LamAbs.apply(inner.name(binder), branch);
            }
            Term evaluated = Term.Constr.apply(0, Terms.scalaList(values.stream().map(value -> value.in(scope)).toList()));
            return Term.Case.apply(evaluated, Terms.scalaList(List.of(branch)));
        });
        return binders.stream().map(Terms::<T>variable).toList();
    }

    /** The whole block as an expression with {@code result} as its value. */
    @SuppressWarnings("unchecked")
    public <T extends Kind> Expr<T> in(Expr<T> result) {
        Expr<?> whole = result;
        for (UnaryOperator<Expr<?>> step : steps.reversed()) {
            whole = step.apply(whole);
        }
        return (Expr<T>) whole;
    }
}
