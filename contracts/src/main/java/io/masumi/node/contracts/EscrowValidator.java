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
 * the shape of the context; of the spent datum, the method {@code escrow} says what is checked.
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
     * @param signedBy whether the key that controls an address is among them
     */
    private record Transaction(Expr<Data> ownReference, Expr<ListOf<Data>> ownInput, Expr<ListOf<Data>> outputs, Expr<ListOf<Data>> there,
            Expr<Int> from, Expr<Int> until, Expr<Fun<Bytes, Bool>> signed, Expr<Fun<Data, Bool>> signedBy) {}

    /**
     * The spent datum.
     *
     * @param from at i the list of the datum's fields from field i on
     * @param wellFormed whether it is constructor 0 with sixteen fields, the last of them a state
     */
    private record Escrow(List<Expr<ListOf<Data>>> from, Expr<Data> buyer, Expr<Data> seller, Expr<Bool> noResult, Expr<Int> state,
            Expr<Bool> wellFormed) {}

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
            return block.in(prelude.require(prelude.onlyIfEmpty(second(redeemer),
                    prelude.all(escrow.wellFormed(), permitted(tx, escrow, tag))), unit()));
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
        Expr<ListOf<Data>> ownInput = block.let(onlyInput(ownReference, inputs));
        Expr<ListOf<Data>> there = block.let(onlyAt(paymentCredential(ownInput), outputs));
        Expr<ListOf<Data>> range = block.let(fields(head(fromRange)));
        Expr<Fun<Data, Int>> time = block.let(lam((Expr<Data> bound) -> unInt(head(fields(head(fields(bound)))))));
        Expr<Int> from = block.let(apply(time, head(range)));
        Expr<Int> until = block.let(apply(time, at(1, range)));
        Expr<Fun<Bytes, Bool>> signed = block.let(signed(unList(at(TX_SIGNATORIES - TX_RANGE, fromRange))));
        return new Transaction(ownReference, ownInput, outputs, there, from, until, signed,
                block.let(lam((Expr<Data> address) -> signedBy(signed, address))));
    }

    /**
     * The fields of the output that is spent here; fails when another input is at the contract. On the way to the own input
     * the others are compared with what is found, behind it in a loop of their own, so that no input is looked at twice.
     */
    private Expr<ListOf<Data>> onlyInput(Expr<Data> reference, Expr<ListOf<Data>> inputs) {
        return apply(recursive((self, rest) -> {
            Block block = new Block();
            Expr<ListOf<Data>> input = block.let(fields(head(rest)));
            Expr<ListOf<Data>> output = block.let(fields(at(1, input)));
            Expr<ListOf<Data>> others = block.let(tail(rest));
            Block before = new Block();
            Expr<ListOf<Data>> own = before.let(apply(self, others));
            return block.in(prelude.choose(same(head(input), reference), noneAt(paymentCredential(output), others, output),
                    before.in(prelude.choose(same(paymentCredential(output), paymentCredential(own)), fail(), own))));
        }), inputs);
    }

    /** The result, unless one of the inputs is at the contract. */
    private Expr<ListOf<Data>> noneAt(Expr<Data> contract, Expr<ListOf<Data>> inputs, Expr<ListOf<Data>> result) {
        Block block = new Block();
        Expr<Data> credential = block.let(contract);
        return block.in(apply(recursive((self, rest) -> prelude.whenEmpty(rest, result, prelude
                .choose(same(paymentCredential(fields(at(1, fields(head(rest))))), credential), fail(), apply(self, tail(rest))))),
                inputs));
    }

    /**
     * The fields of the one output at the contract, or the empty list; fails for a second one and for one with a reference
     * script. What is at the contract is decided by the payment credential alone: an output with another stake part is
     * guarded by this script all the same.
     */
    private Expr<ListOf<Data>> onlyAt(Expr<Data> contract, Expr<ListOf<Data>> outputs) {
        Block block = new Block();
        Expr<Data> credential = block.let(contract);
        return block.in(
                apply(recursive((self, rest) -> prelude.whenEmpty(rest, noData(), onlyAtFirst(credential, self, rest))), outputs));
    }

    private Expr<ListOf<Data>> onlyAtFirst(Expr<Data> contract, Expr<Fun<ListOf<Data>, ListOf<Data>>> self, Expr<ListOf<Data>> rest) {
        Block block = new Block();
        Expr<ListOf<Data>> output = block.let(fields(head(rest)));
        Expr<ListOf<Data>> others = block.let(apply(self, tail(rest)));
        Expr<Bool> allowed = prelude.onlyIfEmpty(others, prelude.isEmpty(fields(at(OUTPUT_REFERENCE_SCRIPT, output))));
        return block.in(prelude.choose(same(paymentCredential(output), contract), prelude.require(allowed, output), others));
    }

    private Expr<Data> paymentCredential(Expr<ListOf<Data>> output) {
        return head(fields(head(output)));
    }

    private Expr<Fun<Bytes, Bool>> signed(Expr<ListOf<Data>> signatories) {
        return lam(key -> apply(recursive((self, rest) -> prelude.whenEmpty(rest, bool(false),
                prelude.choose(sameBytes(unBytes(head(rest)), key), bool(true), apply(self, tail(rest))))), signatories));
    }

    /**
     * Takes the spent datum apart. Constructor, number of fields and state are checked here, every other field where a rule
     * reads it. A field that no rule reads keeps its value, so an escrow that was well-formed when it was locked stays so.
     */
    private Escrow escrow(Block block, Expr<Data> datum) {
        Expr<PairOf<Int, ListOf<Data>>> constructor = block.let(unConstr(datum));
        List<Expr<ListOf<Data>>> from = new ArrayList<>();
        from.add(block.let(second(constructor)));
        for (int field = 1; field <= STATE; field++) {
            from.add(block.let(tail(from.getLast())));
        }
        Expr<Data> buyer = block.let(head(from.get(BUYER)));
        Expr<Data> seller = block.let(head(from.get(SELLER)));
        Expr<PairOf<Int, ListOf<Data>>> state = block.let(unConstr(head(from.get(STATE))));
        Expr<Int> stateTag = block.let(first(state));
        Expr<Bool> wellFormed = prelude.onlyIfEmpty(tail(from.get(STATE)), prelude.onlyIfEmpty(second(state),
                prelude.all(sameInt(first(constructor), integer(0)), atMost(stateTag, state(Disputed)))));
        return new Escrow(from, buyer, seller, block.let(sameInt(length(unBytes(head(from.get(RESULT_HASH)))), integer(0))), stateTag,
                wellFormed);
    }

    /** Whether the key that controls the address is among the required signers; a script cannot sign. */
    private Expr<Bool> signedBy(Expr<Fun<Bytes, Bool>> signed, Expr<Data> address) {
        Block block = new Block();
        Expr<PairOf<Int, ListOf<Data>>> payment = block.let(unConstr(head(fields(address))));
        return block.in(prelude.all(sameInt(first(payment), integer(0)), apply(signed, unBytes(head(second(payment))))));
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
        return block.in(prelude.all(apply(tx.signedBy(), escrow.seller()), reached(tx, escrow, UNLOCK_TIME),
                isState(escrow, ResultSubmitted), not(escrow.noResult()),
                payouts.everyAsset(at(OUTPUT_VALUE, tx.ownInput()),
                        (quantity, asset) -> atMost(divide(multiply(quantity, feePermille), integer(1000)), payouts.held(fees, asset))),
                atMost(time(escrow, COLLATERAL_RETURN), payouts.heldLovelace(payouts.to(escrow.buyer())))));
    }

    private Expr<Bool> withdrawRefund(Transaction tx, Escrow escrow) {
        return prelude.all(apply(tx.signedBy(), escrow.buyer()), reached(tx, escrow, SUBMIT_RESULT_TIME), escrow.noResult(),
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
        return block.in(prelude.all(apply(tx.signedBy(), escrow.buyer()), reached(tx, escrow, BUYER_COOLDOWN),
                apply(apply(continuation.unchangedBut(), head(escrow.from().get(RESULT_HASH)), data(ZERO)), cooldown,
                        prelude.choose(requests, refund, settled)),
                prelude.choose(requests,
                        prelude.all(less(tx.until(), time(escrow, UNLOCK_TIME)), not(isState(escrow, RefundRequested))),
                        atMost(state(RefundRequested), escrow.state()))));
    }

    private Expr<Bool> sellerContinues(Transaction tx, Escrow escrow, Expr<Int> redeemer, Continuation continuation) {
        Block block = new Block();
        Expr<ListOf<Data>> fromResult = block.let(prelude.drop(RESULT_HASH, continuation.nextFields()));
        Expr<Data> cooldown = block.let(at(SELLER_COOLDOWN - RESULT_HASH, fromResult));
        Function<Expr<Data>, Function<Expr<Int>, Expr<Bool>>> unchangedBut = result -> state -> apply(
                apply(continuation.unchangedBut(), result, cooldown), data(ZERO), state);
        Block submit = new Block();
        Expr<Data> result = submit.let(head(fromResult));
        Expr<Bool> submitted = submit.in(prelude.all(less(integer(0), length(unBytes(result))),
                prelude.select(less(tx.until(), time(escrow, SUBMIT_RESULT_TIME)), bool(true),
                        prelude.all(not(escrow.noResult()), less(tx.until(), time(escrow, EXTERNAL_DISPUTE_UNLOCK_TIME)))),
                unchangedBut.apply(result).apply(
                        prelude.select(less(escrow.state(), state(RefundRequested)), state(ResultSubmitted), state(Disputed)))));
        Expr<Bool> authorized = prelude.all(sameInt(redeemer, integer(AuthorizeRefund.ordinal())), isState(escrow, Disputed),
                unchangedBut.apply(data(PlutusData.bytes(""))).apply(state(RefundRequested)));
        return block.in(prelude.all(apply(tx.signedBy(), escrow.seller()), reached(tx, escrow, SELLER_COOLDOWN),
                prelude.choose(before(redeemer, AuthorizeRefund), submitted, authorized)));
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
                .all(same(constr(integer(0), expected(escrow, result, seller, buyer, state)), next), coolsDown(tx, seller, buyer),
                        keepsAddressAndValue(tx))))))));
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
                case BUYER -> escrow.buyer();
                case SELLER -> escrow.seller();
                default -> head(escrow.from().get(field));
            };
            fields = prelude.cons(value, fields);
        }
        return fields;
    }

    /**
     * The ledger puts lovelace first in every value and sorts the rest, so equal assets are equal data. The comparison of the
     * whole values comes first because an escrow's value seldom changes.
     */
    private Expr<Bool> keepsAddressAndValue(Transaction tx) {
        Block block = new Block();
        Expr<Data> before = block.let(at(OUTPUT_VALUE, tx.ownInput()));
        Expr<Data> after = block.let(at(OUTPUT_VALUE, tx.there()));
        return block.in(prelude.all(same(head(tx.ownInput()), head(tx.there())),
                prelude.choose(same(before, after), bool(true), addsLovelaceOnly(before, after))));
    }

    private Expr<Bool> addsLovelaceOnly(Expr<Data> valueBefore, Expr<Data> valueAfter) {
        Block block = new Block();
        Expr<ListOf<PairOf<Data, Data>>> before = block.let(unMap(valueBefore));
        Expr<ListOf<PairOf<Data, Data>>> after = block.let(unMap(valueAfter));
        return block.in(prelude.all(atMost(lovelace(before), lovelace(after)), same(map(tail(before)), map(tail(after)))));
    }

    private Expr<Int> lovelace(Expr<ListOf<PairOf<Data, Data>>> value) {
        return unInt(prelude.second(prelude.head(unMap(prelude.second(prelude.head(value))))));
    }

    /** The cooldown of the party that acted; the other party's is 0, so their sum is the one that counts. */
    private Expr<Bool> coolsDown(Transaction tx, Expr<Data> seller, Expr<Data> buyer) {
        return atMost(add(tx.until(), unInt(parameters.cooldown())), add(unInt(seller), unInt(buyer)));
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
}
