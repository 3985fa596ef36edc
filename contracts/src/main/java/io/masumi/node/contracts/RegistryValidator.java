package io.masumi.node.contracts;

import static io.masumi.node.contracts.uplc.Builtins.append;
import static io.masumi.node.contracts.uplc.Builtins.bigEndian;
import static io.masumi.node.contracts.uplc.Builtins.blake2b256;
import static io.masumi.node.contracts.uplc.Builtins.same;
import static io.masumi.node.contracts.uplc.Builtins.sameBytes;
import static io.masumi.node.contracts.uplc.Builtins.sameInt;
import static io.masumi.node.contracts.uplc.Builtins.unBytes;
import static io.masumi.node.contracts.uplc.Builtins.unConstr;
import static io.masumi.node.contracts.uplc.Builtins.unInt;
import static io.masumi.node.contracts.uplc.Builtins.unList;
import static io.masumi.node.contracts.uplc.Builtins.unMap;
import static io.masumi.node.contracts.uplc.Terms.apply;
import static io.masumi.node.contracts.uplc.Terms.bool;
import static io.masumi.node.contracts.uplc.Terms.integer;
import static io.masumi.node.contracts.uplc.Terms.lam;
import static io.masumi.node.contracts.uplc.Terms.recursive;
import static io.masumi.node.contracts.uplc.Terms.unit;

import io.masumi.node.contracts.uplc.Block;
import io.masumi.node.contracts.uplc.Expr;
import io.masumi.node.contracts.uplc.Kind.Bool;
import io.masumi.node.contracts.uplc.Kind.Bytes;
import io.masumi.node.contracts.uplc.Kind.Data;
import io.masumi.node.contracts.uplc.Kind.Fun;
import io.masumi.node.contracts.uplc.Kind.Int;
import io.masumi.node.contracts.uplc.Kind.ListOf;
import io.masumi.node.contracts.uplc.Kind.PairOf;
import io.masumi.node.contracts.uplc.Kind.Unit;
import io.masumi.node.contracts.uplc.Prelude;
import io.masumi.node.contracts.uplc.Scope;
import scalus.uplc.Term;

/** The registry's minting policy: one agent NFT a transaction, named after an input that it spends, or one burnt. */
final class RegistryValidator {

    private static final int TX_MINT = 4;
    private static final int INDEX_WIDTH = 4;

    private final Prelude prelude;

    private RegistryValidator(Prelude prelude) {
        this.prelude = prelude;
    }

    /** The policy as a function of its parameter, which it ignores, and the script context. */
    static Term term() {
        Expr<?> policy = lam((Expr<Data> escrowAddress) -> Prelude.with(prelude -> new RegistryValidator(prelude).script()));
        return policy.in(Scope.empty());
    }

    /** Only a minting purpose carries a policy id that can be found in the minted value, so any other purpose fails there. */
    private Expr<Fun<Data, Unit>> script() {
        return lam(context -> {
            Block block = new Block();
            Expr<ListOf<Data>> fromTransaction = block.let(prelude.fields(context));
            Expr<ListOf<Data>> fromRedeemer = block.let(prelude.tail(fromTransaction));
            Expr<ListOf<Data>> info = block.let(prelude.fields(prelude.head(fromTransaction)));
            Expr<Data> policyId = block.let(prelude.head(prelude.fields(prelude.at(1, fromRedeemer))));
            Expr<ListOf<PairOf<Data, Data>>> minted = block.let(minted(policyId, unMap(prelude.at(TX_MINT, info))));
            Expr<PairOf<Data, Data>> asset = block.let(prelude.head(minted));
            Expr<PairOf<Int, ListOf<Data>>> redeemer = block.let(unConstr(prelude.head(fromRedeemer)));
            Expr<Int> tag = block.let(prelude.first(redeemer));
            Expr<Int> quantity = block.let(unInt(prelude.second(asset)));
            Expr<Bool> mints = prelude.all(sameInt(quantity, integer(1)),
                    namedAfterOneOf(unList(prelude.head(info)), unBytes(prelude.first(asset))));
            Expr<Bool> burns = prelude.all(sameInt(tag, integer(1)), sameInt(quantity, integer(-1)));
            return block.in(prelude.require(prelude.all(prelude.isEmpty(prelude.second(redeemer)), prelude.isEmpty(prelude.tail(minted)),
                    prelude.choose(sameInt(tag, integer(0)), mints, burns)), unit()));
        });
    }

    /** Names and quantities of the policy's assets; fails when there are none. */
    private Expr<ListOf<PairOf<Data, Data>>> minted(Expr<Data> policyId, Expr<ListOf<PairOf<Data, Data>>> mint) {
        return apply(recursive((self, rest) -> {
            Block block = new Block();
            Expr<PairOf<Data, Data>> policy = block.let(prelude.head(rest));
            return block.in(prelude.choose(same(prelude.first(policy), policyId), unMap(prelude.second(policy)),
                    apply(self, prelude.tail(rest))));
        }), mint);
    }

    private Expr<Bool> namedAfterOneOf(Expr<ListOf<Data>> inputs, Expr<Bytes> name) {
        return apply(recursive((self, rest) -> {
            Block block = new Block();
            Expr<ListOf<Data>> reference = block.let(prelude.fields(prelude.head(prelude.fields(prelude.head(rest)))));
            Expr<Bytes> expected = blake2b256(
                    append(unBytes(prelude.head(reference)), bigEndian(INDEX_WIDTH, unInt(prelude.at(1, reference)))));
            return prelude.whenEmpty(rest, bool(false),
                    block.in(prelude.choose(sameBytes(expected, name), bool(true), apply(self, prelude.tail(rest)))));
        }), inputs);
    }
}
