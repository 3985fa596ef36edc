package io.masumi.node.contracts;

import static io.masumi.node.contracts.EscrowRedeemer.AuthorizeRefund;
import static io.masumi.node.contracts.EscrowRedeemer.SetRefundRequested;
import static io.masumi.node.contracts.EscrowRedeemer.SubmitResult;
import static io.masumi.node.contracts.EscrowRedeemer.UnSetRefundRequested;
import static io.masumi.node.contracts.EscrowRedeemer.WithdrawDisputed;
import static io.masumi.node.contracts.EscrowRedeemer.WithdrawRefund;
import static io.masumi.node.contracts.EscrowState.Disputed;
import static io.masumi.node.contracts.EscrowState.FundsLocked;
import static io.masumi.node.contracts.EscrowState.RefundRequested;
import static io.masumi.node.contracts.EscrowState.ResultSubmitted;
import static io.masumi.node.contracts.uplc.Builtins.add;
import static io.masumi.node.contracts.uplc.Builtins.atMost;
import static io.masumi.node.contracts.uplc.Builtins.constr;
import static io.masumi.node.contracts.uplc.Builtins.divide;
import static io.masumi.node.contracts.uplc.Builtins.length;
import static io.masumi.node.contracts.uplc.Builtins.less;
import static io.masumi.node.contracts.uplc.Builtins.map;
import static io.masumi.node.contracts.uplc.Builtins.multiply;
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
import static io.masumi.node.contracts.uplc.Terms.data;
import static io.masumi.node.contracts.uplc.Terms.emptyBytes;
import static io.masumi.node.contracts.uplc.Terms.fail;
import static io.masumi.node.contracts.uplc.Terms.integer;
import static io.masumi.node.contracts.uplc.Terms.lam;
import static io.masumi.node.contracts.uplc.Terms.noData;
import static io.masumi.node.contracts.uplc.Terms.recursive;
import static io.masumi.node.contracts.uplc.Terms.unit;

import io.masumi.node.contracts.uplc.Block;
import io.masumi.node.contracts.uplc.Expr;
import io.masumi.node.contracts.uplc.Kind;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import scalus.uplc.Term;

/**
 * The escrow validator. {@link EscrowRules} says the same in plain Java, and the tests hold the two together.
 *
 * <p>Script context, datum and outputs are read as raw data, and only as far as a rule needs them. The ledger guarantees
 * the shape of the context; the shape of the spent datum is checked in full.
 */
final class EscrowValidator {

    private static final int TX_OUTPUTS = 2;
    private static final int TX_RANGE = 7;
    private static final int TX_SIGNATORIES = 8;
    private static final int OUTPUT_VALUE = 1;
    private static final int OUTPUT_DATUM = 2;
    private static final int OUTPUT_REFERENCE_SCRIPT = 3;

    private static final int BUYER = 0;
    private static final int SELLER = 1;
    private static final int COLLATERAL_RETURN = 6;
    private static final int RESULT_HASH = 8;
    private static final int SUBMIT_RESULT_TIME = 10;
    private static final int UNLOCK_TIME = 11;
    private static final int EXTERNAL_DISPUTE_UNLOCK_TIME = 12;
    private static final int SELLER_COOLDOWN = 13;
    private static final int BUYER_COOLDOWN = 14;
    private static final int STATE = 15;
    private static final List<Integer> BYTES_FIELDS = List.of(2, 3, 4, 5, 7);
    private static final List<Integer> INT_FIELDS = List.of(6, 9, 10, 11, 12, 13, 14);

    private static final scalus.builtin.Data ZERO = PlutusData.integer(0);

    private final Prelude prelude;
    private final Parameters parameters;

    private EscrowValidator(Prelude prelude, Parameters parameters) {
        this.prelude = prelude;
        this.parameters = parameters;
    }

    /** The validator as a function of its five parameters and the script context. */
    static Term term() {
        Expr<?> validator = lam((Expr<Data> requiredAdmins) -> lam((Expr<Data> admins) -> lam(
                (Expr<Data> feeAddress) -> lam((Expr<Data> feePermille) -> lam((Expr<Data> cooldown) -> Prelude.with(
                        prelude -> new EscrowValidator(prelude, new Parameters(requiredAdmins, admins, feeAddress, feePermille, cooldown))
                                .script()))))));
        return validator.in(Scope.empty());
    }

