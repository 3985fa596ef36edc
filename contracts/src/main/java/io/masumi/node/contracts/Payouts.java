package io.masumi.node.contracts;

import static io.masumi.node.contracts.uplc.Builtins.add;
import static io.masumi.node.contracts.uplc.Builtins.constr;
import static io.masumi.node.contracts.uplc.Builtins.same;
import static io.masumi.node.contracts.uplc.Builtins.unInt;
import static io.masumi.node.contracts.uplc.Builtins.unMap;
import static io.masumi.node.contracts.uplc.Terms.apply;
import static io.masumi.node.contracts.uplc.Terms.bool;
import static io.masumi.node.contracts.uplc.Terms.data;
import static io.masumi.node.contracts.uplc.Terms.integer;
import static io.masumi.node.contracts.uplc.Terms.lam;
import static io.masumi.node.contracts.uplc.Terms.noData;
import static io.masumi.node.contracts.uplc.Terms.recursive;

import io.masumi.node.contracts.uplc.Block;
import io.masumi.node.contracts.uplc.Expr;
import io.masumi.node.contracts.uplc.Kind.Bool;
import io.masumi.node.contracts.uplc.Kind.Data;
import io.masumi.node.contracts.uplc.Kind.Fun;
import io.masumi.node.contracts.uplc.Kind.Int;
import io.masumi.node.contracts.uplc.Kind.ListOf;
import io.masumi.node.contracts.uplc.Kind.PairOf;
import io.masumi.node.contracts.uplc.Prelude;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import scalus.builtin.Data.Map;

/**
 * The outputs of a withdrawal that count for the spent escrow: those tagged with its output reference as inline datum. The
 * tag keeps one payment from satisfying two escrows.
 */
final class Payouts {

    private static final scalus.builtin.Data NO_ASSETS = Map
            .apply(PlutusData.<scala.Tuple2<scalus.builtin.Data, scalus.builtin.Data>>scalaList(List.of()));

    /** Policy and name of an asset; no bytes for lovelace. */
    record Asset(Expr<Data> policy, Expr<Data> name) {}

    private final Prelude prelude;
    private final Expr<Fun<Data, ListOf<Data>>> valuesTo;
    private final Expr<Fun<Data, Fun<Data, Fun<ListOf<Data>, Int>>>> held;

    Payouts(Prelude prelude, Block block, Expr<ListOf<Data>> outputs, Expr<Data> ownReference) {
        this.prelude = prelude;
        Expr<Data> tag = block.let(constr(integer(2), prelude.cons(ownReference, noData())));
        this.valuesTo = block.let(lam(address -> apply(
                recursive((self, rest) -> prelude.whenEmpty(rest, noData(), tagged(address, tag, self, rest))), outputs)));
        Expr<Fun<Data, Fun<Data, Fun<ListOf<PairOf<Data, Data>>, Data>>>> lookup = block.let(lookup());
        this.held = block.let(lam(policy -> lam(name -> recursive(
                (self, rest) -> prelude.whenEmpty(rest, integer(0),
                        add(quantity(lookup, prelude.head(rest), policy, name), apply(self, prelude.tail(rest))))))));
    }

    /** The values of the counting outputs to {@code address}. */
    Expr<ListOf<Data>> to(Expr<Data> address) {
        return apply(valuesTo, address);
    }

    /** How much of {@code asset} the values hold together. */
    Expr<Int> held(Expr<ListOf<Data>> values, Asset asset) {
        return apply(apply(held, asset.policy(), asset.name()), values);
    }

    Expr<Int> heldLovelace(Expr<ListOf<Data>> values) {
        Expr<Data> none = data(PlutusData.bytes(""));
        return held(values, new Asset(none, none));
    }

    /** Whether {@code condition} holds for every asset of {@code value}, lovelace included. */
    Expr<Bool> everyAsset(Expr<Data> value, BiFunction<Expr<Int>, Asset, Expr<Bool>> condition) {
        return every(unMap(value), policy -> every(unMap(prelude.second(policy)),
                asset -> condition.apply(unInt(prelude.second(asset)), new Asset(prelude.first(policy), prelude.first(asset)))));
    }

    private Expr<Bool> every(Expr<ListOf<PairOf<Data, Data>>> entries,
            Function<Expr<PairOf<Data, Data>>, Expr<Bool>> condition) {
        return apply(recursive((self, rest) -> prelude.whenEmpty(rest, bool(true),
                prelude.all(condition.apply(prelude.head(rest)), apply(self, prelude.tail(rest))))), entries);
    }

    private Expr<ListOf<Data>> tagged(Expr<Data> address, Expr<Data> tag, Expr<Fun<ListOf<Data>, ListOf<Data>>> self,
            Expr<ListOf<Data>> rest) {
        Block block = new Block();
        Expr<ListOf<Data>> output = block.let(prelude.fields(prelude.head(rest)));
        Expr<ListOf<Data>> others = block.let(apply(self, prelude.tail(rest)));
        return block.in(prelude.select(prelude.all(same(prelude.head(output), address), same(prelude.at(2, output), tag)),
                prelude.cons(prelude.at(1, output), others), others));
    }

    private Expr<Int> quantity(Expr<Fun<Data, Fun<Data, Fun<ListOf<PairOf<Data, Data>>, Data>>>> lookup, Expr<Data> value,
            Expr<Data> policy, Expr<Data> name) {
        Expr<Data> assets = apply(apply(lookup, data(NO_ASSETS), policy), unMap(value));
        return unInt(apply(apply(lookup, data(PlutusData.integer(0)), name), unMap(assets)));
    }

    /** The value under a key, or a default for a key that is not there. */
    private Expr<Fun<Data, Fun<Data, Fun<ListOf<PairOf<Data, Data>>, Data>>>> lookup() {
        return lam(missing -> lam(key -> recursive((self, rest) -> prelude.whenEmpty(rest, missing,
                prelude.choose(same(prelude.first(prelude.head(rest)), key), prelude.second(prelude.head(rest)),
                        apply(self, prelude.tail(rest)))))));
    }
}
