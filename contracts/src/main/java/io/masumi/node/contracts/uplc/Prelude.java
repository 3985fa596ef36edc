package io.masumi.node.contracts.uplc;

import static io.masumi.node.contracts.uplc.Terms.application;
import static io.masumi.node.contracts.uplc.Terms.bool;
import static io.masumi.node.contracts.uplc.Terms.builtin;
import static io.masumi.node.contracts.uplc.Terms.delay;
import static io.masumi.node.contracts.uplc.Terms.fail;
import static io.masumi.node.contracts.uplc.Terms.force;

import io.masumi.node.contracts.uplc.Kind.Bool;
import io.masumi.node.contracts.uplc.Kind.Data;
import io.masumi.node.contracts.uplc.Kind.ListOf;
import io.masumi.node.contracts.uplc.Kind.PairOf;
import java.util.List;
import java.util.function.Function;
import scalus.uplc.DefaultFun$;

/**
 * The polymorphic builtins, forced once at the top of the script and then used by variable: a forced builtin in place
 * takes two or three machine steps and more bits than the variable, which takes one.
 */
public final class Prelude {

    private final Expr<Kind> head;
    private final Expr<Kind> tail;
    private final Expr<Kind> first;
    private final Expr<Kind> second;
    private final Expr<Kind> ifThenElse;
    private final Expr<Kind> chooseList;
    private final Expr<Kind> cons;

    private Prelude(Expr<Kind> head, Expr<Kind> tail, Expr<Kind> first, Expr<Kind> second, Expr<Kind> ifThenElse, Expr<Kind> chooseList,
            Expr<Kind> cons) {
        this.head = head;
        this.tail = tail;
        this.first = first;
        this.second = second;
        this.ifThenElse = ifThenElse;
        this.chooseList = chooseList;
        this.cons = cons;
    }

    /** A script whose body can use the prelude. */
    public static <T extends Kind> Expr<T> with(Function<Prelude, Expr<T>> script) {
        Block block = new Block();
        List<Expr<Kind>> forced = block.letAll(List.of(builtin(DefaultFun$.HeadList, 1), builtin(DefaultFun$.TailList, 1),
                builtin(DefaultFun$.FstPair, 2), builtin(DefaultFun$.SndPair, 2), builtin(DefaultFun$.IfThenElse, 1),
                builtin(DefaultFun$.ChooseList, 2), builtin(DefaultFun$.MkCons, 1)));
        Prelude prelude = new Prelude(forced.get(0), forced.get(1), forced.get(2), forced.get(3), forced.get(4), forced.get(5),
                forced.get(6));
        return block.in(script.apply(prelude));
    }

    /** Fails for the empty list. */
    public <E extends Kind> Expr<E> head(Expr<ListOf<E>> list) {
        return application(head, list);
    }

    /** Fails for the empty list. */
    public <E extends Kind> Expr<ListOf<E>> tail(Expr<ListOf<E>> list) {
        return application(tail, list);
    }

    /** The list without its first {@code count} elements; fails for a shorter list. */
    public <E extends Kind> Expr<ListOf<E>> drop(int count, Expr<ListOf<E>> list) {
        Expr<ListOf<E>> rest = list;
        for (int i = 0; i < count; i++) {
            rest = tail(rest);
        }
        return rest;
    }

    /** The element at {@code index}, from 0; fails for a shorter list. */
    public <E extends Kind> Expr<E> at(int index, Expr<ListOf<E>> list) {
        return head(drop(index, list));
    }

    public <A extends Kind, B extends Kind> Expr<A> first(Expr<PairOf<A, B>> pair) {
        return application(first, pair);
    }

    public <A extends Kind, B extends Kind> Expr<B> second(Expr<PairOf<A, B>> pair) {
        return application(second, pair);
    }

    /** The fields of a constructor, whatever its index. */
    public Expr<ListOf<Data>> fields(Expr<Data> constructor) {
        return second(Builtins.unConstr(constructor));
    }

    public Expr<ListOf<Data>> cons(Expr<Data> element, Expr<ListOf<Data>> list) {
        return application(cons, element, list);
    }

    public <E extends Kind> Expr<Bool> isEmpty(Expr<ListOf<E>> list) {
        return onlyIfEmpty(list, bool(true));
    }

    /** Whether the list is empty and the condition holds. */
    public <E extends Kind> Expr<Bool> onlyIfEmpty(Expr<ListOf<E>> list, Expr<Bool> condition) {
        return application(chooseList, list, condition, bool(false));
    }

    /** One of two branches; only the chosen one is evaluated. */
    public <T extends Kind> Expr<T> choose(Expr<Bool> condition, Expr<T> whenTrue, Expr<T> whenFalse) {
        return force(application(ifThenElse, condition, delay(whenTrue), delay(whenFalse)));
    }

    /** One of two values; both are evaluated, which is cheaper than {@link #choose} when both are cheap and cannot fail. */
    public <T extends Kind> Expr<T> select(Expr<Bool> condition, Expr<T> whenTrue, Expr<T> whenFalse) {
        return application(ifThenElse, condition, whenTrue, whenFalse);
    }

    public <E extends Kind, T extends Kind> Expr<T> whenEmpty(Expr<ListOf<E>> list, Expr<T> empty, Expr<T> otherwise) {
        return force(application(chooseList, list, delay(empty), delay(otherwise)));
    }

    /**
     * Whether all conditions hold. Every one is evaluated: a transaction that is worth paying for meets them all, so
     * stopping early would only make the good case dearer.
     */
    @SafeVarargs
    public final Expr<Bool> all(Expr<Bool>... conditions) {
        Expr<Bool> rest = conditions[conditions.length - 1];
        for (int i = conditions.length - 2; i >= 0; i--) {
            rest = select(conditions[i], rest, bool(false));
        }
        return rest;
    }

    public <T extends Kind> Expr<T> require(Expr<Bool> condition, Expr<T> then) {
        return choose(condition, then, fail());
    }
}