    private record Parameters(Expr<Data> requiredAdmins, Expr<Data> admins, Expr<Data> feeAddress, Expr<Data> feePermille,
            Expr<Data> cooldown) {}

    /**
     * What the rules need of the transaction.
     *
     * @param ownReference the output reference of the spent escrow
     * @param ownInput fields of the spent output
     * @param there fields of the output at the contract, empty when there is none
     * @param from lower bound of the validity range, ms
     * @param until upper bound of the validity range, ms
     * @param signed whether a key hash is among the required signers
     */
    private record Transaction(Expr<Data> ownReference, Expr<ListOf<Data>> ownInput, Expr<ListOf<Data>> outputs, Expr<ListOf<Data>> there,
            Expr<Int> from, Expr<Int> until, Expr<Fun<Bytes, Bool>> signed) {}

    /**
     * The spent datum.
     *
     * @param from at i the list of the datum's fields from field i on
     * @param buyerKey key hash of the buyer, no bytes if the buyer is a script
     * @param sellerKey key hash of the seller, no bytes if the seller is a script
     */
    private record Escrow(List<Expr<ListOf<Data>>> from, Expr<Bytes> buyerKey, Expr<Bytes> sellerKey, Expr<Bool> noResult,
            Expr<Int> state) {}

    private Expr<Fun<Data, Unit>> script() {
        return lam(context -> {
            Block block = new Block();
            Expr<ListOf<Data>> fromTransaction = block.let(fields(context));
            Expr<ListOf<Data>> fromRedeemer = block.let(tail(fromTransaction));
            Expr<ListOf<Data>> purpose = block.let(fields(at(1, fromRedeemer)));
            Transaction tx = transaction(block, fields(head(fromTransaction)), purpose);
            Escrow escrow = escrow(block, head(fields(at(1, purpose))));
            Expr<PairOf<Int, ListOf<Data>>> redeemer = block.let(unConstr(head(fromRedeemer)));
            Expr<Int> tag = block.let(first(redeemer));
            return block.in(prelude.require(
                    prelude.all(isEmpty(second(redeemer)), noReferenceScript(tx), permitted(tx, escrow, tag)), unit()));
        });
    }

    /**
     * Only a spending purpose carries an output reference that can be found among the inputs, so any other purpose fails when
     * the own input is looked for. An infinite bound of the validity range has no time in it and fails as well: every redeemer
     * needs both.
     */
    private Transaction transaction(Block block, Expr<ListOf<Data>> info, Expr<ListOf<Data>> purpose) {
        Expr<ListOf<Data>> fromInputs = block.let(info);
        Expr<ListOf<Data>> fromOutputs = block.let(prelude.drop(TX_OUTPUTS, fromInputs));
        Expr<ListOf<Data>> fromRange = block.let(prelude.drop(TX_RANGE - TX_OUTPUTS, fromOutputs));
        Expr<Data> ownReference = block.let(head(purpose));
        Expr<ListOf<Data>> inputs = block.let(unList(head(fromInputs)));
        Expr<ListOf<Data>> outputs = block.let(unList(head(fromOutputs)));
        Expr<ListOf<Data>> ownInput = block.let(inputOf(ownReference, inputs));
        Expr<Fun<Fun<Data, Data>, Fun<ListOf<Data>, ListOf<Data>>>> onlyAt = block
                .let(onlyAt(block.let(head(fields(head(ownInput))))));
        block.evaluate(List.of(apply(onlyAt, lam((Expr<Data> input) -> at(1, fields(input))), inputs)));
        Expr<ListOf<Data>> there = block.let(apply(onlyAt, lam((Expr<Data> output) -> output), outputs));
        Expr<ListOf<Data>> range = block.let(fields(head(fromRange)));
        Expr<Fun<Data, Int>> time = block.let(lam((Expr<Data> bound) -> unInt(head(fields(head(fields(bound)))))));
        return new Transaction(ownReference, ownInput, outputs, there, block.let(apply(time, head(range))),
                block.let(apply(time, at(1, range))), block.let(signed(unList(at(TX_SIGNATORIES - TX_RANGE, fromRange)))));
    }

