package io.masumi.node.devnet;

import com.bloxbean.cardano.client.plutus.spec.PlutusV1Script;
import com.bloxbean.cardano.client.plutus.spec.PlutusV2Script;
import com.bloxbean.cardano.client.plutus.spec.PlutusV3Script;
import scala.Tuple3;
import scalus.uplc.Constant;
import scalus.uplc.DeBruijn;
import scalus.uplc.DefaultFun;
import scalus.uplc.NamedDeBruijn;
import scalus.uplc.Program;
import scalus.uplc.Term;
import scalus.uplc.Term$;

import java.math.BigInteger;

/** The smallest scripts there are, made of Scalus's terms. */
public final class TestScripts {
    private TestScripts() {}

    /** Agrees to everything. */
    public static PlutusV3Script yes() {
        return v3(Term.LamAbs.apply("context", unit()));
    }

    /** Another script that agrees to everything. */
    public static PlutusV3Script anotherYes() {
        return v3(Term.LamAbs.apply("context", Term.Apply.apply(Term.LamAbs.apply("unused", unit()), unit())));
    }

    /** Agrees to nothing. */
    public static PlutusV3Script no() {
        return v3(Term.LamAbs.apply("context", error()));
    }

    /** Ends well, but not with unit as Plutus V3 wants it. */
    public static PlutusV3Script yesWithoutUnit() {
        return v3(Term.LamAbs.apply("context", Term.Const.apply(new Constant.Integer(scala.math.BigInt.apply(42)))));
    }

    /** Applies a function to itself for ever. */
    public static PlutusV3Script endless() {
        Term.LamAbs self = Term.LamAbs.apply("f", Term.Apply.apply(variable("f"), variable("f")));
        return v3(Term.LamAbs.apply("context", Term.Apply.apply(self, self)));
    }

    /** Builds data that refers to itself twice over and over, small in memory and endless to walk, and compares it. */
    public static PlutusV3Script doublingData() {
        Term data = call("IData", 0, Term.Const.apply(new Constant.Integer(scala.math.BigInt.apply(0))));
        Term body = requireThat(call("EqualsData", 0, variable("d60"), variable("d60")));
        for (int i = 60; i >= 1; i--) {
            Term previous = variable("d" + (i - 1));
            Term.Const none = Term.Const.apply(new Constant.List(scalus.uplc.DefaultUni.Data$.MODULE$,
                    scala.jdk.javaapi.CollectionConverters.<Constant>asScala(java.util.List.of()).toList()));
            Term twice = call("ListData", 0, call("MkCons", 1, previous, call("MkCons", 1, previous, none)));
            body = Term.Apply.apply(Term.LamAbs.apply("d" + i, body), twice);
        }
        return v3(Term.LamAbs.apply("context", Term.Apply.apply(Term.LamAbs.apply("d0", body), data)));
    }

    public static PlutusV1Script yesV1() {
        return PlutusV1Script.builder().cborHex(cborHex(threeArguments(), 0)).build();
    }

    public static PlutusV2Script yesV2() {
        return PlutusV2Script.builder().cborHex(cborHex(threeArguments(), 0)).build();
    }

    /** Agrees to minting: two arguments only. */
    public static PlutusV2Script yesToMintV2() {
        return PlutusV2Script.builder().cborHex(cborHex(Term.LamAbs.apply("redeemer", Term.LamAbs.apply("context", unit())), 0)).build();
    }

    /** Agrees to minting if the transaction mints under exactly one policy, with no entry for lovelace. */
    public static PlutusV3Script exactlyOnePolicy() {
        Term minted = call("UnMapData", 0, field(transactionInfo(), 4));
        return v3(Term.LamAbs.apply("context", requireThat(call("NullList", 1, call("TailList", 1, minted)))));
    }

    /** Agrees if the validity range begins at this time. */
    public static PlutusV3Script beginsAt(long unixMillis) {
        Term lowerBound = field(field(transactionInfo(), 7), 0);
        Term time = call("UnIData", 0, field(field(lowerBound, 0), 0));
        Term.Const expected = Term.Const.apply(new Constant.Integer(scala.math.BigInt.apply(unixMillis)));
        return v3(Term.LamAbs.apply("context", requireThat(call("EqualsInteger", 0, time, expected))));
    }

    private static Term transactionInfo() {
        return field(variable("context"), 0);
    }

    private static Term field(Term constructor, int index) {
        Term fields = call("SndPair", 2, call("UnConstrData", 0, constructor));
        for (int i = 0; i < index; i++) {
            fields = call("TailList", 1, fields);
        }
        return call("HeadList", 1, fields);
    }

    private static Term requireThat(Term condition) {
        return Term.Force.apply(call("IfThenElse", 1, condition, Term.Delay.apply(unit()), Term.Delay.apply(error())));
    }

    private static Term call(String builtin, int forces, Term... arguments) {
        Term called = Term.Builtin.apply(DefaultFun.valueOf(builtin));
        for (int i = 0; i < forces; i++) {
            called = Term.Force.apply(called);
        }
        for (Term argument : arguments) {
            called = Term.Apply.apply(called, argument);
        }
        return called;
    }

    private static Term threeArguments() {
        return Term.LamAbs.apply("datum", Term.LamAbs.apply("redeemer", Term.LamAbs.apply("context", unit())));
    }

    private static PlutusV3Script v3(Term term) {
        return PlutusV3Script.builder().cborHex(cborHex(term, 1)).build();
    }

    private static String cborHex(Term term, int minor) {
        return new Program(new Tuple3<>(1, minor, 0), DeBruijn.deBruijnTerm(term)).doubleCborHex();
    }

    private static Term unit() {
        return Term.Const.apply(Constant.Unit$.MODULE$);
    }

    private static Term error() {
        return Term$.Error;
    }

    private static Term variable(String name) {
        return Term.Var.apply(new NamedDeBruijn(name, 0));
    }

    static BigInteger ada(long amount) {
        return BigInteger.valueOf(amount * 1_000_000);
    }
}
