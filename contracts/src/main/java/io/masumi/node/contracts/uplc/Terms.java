package io.masumi.node.contracts.uplc;

import io.masumi.node.contracts.uplc.Kind.Bool;
import io.masumi.node.contracts.uplc.Kind.Fun;
import io.masumi.node.contracts.uplc.Kind.Int;
import io.masumi.node.contracts.uplc.Kind.ListOf;
import io.masumi.node.contracts.uplc.Kind.Unit;
import io.masumi.node.contracts.uplc.Scope.Binder;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import scala.jdk.javaapi.CollectionConverters;
import scala.math.BigInt;
import scalus.uplc.Constant;
import scalus.uplc.DefaultFun;
import scalus.uplc.DefaultUni;
import scalus.uplc.NamedDeBruijn;
import scalus.uplc.Term;
import scalus.uplc.Term$;

/** The term formers of Plutus Core 1.1.0: variables, functions, constants and the recursion that is built from them. */
public final class Terms {

    private Terms() {}

    /** A function of one argument. */
    public static <A extends Kind, B extends Kind> Expr<Fun<A, B>> lam(Function<Expr<A>, Expr<B>> body) {
        Binder binder = new Binder();
        Expr<B> result = body.apply(variable(binder));
        return scope -> Term.LamAbs.apply(scope.with(binder).name(binder), result.in(scope.with(binder)));
    }

    public static <A extends Kind, B extends Kind> Expr<B> apply(Expr<Fun<A, B>> function, Expr<A> argument) {
        return application(function, argument);
    }

    public static <A extends Kind, B extends Kind, C extends Kind> Expr<C> apply(Expr<Fun<A, Fun<B, C>>> function, Expr<A> first,
            Expr<B> second) {
        return apply(apply(function, first), second);
    }

    /**
     * A recursive function.
     *
     * @param body makes the function's result from the function itself and its argument
     */
    public static <A extends Kind, B extends Kind> Expr<Fun<A, B>> recursive(BiFunction<Expr<Fun<A, B>>, Expr<A>, Expr<B>> body) {
        Block block = new Block();
        Expr<Fun<Fun<A, B>, Fun<A, B>>> function = block
                .let(lam((Expr<Fun<A, B>> self) -> lam((Expr<A> argument) -> body.apply(application(self, self), argument))));
        return block.in(application(function, function));
    }

    public static <T extends Kind> Expr<T> delay(Expr<T> body) {
        return scope -> Term.Delay.apply(body.in(scope));
    }

    public static <T extends Kind> Expr<T> force(Expr<T> delayed) {
        return scope -> Term.Force.apply(delayed.in(scope));
    }

    /** Ends the script in failure. */
    public static <T extends Kind> Expr<T> fail() {
        return scope -> Term$.Error;
    }

    public static Expr<Int> integer(long value) {
        return constant(Constant.Integer.apply(BigInt.apply(value)));
    }

    public static Expr<Bool> bool(boolean value) {
        return constant(Constant.Bool.apply(value));
    }

    public static Expr<Unit> unit() {
        return constant(Constant.Unit$.MODULE$);
    }

    /** A constant of type {@code data}. */
    public static Expr<Kind.Data> data(scalus.builtin.Data value) {
        return constant(Constant.Data.apply(value));
    }

    public static Expr<ListOf<Kind.Data>> noData() {
        return constant(Constant.List.apply(DefaultUni.Data$.MODULE$, CollectionConverters.<Constant>asScala(List.of()).toList()));
    }

    static <T extends Kind> Expr<T> constant(Constant value) {
        return scope -> Term.Const.apply(value);
    }

    /** The builtin {@code function}, forced once for each of its type arguments. */
    static <T extends Kind> Expr<T> builtin(DefaultFun function, int typeArguments) {
        return scope -> {
            Term term = Term.Builtin.apply(function);
            for (int i = 0; i < typeArguments; i++) {
                term = Term.Force.apply(term);
            }
            return term;
        };
    }

    /** Application without regard to types, for the builtins that Java's type system cannot express. */
    static <T extends Kind> Expr<T> application(Expr<?> function, Expr<?>... arguments) {
        return scope -> {
            Term term = function.in(scope);
            for (Expr<?> argument : arguments) {
                term = Term.Apply.apply(term, argument.in(scope));
            }
            return term;
        };
    }

    static <T extends Kind> Expr<T> variable(Binder binder) {
        return scope -> Term.Var.apply(NamedDeBruijn.apply(scope.name(binder), 0));
    }

    static scala.collection.immutable.List<Term> scalaList(List<Term> terms) {
        return CollectionConverters.asScala(terms).toList();
    }
}