    /** The fields of the output that {@code reference} names. */
    private Expr<ListOf<Data>> inputOf(Expr<Data> reference, Expr<ListOf<Data>> inputs) {
        return apply(recursive((self, rest) -> {
            Block block = new Block();
            Expr<ListOf<Data>> input = block.let(fields(head(rest)));
            return block.in(prelude.choose(same(head(input), reference), fields(at(1, input)), apply(self, tail(rest))));
        }), inputs);
    }

    /**
     * The fields of the one output at the contract, or the empty list; fails for a second one. What is at the contract is
     * decided by the payment credential alone: an output with another stake part is guarded by this script all the same.
     */
    private Expr<Fun<Fun<Data, Data>, Fun<ListOf<Data>, ListOf<Data>>>> onlyAt(Expr<Data> contract) {
        return lam(output -> recursive((self, rest) -> prelude.whenEmpty(rest, noData(), onlyAtFirst(contract, output, self, rest))));
    }

    private Expr<ListOf<Data>> onlyAtFirst(Expr<Data> contract, Expr<Fun<Data, Data>> output,
            Expr<Fun<ListOf<Data>, ListOf<Data>>> self, Expr<ListOf<Data>> rest) {
        Block block = new Block();
        Expr<ListOf<Data>> fields = block.let(fields(apply(output, head(rest))));
        Expr<ListOf<Data>> others = block.let(apply(self, tail(rest)));
        return block.in(
                prelude.choose(same(head(fields(head(fields))), contract), prelude.whenEmpty(others, fields, fail()), others));
    }

    private Expr<Fun<Bytes, Bool>> signed(Expr<ListOf<Data>> signatories) {
        return lam(key -> apply(recursive((self, rest) -> prelude.whenEmpty(rest, bool(false),
                prelude.choose(sameBytes(unBytes(head(rest)), key), bool(true), apply(self, tail(rest))))), signatories));
    }

    private Expr<Bool> noReferenceScript(Transaction tx) {
        return prelude.whenEmpty(tx.there(), bool(true), sameInt(prelude.tag(at(OUTPUT_REFERENCE_SCRIPT, tx.there())), integer(1)));
    }

    /** Takes the spent datum apart; fails unless every field has its type. */
    private Escrow escrow(Block block, Expr<Data> datum) {
        Expr<PairOf<Int, ListOf<Data>>> constructor = block.let(unConstr(datum));
        List<Expr<ListOf<Data>>> from = new ArrayList<>();
        from.add(block.let(second(constructor)));
        for (int field = 1; field <= STATE; field++) {
            from.add(block.let(tail(from.getLast())));
        }
        List<Expr<?>> scalars = new ArrayList<>();
        BYTES_FIELDS.forEach(field -> scalars.add(unBytes(head(from.get(field)))));
        INT_FIELDS.forEach(field -> scalars.add(unInt(head(from.get(field)))));
        block.evaluate(scalars);
        Expr<PairOf<Int, ListOf<Data>>> state = block.let(unConstr(head(from.get(STATE))));
        Expr<Int> stateTag = block.let(first(state));
        block.evaluate(List.of(prelude.require(prelude.all(sameInt(first(constructor), integer(0)), isEmpty(tail(from.get(STATE))),
                isEmpty(second(state)), atMost(stateTag, state(Disputed))), unit())));
        Expr<Fun<Data, Bytes>> credential = block.let(lam(this::credential));
        Expr<Fun<Data, Bytes>> party = block.let(lam((Expr<Data> address) -> party(credential, address)));
        return new Escrow(from, block.let(apply(party, head(from.get(BUYER)))), block.let(apply(party, head(from.get(SELLER)))),
                block.let(sameInt(length(unBytes(head(from.get(RESULT_HASH)))), integer(0))), stateTag);
    }

