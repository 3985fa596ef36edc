package io.masumi.node.contracts.uplc;

import static io.masumi.node.contracts.uplc.Terms.application;
import static io.masumi.node.contracts.uplc.Terms.builtin;

import io.masumi.node.contracts.uplc.Kind.Bool;
import io.masumi.node.contracts.uplc.Kind.Bytes;
import io.masumi.node.contracts.uplc.Kind.Data;
import io.masumi.node.contracts.uplc.Kind.Int;
import io.masumi.node.contracts.uplc.Kind.ListOf;
import io.masumi.node.contracts.uplc.Kind.PairOf;
import scalus.uplc.DefaultFun;
import scalus.uplc.DefaultFun$;

/** The monomorphic builtins: naming one in place costs a single machine step, so there is nothing to gain from sharing them. */
public final class Builtins {

    private Builtins() {}

    /** Constructor index and fields; fails for data that is not a constructor. */
    public static Expr<PairOf<Int, ListOf<Data>>> unConstr(Expr<Data> data) {
        return call(DefaultFun$.UnConstrData, data);
    }

    public static Expr<ListOf<Data>> unList(Expr<Data> data) {
        return call(DefaultFun$.UnListData, data);
    }

    public static Expr<ListOf<PairOf<Data, Data>>> unMap(Expr<Data> data) {
        return call(DefaultFun$.UnMapData, data);
    }

    public static Expr<Int> unInt(Expr<Data> data) {
        return call(DefaultFun$.UnIData, data);
    }

    public static Expr<Bytes> unBytes(Expr<Data> data) {
        return call(DefaultFun$.UnBData, data);
    }

    public static Expr<Data> constr(Expr<Int> tag, Expr<ListOf<Data>> fields) {
        return call(DefaultFun$.ConstrData, tag, fields);
    }

    public static Expr<Data> map(Expr<ListOf<PairOf<Data, Data>>> entries) {
        return call(DefaultFun$.MapData, entries);
    }

    public static Expr<Bool> same(Expr<Data> left, Expr<Data> right) {
        return call(DefaultFun$.EqualsData, left, right);
    }

    public static Expr<Bool> sameInt(Expr<Int> left, Expr<Int> right) {
        return call(DefaultFun$.EqualsInteger, left, right);
    }

    public static Expr<Bool> sameBytes(Expr<Bytes> left, Expr<Bytes> right) {
        return call(DefaultFun$.EqualsByteString, left, right);
    }

    public static Expr<Bool> less(Expr<Int> left, Expr<Int> right) {
        return call(DefaultFun$.LessThanInteger, left, right);
    }

    public static Expr<Bool> atMost(Expr<Int> left, Expr<Int> right) {
        return call(DefaultFun$.LessThanEqualsInteger, left, right);
    }

    public static Expr<Int> add(Expr<Int> left, Expr<Int> right) {
        return call(DefaultFun$.AddInteger, left, right);
    }

    public static Expr<Int> multiply(Expr<Int> left, Expr<Int> right) {
        return call(DefaultFun$.MultiplyInteger, left, right);
    }

    /** Division that rounds towards negative infinity. */
    public static Expr<Int> divide(Expr<Int> dividend, Expr<Int> divisor) {
        return call(DefaultFun$.DivideInteger, dividend, divisor);
    }

    public static Expr<Bytes> append(Expr<Bytes> left, Expr<Bytes> right) {
        return call(DefaultFun$.AppendByteString, left, right);
    }

    public static Expr<Int> length(Expr<Bytes> bytes) {
        return call(DefaultFun$.LengthOfByteString, bytes);
    }

    public static Expr<Bytes> blake2b256(Expr<Bytes> bytes) {
        return call(DefaultFun$.Blake2b_256, bytes);
    }

    /** Exactly {@code width} bytes, most significant first; fails for a number that does not fit. */
    public static Expr<Bytes> bigEndian(int width, Expr<Int> number) {
        return call(DefaultFun$.IntegerToByteString, Terms.bool(true), Terms.integer(width), number);
    }

    private static <T extends Kind> Expr<T> call(DefaultFun function, Expr<?>... arguments) {
        return application(builtin(function, 0), arguments);
    }
}