    /** The key hash of an address's payment credential, no bytes for a script; fails for a malformed address. */
    private Expr<Bytes> party(Expr<Fun<Data, Bytes>> credential, Expr<Data> address) {
        Block block = new Block();
        Expr<PairOf<Int, ListOf<Data>>> constructor = block.let(unConstr(address));
        Expr<ListOf<Data>> payment = block.let(second(constructor));
        Expr<ListOf<Data>> fromStake = block.let(tail(payment));
        Expr<PairOf<Int, ListOf<Data>>> stake = block.let(unConstr(head(fromStake)));
        Expr<ListOf<Data>> some = block.let(second(stake));
        return block.in(prelude.require(
                prelude.all(sameInt(first(constructor), integer(0)), isEmpty(tail(fromStake)),
                        prelude.whenEmpty(some, sameInt(first(stake), integer(1)), stakePart(credential, stake, some))),
                apply(credential, head(payment))));
    }

    private Expr<Bool> stakePart(Expr<Fun<Data, Bytes>> credential, Expr<PairOf<Int, ListOf<Data>>> stake, Expr<ListOf<Data>> some) {
        Block block = new Block();
        Expr<PairOf<Int, ListOf<Data>>> inline = block.let(unConstr(head(some)));
        block.evaluate(List.of(apply(credential, head(second(inline)))));
        return block.in(prelude.all(sameInt(add(first(stake), first(inline)), integer(0)), isEmpty(tail(some)),
                isEmpty(tail(second(inline)))));
    }

    /** The hash in a key credential, no bytes for a script credential; fails for any other data. */
    private Expr<Bytes> credential(Expr<Data> credential) {
        Block block = new Block();
        Expr<PairOf<Int, ListOf<Data>>> constructor = block.let(unConstr(credential));
        Expr<Int> tag = block.let(first(constructor));
        Expr<ListOf<Data>> fields = block.let(second(constructor));
        Expr<Bytes> hash = block.let(unBytes(head(fields)));
        return block.in(prelude.require(prelude.all(isEmpty(tail(fields)), atMost(tag, integer(1))),
                prelude.select(sameInt(tag, integer(0)), hash, emptyBytes())));
    }

    /** The rules of each redeemer, reached in two or three comparisons of its constructor index. */
    private Expr<Bool> permitted(Transaction tx, Escrow escrow, Expr<Int> redeemer) {
        Block block = new Block();
        Continuation continuation = continuation(block, tx, escrow);
        return block.in(prelude.choose(before(redeemer, WithdrawRefund),
                prelude.choose(before(redeemer, SetRefundRequested), withdraw(tx, escrow),
                        buyerContinues(tx, escrow, redeemer, continuation)),
                prelude.choose(before(redeemer, SubmitResult),
                        prelude.choose(before(redeemer, WithdrawDisputed), withdrawRefund(tx, escrow), withdrawDisputed(tx, escrow)),
                        sellerContinues(tx, escrow, redeemer, continuation))));
    }

    private Expr<Bool> before(Expr<Int> redeemer, EscrowRedeemer other) {
        return less(redeemer, integer(other.ordinal()));
    }

    private Expr<Bool> withdraw(Transaction tx, Escrow escrow) {
        Block block = new Block();
        Payouts payouts = new Payouts(prelude, block, tx.outputs(), tx.ownReference());
        Expr<ListOf<Data>> fees = block.let(payouts.to(parameters.feeAddress()));
        Expr<Int> feePermille = block.let(unInt(parameters.feePermille()));
        return block.in(prelude.all(apply(tx.signed(), escrow.sellerKey()), reached(tx, escrow, UNLOCK_TIME),
                isState(escrow, ResultSubmitted), not(escrow.noResult()),
                payouts.everyAsset(at(OUTPUT_VALUE, tx.ownInput()),
                        (quantity, asset) -> atMost(divide(multiply(quantity, feePermille), integer(1000)), payouts.held(fees, asset))),
                atMost(time(escrow, COLLATERAL_RETURN), payouts.heldLovelace(payouts.to(head(escrow.from().get(BUYER)))))));
    }

    private Expr<Bool> withdrawRefund(Transaction tx, Escrow escrow) {
        return prelude.all(apply(tx.signed(), escrow.buyerKey()), reached(tx, escrow, SUBMIT_RESULT_TIME), escrow.noResult(),
                prelude.select(isState(escrow, FundsLocked), bool(true), isState(escrow, RefundRequested)));
    }

    /** At least one admin follows from the rest: a positive number of entries must have signed. */
    private Expr<Bool> withdrawDisputed(Transaction tx, Escrow escrow) {
        Block block = new Block();
        Expr<Int> required = block.let(unInt(parameters.requiredAdmins()));
        Expr<Int> signatures = apply(
                recursive((self, rest) -> prelude.whenEmpty(rest, integer(0),
                        add(prelude.select(apply(tx.signed(), unBytes(head(rest))), integer(1), integer(0)), apply(self, tail(rest))))),
                unList(parameters.admins()));
        return block.in(prelude.all(less(integer(0), required), atMost(required, signatures), isState(escrow, Disputed),
                not(escrow.noResult()), reached(tx, escrow, EXTERNAL_DISPUTE_UNLOCK_TIME)));
    }

    private Expr<Bool> buyerContinues(Transaction tx, Escrow escrow, Expr<Int> redeemer, Continuation continuation) {
        Block block = new Block();
        Expr<Bool> requests = block.let(before(redeemer, UnSetRefundRequested));
        Expr<Data> cooldown = block.let(at(BUYER_COOLDOWN, continuation.nextFields()));
        Expr<Int> settled = prelude.select(escrow.noResult(), state(FundsLocked), state(ResultSubmitted));
        Expr<Int> refund = prelude.select(escrow.noResult(), state(RefundRequested), state(Disputed));
        return block.in(prelude.all(apply(tx.signed(), escrow.buyerKey()), reached(tx, escrow, BUYER_COOLDOWN), coolsDown(tx, cooldown),
                apply(apply(continuation.unchangedBut(), head(escrow.from().get(RESULT_HASH)), data(ZERO)), cooldown,
                        prelude.choose(requests, refund, settled)),
                prelude.choose(requests,
                        prelude.all(less(tx.until(), time(escrow, UNLOCK_TIME)), not(isState(escrow, RefundRequested))),
                        atMost(state(RefundRequested), escrow.state()))));
    }

    private Expr<Bool> sellerContinues(Transaction tx, Escrow escrow, Expr<Int> redeemer, Continuation continuation) {
        Block block = new Block();
        Expr<ListOf<Data>> next = block.let(continuation.nextFields());
        Expr<Data> cooldown = block.let(at(SELLER_COOLDOWN, next));
        Function<Expr<Data>, Function<Expr<Int>, Expr<Bool>>> unchangedBut = result -> state -> apply(
                apply(continuation.unchangedBut(), result, cooldown), data(ZERO), state);
        Block submit = new Block();
        Expr<Data> result = submit.let(at(RESULT_HASH, next));
        Expr<Bool> submitted = submit.in(prelude.all(less(integer(0), length(unBytes(result))),
                prelude.select(less(tx.until(), time(escrow, SUBMIT_RESULT_TIME)), bool(true),
                        prelude.all(not(escrow.noResult()), less(tx.until(), time(escrow, EXTERNAL_DISPUTE_UNLOCK_TIME)))),
                unchangedBut.apply(result).apply(
                        prelude.select(less(escrow.state(), state(RefundRequested)), state(ResultSubmitted), state(Disputed)))));
        Expr<Bool> authorized = prelude.all(sameInt(redeemer, integer(AuthorizeRefund.ordinal())), isState(escrow, Disputed),
                unchangedBut.apply(data(PlutusData.bytes(""))).apply(state(RefundRequested)));
        return block.in(prelude.all(apply(tx.signed(), escrow.sellerKey()), reached(tx, escrow, SELLER_COOLDOWN),
                coolsDown(tx, cooldown), prelude.choose(before(redeemer, AuthorizeRefund), submitted, authorized)));
    }

    /**
     * The escrow after this spend.
     *
     * @param nextFields fields of its datum; fails when there is no output at the contract or it has no inline datum
     * @param unchangedBut whether the escrow continues with the spent datum's fields, except for the given result hash,
     *        seller's cooldown, buyer's cooldown and state
     */
    private record Continuation(Expr<ListOf<Data>> nextFields, Expr<Fun<Data, Fun<Data, Fun<Data, Fun<Int, Bool>>>>> unchangedBut) {}

    /**
     * The expected datum is rebuilt and compared as a whole: consing is cheaper than comparing field by field, and equality
     * with well-formed data makes the new datum well-formed.
     */
    private Continuation continuation(Block block, Transaction tx, Escrow escrow) {
        Expr<Data> next = head(fields(at(OUTPUT_DATUM, tx.there())));
        return new Continuation(fields(next), block.let(lam(result -> lam(seller -> lam(buyer -> lam(state -> prelude
                .all(same(constr(integer(0), expected(escrow, result, seller, buyer, state)), next), keepsAddressAndValue(tx))))))));
    }

    private Expr<ListOf<Data>> expected(Escrow escrow, Expr<Data> result, Expr<Data> sellerCooldown, Expr<Data> buyerCooldown,
            Expr<Int> state) {
        Expr<ListOf<Data>> fields = noData();
        for (int field = STATE; field >= 0; field--) {
            Expr<Data> value = switch (field) {
                case RESULT_HASH -> result;
                case SELLER_COOLDOWN -> sellerCooldown;
                case BUYER_COOLDOWN -> buyerCooldown;
                case STATE -> constr(state, noData());
                default -> head(escrow.from().get(field));
            };
            fields = prelude.cons(value, fields);
        }
        return fields;
    }

    /** The ledger puts lovelace first in every value and sorts the rest, so equal assets are equal data. */
    private Expr<Bool> keepsAddressAndValue(Transaction tx) {
        Block block = new Block();
        Expr<ListOf<PairOf<Data, Data>>> before = block.let(unMap(at(OUTPUT_VALUE, tx.ownInput())));
        Expr<ListOf<PairOf<Data, Data>>> after = block.let(unMap(at(OUTPUT_VALUE, tx.there())));
        return block.in(prelude.all(same(head(tx.ownInput()), head(tx.there())), atMost(lovelace(before), lovelace(after)),
                same(map(tail(before)), map(tail(after)))));
    }

    private Expr<Int> lovelace(Expr<ListOf<PairOf<Data, Data>>> value) {
        return unInt(prelude.second(prelude.head(unMap(prelude.second(prelude.head(value))))));
    }

    private Expr<Bool> coolsDown(Transaction tx, Expr<Data> cooldown) {
        return atMost(add(tx.until(), unInt(parameters.cooldown())), unInt(cooldown));
    }

    private Expr<Bool> reached(Transaction tx, Escrow escrow, int field) {
        return atMost(time(escrow, field), tx.from());
    }

    private Expr<Int> time(Escrow escrow, int field) {
        return unInt(head(escrow.from().get(field)));
    }

    private Expr<Bool> isState(Escrow escrow, EscrowState state) {
        return sameInt(escrow.state(), state(state));
    }

    private static Expr<Int> state(EscrowState state) {
        return integer(state.ordinal());
    }

    private Expr<Bool> not(Expr<Bool> condition) {
        return prelude.select(condition, bool(false), bool(true));
    }

    private Expr<Data> head(Expr<ListOf<Data>> list) {
        return prelude.head(list);
    }

    private Expr<ListOf<Data>> fields(Expr<Data> constructor) {
        return prelude.fields(constructor);
    }

    private Expr<Data> at(int index, Expr<ListOf<Data>> list) {
        return prelude.at(index, list);
    }

    private <E extends Kind> Expr<ListOf<E>> tail(Expr<ListOf<E>> list) {
        return prelude.tail(list);
    }

    private <A extends Kind, B extends Kind> Expr<A> first(Expr<PairOf<A, B>> pair) {
        return prelude.first(pair);
    }

    private <A extends Kind, B extends Kind> Expr<B> second(Expr<PairOf<A, B>> pair) {
        return prelude.second(pair);
    }

    private Expr<Bool> isEmpty(Expr<ListOf<Data>> list) {
        return prelude.isEmpty(list);
    }
}
