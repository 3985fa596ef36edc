package io.masumi.node.contracts;

import static io.masumi.node.contracts.EscrowRedeemer.AuthorizeRefund;
import static io.masumi.node.contracts.EscrowRedeemer.SetRefundRequested;
import static io.masumi.node.contracts.EscrowRedeemer.SubmitResult;
import static io.masumi.node.contracts.EscrowRedeemer.UnSetRefundRequested;
import static io.masumi.node.contracts.EscrowRedeemer.Withdraw;
import static io.masumi.node.contracts.EscrowRedeemer.WithdrawDisputed;
import static io.masumi.node.contracts.EscrowRedeemer.WithdrawRefund;
import static io.masumi.node.contracts.EscrowRule.*;
import static io.masumi.node.contracts.EscrowState.Disputed;
import static io.masumi.node.contracts.EscrowState.FundsLocked;
import static io.masumi.node.contracts.EscrowState.RefundRequested;
import static io.masumi.node.contracts.EscrowState.ResultSubmitted;
import static io.masumi.node.contracts.Spends.between;
import static io.masumi.node.contracts.Spends.datum;
import static io.masumi.node.contracts.Spends.datumOf;
import static io.masumi.node.contracts.Spends.inputs;
import static io.masumi.node.contracts.Spends.next;
import static io.masumi.node.contracts.Spends.output;
import static io.masumi.node.contracts.Spends.outputs;
import static io.masumi.node.contracts.Spends.own;
import static io.masumi.node.contracts.Spends.signedBy;
import static io.masumi.node.contracts.Spends.time;
import static io.masumi.node.contracts.Spends.valid;
import static io.masumi.node.contracts.Spends.withDatum;
import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.contracts.EscrowSpend.Input;
import io.masumi.node.contracts.EscrowSpend.Output;
import io.masumi.node.contracts.EscrowSpend.OutputDatum;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract's rules row by row, as the specification lists them: for each rule of each redeemer spends that keep it, and
 * spends that break it and nothing else, judged by the compiled script in the Plutus VM and by {@link EscrowRules}.
 */
class EscrowRulesTest {

    private static final CompiledScript SCRIPT = EscrowContract.script(Spends.PARAMETERS);

    private static final Set<EscrowRule> COMMON = EnumSet.of(ESCROW_DATUM, FINITE_UPPER_BOUND, ONE_INPUT, AT_MOST_ONE_OUTPUT,
            NO_REFERENCE_SCRIPT);
    private static final Set<EscrowRule> CONTINUING = EnumSet.of(CONTINUES, KEEPS_LOVELACE, KEEPS_ASSETS, KEEPS_TERMS, NEXT_RESULT_HASH,
            NEXT_SELLER_COOLDOWN, NEXT_BUYER_COOLDOWN, NEXT_STATE);

    /** One row: a spend that breaks exactly {@code rule}. */
    record Broken(EscrowRedeemer redeemer, EscrowRule rule, String how, EscrowParameters parameters, EscrowSpend spend) {
        @Override
        public String toString() {
            return redeemer + " | " + rule + " | " + how;
        }
    }

    /** One row: a spend that keeps every rule, {@code rule} by a hair or in an unusual way. */
    record Kept(EscrowRedeemer redeemer, EscrowRule rule, String how, EscrowParameters parameters, EscrowSpend spend) {
        @Override
        public String toString() {
            return redeemer + " | " + rule + " | " + how;
        }
    }

    @ParameterizedTest
    @MethodSource("broken")
    void rejects(Broken row) {
        assertThat(new EscrowRules(row.parameters()).brokenBy(row.spend())).containsExactly(row.rule());
        assertThat(Vm.accepts(script(row.parameters()), ScriptContexts.context(row.spend()))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("kept")
    void accepts(Kept row) {
        assertThat(new EscrowRules(row.parameters()).brokenBy(row.spend())).isEmpty();
        assertThat(Vm.accepts(script(row.parameters()), ScriptContexts.context(row.spend()))).isTrue();
    }

    private static CompiledScript script(EscrowParameters parameters) {
        return parameters.equals(Spends.PARAMETERS) ? SCRIPT : EscrowContract.script(parameters);
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleOfTheRedeemerHasARow(EscrowRedeemer redeemer) {
        Set<EscrowRule> expected = EnumSet.copyOf(COMMON);
        expected.addAll(switch (redeemer) {
            case Withdraw -> EnumSet.of(SIGNED_BY_SELLER, AFTER_UNLOCK_TIME, STATE, HAS_RESULT, FEE_PAID, COLLATERAL_RETURNED);
            case WithdrawRefund -> EnumSet.of(SIGNED_BY_BUYER, STATE, AFTER_SUBMIT_RESULT_TIME, HAS_NO_RESULT);
            case WithdrawDisputed -> EnumSet.of(STATE, HAS_RESULT, AFTER_EXTERNAL_DISPUTE_UNLOCK_TIME, SIGNED_BY_ADMINS);
            case SetRefundRequested -> with(CONTINUING, SIGNED_BY_BUYER, AFTER_BUYER_COOLDOWN, BEFORE_UNLOCK_TIME, STATE);
            case UnSetRefundRequested -> with(CONTINUING, SIGNED_BY_BUYER, AFTER_BUYER_COOLDOWN, STATE);
            case SubmitResult -> with(CONTINUING, SIGNED_BY_SELLER, AFTER_SELLER_COOLDOWN, RESULT_IN_TIME);
            case AuthorizeRefund -> with(CONTINUING, SIGNED_BY_SELLER, STATE, AFTER_SELLER_COOLDOWN);
        });
        assertThat(broken().filter(row -> row.redeemer() == redeemer).map(Broken::rule).collect(Collectors.toSet())).isEqualTo(expected);
        assertThat(new EscrowRules(Spends.PARAMETERS).brokenBy(valid(redeemer))).isEmpty();
        assertThat(Vm.accepts(SCRIPT, ScriptContexts.context(valid(redeemer)))).isTrue();
    }

    @Test
    void everyRuleIsUsed() {
        assertThat(broken().map(Broken::rule)).contains(EscrowRule.values());
    }

    static Stream<Broken> broken() {
        return new Rows().broken.stream();
    }

    static Stream<Kept> kept() {
        return new Rows().kept.stream();
    }

    private static Set<EscrowRule> with(Set<EscrowRule> rules, EscrowRule... more) {
        Set<EscrowRule> all = EnumSet.copyOf(rules);
        all.addAll(List.of(more));
        return all;
    }

    /** The table. */
    private static final class Rows {

        private static final OutputReference OTHER = new OutputReference("0d".repeat(32), 3);

        private final List<Broken> broken = new ArrayList<>();
        private final List<Kept> kept = new ArrayList<>();

        private Rows() {
            for (EscrowRedeemer redeemer : EscrowRedeemer.values()) {
                common(redeemer);
            }
            withdraw();
            setRefundRequested();
            unSetRefundRequested();
            withdrawRefund();
            withdrawDisputed();
            submitResult();
            authorizeRefund();
        }

        private void no(EscrowSpend spend, EscrowRule rule, String how) {
            no(Spends.PARAMETERS, spend, rule, how);
        }

        private void no(EscrowParameters parameters, EscrowSpend spend, EscrowRule rule, String how) {
            broken.add(new Broken(spend.redeemer(), rule, how, parameters, spend));
        }

        private void yes(EscrowSpend spend, EscrowRule rule, String how) {
            yes(Spends.PARAMETERS, spend, rule, how);
        }

        private void yes(EscrowParameters parameters, EscrowSpend spend, EscrowRule rule, String how) {
            kept.add(new Kept(spend.redeemer(), rule, how, parameters, spend));
        }

        private void common(EscrowRedeemer redeemer) {
            EscrowSpend valid = valid(redeemer);
            Output own = valid.own();
            Output otherScript = new Output(PlutusAddress.of(new Credential.Script("07".repeat(28))), own.value(), own.datum(), false);
            Output here = new Output(Spends.CONTRACT, AssetValue.lovelace(2_000_000), new OutputDatum.Other(), false);
            Output withStake = new Output(Spends.CONTRACT_WITH_STAKE, AssetValue.lovelace(2_000_000), new OutputDatum.Other(), false);
            boolean continuing = valid.outputs().getFirst().address().equals(Spends.CONTRACT);

            no(own(valid, output -> new Output(output.address(), output.value(), new OutputDatum.Other(), false)), ESCROW_DATUM,
                    "the spent output has no datum");
            no(own(valid, output -> new Output(output.address(), output.value(), new OutputDatum.Tag(OTHER), false)), ESCROW_DATUM,
                    "the spent datum is an output reference");

            no(between(valid, valid.from(), Optional.empty()), FINITE_UPPER_BOUND, "no upper bound");

            no(inputs(valid, inputs -> plus(inputs, new Input(OTHER, own))), ONE_INPUT, "a second escrow behind");
            no(inputs(valid, inputs -> plusFirst(inputs, new Input(OTHER, own))), ONE_INPUT, "a second escrow in front");
            no(inputs(valid, inputs -> plus(inputs, new Input(OTHER, withStake))), ONE_INPUT, "a second input under another stake part");
            yes(inputs(valid, inputs -> plusFirst(plus(inputs, new Input(OTHER, otherScript)), new Input(new OutputReference(
                    "0c".repeat(32), 0), otherScript))), ONE_INPUT, "inputs at another script in front and behind");
            yes(inputs(valid, List::reversed), ONE_INPUT, "the escrow is the first input");

            no(outputs(valid, outputs -> plus(plus(outputs, here), continuing ? withStake : here)), AT_MOST_ONE_OUTPUT,
                    "more than one output at the contract");
            no(outputs(valid, outputs -> plusFirst(continuing ? outputs : plus(outputs, here), withStake)), AT_MOST_ONE_OUTPUT,
                    "one more output under another stake part");
            if (!continuing) {
                yes(outputs(valid, outputs -> plus(outputs, here)), AT_MOST_ONE_OUTPUT, "one output at the contract, whatever its datum");
                no(outputs(valid, outputs -> plus(outputs, new Output(Spends.CONTRACT, here.value(), here.datum(), true))),
                        NO_REFERENCE_SCRIPT, "an output at the contract carries a script");
            } else {
                no(output(valid, 0, output -> new Output(output.address(), output.value(), output.datum(), true)), NO_REFERENCE_SCRIPT,
                        "the continuing output carries a script");
                yes(outputs(valid, List::reversed), AT_MOST_ONE_OUTPUT, "the continuing output is the last one");
            }
            yes(outputs(valid, outputs -> plus(outputs,
                    new Output(Spends.SELLER, AssetValue.lovelace(20_000_000), new OutputDatum.Other(), true))), NO_REFERENCE_SCRIPT,
                    "an output elsewhere carries a script");
            yes(own(valid, output -> new Output(output.address(), output.value(), output.datum(), true)), NO_REFERENCE_SCRIPT,
                    "the spent output carried a script");
        }

        private void withdraw() {
            EscrowSpend valid = valid(Withdraw);
            signedBySeller(valid);
            after(valid, Spends.UNLOCK, AFTER_UNLOCK_TIME);
            for (EscrowState state : EnumSet.of(FundsLocked, RefundRequested, Disputed)) {
                no(valid(Withdraw, datum(state, Spends.RESULT)), STATE, "in " + state);
            }
            no(valid(Withdraw, datum(ResultSubmitted, "")), HAS_RESULT, "no result hash");

            Output fee = valid.outputs().get(0);
            no(output(valid, 0, output -> holding(output, lovelace(fee.value(), -1))), FEE_PAID, "one lovelace too little");
            no(output(valid, 0, output -> holding(output, asset(fee.value(), Spends.TOKEN, -1))), FEE_PAID, "one token too few");
            no(output(valid, 0, output -> holding(output, asset(fee.value(), Spends.COIN, -5_000))), FEE_PAID,
                    "nothing of an asset");
            no(output(valid, 0, output -> new Output(Spends.SELLER, output.value(), output.datum(), false)), FEE_PAID,
                    "the fee goes to the seller");
            no(output(valid, 0, output -> new Output(PlutusAddress.of(Spends.FEE.payment()), output.value(), output.datum(), false)),
                    FEE_PAID, "the fee address without its stake part");
            no(output(valid, 0, output -> new Output(output.address(), output.value(), new OutputDatum.Tag(OTHER), false)), FEE_PAID,
                    "tagged with another output reference");
            no(output(valid, 0, output -> new Output(output.address(), output.value(), new OutputDatum.Other(), false)), FEE_PAID,
                    "without a tag");
            no(outputs(valid, outputs -> outputs.subList(1, outputs.size())), FEE_PAID, "no fee output");
            EscrowSpend feeOfOne = own(valid, output -> holding(output, asset(output.value(), Spends.TOKEN_2, 13)));
            no(feeOfOne, FEE_PAID, "nothing of an asset whose fee is one");
            yes(output(feeOfOne, 0, output -> holding(output, asset(output.value(), Spends.TOKEN_2, 1))), FEE_PAID,
                    "one of an asset whose fee is one");
            yes(output(valid, 0, output -> holding(output, lovelace(asset(output.value(), Spends.TOKEN, 1), 1))), FEE_PAID,
                    "more than the fee");
            EscrowSpend noFee = outputs(valid, outputs -> outputs.subList(1, outputs.size()));
            yes(feePermille(0), noFee, FEE_PAID, "no fee output where the fee is 0 permille");
            EscrowSpend allIsFee = output(valid, 0, output -> holding(output, Spends.LOCKED));
            yes(feePermille(1000), allIsFee, FEE_PAID, "everything where the fee is 1000 permille");
            no(feePermille(1000), output(allIsFee, 0, output -> holding(output, asset(output.value(), Spends.TOKEN_2, -1))), FEE_PAID,
                    "one token less than everything where the fee is 1000 permille");
            yes(outputs(valid, outputs -> plus(plusFirst(outputs.subList(1, outputs.size()),
                    holding(fee, AssetValue.of(600_000, Map.of(Spends.COIN, BigInteger.valueOf(5_000))))),
                    holding(fee, AssetValue.of(17_283, Map.of(Spends.TOKEN, BigInteger.valueOf(99)))))), FEE_PAID,
                    "two outputs hold the fee together");
            yes(outputs(valid, outputs -> plus(outputs, new Output(Spends.FEE, fee.value(), new OutputDatum.Other(), false))), FEE_PAID,
                    "one more output to the fee address without a tag");
            EscrowSpend small = own(valid, output -> holding(output, AssetValue.lovelace(19)));
            yes(outputs(small, outputs -> outputs.subList(1, outputs.size())), FEE_PAID, "a fee that rounds down to nothing");

            Output collateral = valid.outputs().get(1);
            no(output(valid, 1, output -> holding(output, lovelace(output.value(), -1))), COLLATERAL_RETURNED, "one lovelace too little");
            no(output(valid, 1, output -> new Output(Spends.SELLER, output.value(), output.datum(), false)), COLLATERAL_RETURNED,
                    "it goes to the seller");
            no(output(valid, 1, output -> new Output(PlutusAddress.of(Spends.BUYER.payment()), output.value(), output.datum(), false)),
                    COLLATERAL_RETURNED, "the buyer's address without its stake part");
            yes(output(valid, 1, output -> holding(output, lovelace(output.value(), 1))), COLLATERAL_RETURNED, "more than it");
            no(output(valid, 1, output -> new Output(output.address(), output.value(), new OutputDatum.Other(), false)),
                    COLLATERAL_RETURNED, "without a tag");
            no(output(valid, 1, output -> new Output(output.address(), output.value(), new OutputDatum.Tag(OTHER), false)),
                    COLLATERAL_RETURNED, "tagged with another output reference");
            yes(output(outputs(valid, outputs -> plus(outputs, holding(collateral, AssetValue.lovelace(1_000_000)))), 1,
                    output -> holding(output, AssetValue.lovelace(500_000))), COLLATERAL_RETURNED, "two outputs hold it together");
            EscrowSpend none = own(valid, output -> withDatum(output, collateral(datumOf(valid), 0)));
            yes(outputs(none, outputs -> List.of(fee, Spends.change())), COLLATERAL_RETURNED, "nothing to return");
        }

        private void setRefundRequested() {
            for (EscrowState state : EnumSet.of(FundsLocked, ResultSubmitted, Disputed)) {
                yes(valid(SetRefundRequested, state), STATE, "from " + state);
            }
            no(valid(SetRefundRequested, RefundRequested), STATE, "from RefundRequested");
            yes(valid(SetRefundRequested, datum(FundsLocked, Spends.RESULT)), NEXT_STATE,
                    "Disputed because of a result, whatever the state");
            yes(valid(SetRefundRequested, datum(Disputed, "")), NEXT_STATE, "RefundRequested without a result, whatever the state");
            buyerContinues(valid(SetRefundRequested, ResultSubmitted));
            EscrowSpend valid = valid(SetRefundRequested);
            no(ending(valid, Spends.UNLOCK), BEFORE_UNLOCK_TIME, "the validity range ends at it");
            yes(ending(valid, Spends.UNLOCK - 1), BEFORE_UNLOCK_TIME, "the validity range ends 1 ms before it");
        }

        private void unSetRefundRequested() {
            yes(valid(UnSetRefundRequested, RefundRequested), STATE, "from RefundRequested");
            yes(valid(UnSetRefundRequested, datum(RefundRequested, Spends.RESULT)), NEXT_STATE,
                    "ResultSubmitted because of a result, whatever the state");
            yes(valid(UnSetRefundRequested, datum(Disputed, "")), NEXT_STATE, "FundsLocked without a result, whatever the state");
            no(valid(UnSetRefundRequested, FundsLocked), STATE, "from FundsLocked");
            no(valid(UnSetRefundRequested, ResultSubmitted), STATE, "from ResultSubmitted");
            buyerContinues(valid(UnSetRefundRequested, Disputed));
        }

        private void withdrawRefund() {
            EscrowSpend valid = valid(WithdrawRefund);
            signedByBuyer(valid);
            after(valid, Spends.SUBMIT, AFTER_SUBMIT_RESULT_TIME);
            yes(valid(WithdrawRefund, RefundRequested), STATE, "in RefundRequested");
            no(valid(WithdrawRefund, datum(ResultSubmitted, "")), STATE, "in ResultSubmitted");
            no(valid(WithdrawRefund, datum(Disputed, "")), STATE, "in Disputed");
            no(valid(WithdrawRefund, datum(RefundRequested, Spends.RESULT)), HAS_NO_RESULT, "a result hash");
        }

        private void withdrawDisputed() {
            EscrowSpend valid = valid(WithdrawDisputed);
            after(valid, Spends.DISPUTE_UNLOCK, AFTER_EXTERNAL_DISPUTE_UNLOCK_TIME);
            for (EscrowState state : EnumSet.of(FundsLocked, ResultSubmitted, RefundRequested)) {
                no(valid(WithdrawDisputed, datum(state, Spends.RESULT)), STATE, "in " + state);
            }
            no(valid(WithdrawDisputed, datum(Disputed, "")), HAS_RESULT, "no result hash");
            no(signedBy(valid, List.of(Spends.ADMIN_2)), SIGNED_BY_ADMINS, "one of two");
            no(signedBy(valid, List.of()), SIGNED_BY_ADMINS, "nobody");
            no(signedBy(valid, List.of(Spends.BUYER.payment().hash(), Spends.SELLER.payment().hash())), SIGNED_BY_ADMINS,
                    "buyer and seller");
            no(signedBy(valid, List.of(Spends.ADMIN_1, Spends.ADMIN_1)), SIGNED_BY_ADMINS, "one admin named twice by the transaction");
            yes(signedBy(valid, List.of(Spends.OUTSIDER, Spends.ADMIN_3, Spends.ADMIN_2, Spends.ADMIN_1)), SIGNED_BY_ADMINS,
                    "all admins and an outsider");
            no(admins(0, List.of(Spends.ADMIN_1)), valid, SIGNED_BY_ADMINS, "required_admins is 0");
            no(admins(-1, List.of(Spends.ADMIN_1)), valid, SIGNED_BY_ADMINS, "required_admins is negative");
            no(admins(0, List.of()), valid, SIGNED_BY_ADMINS, "there are no admins and none is required");
            no(admins(1, List.of()), valid, SIGNED_BY_ADMINS, "there are no admins but one is required");
            no(admins(3, List.of(Spends.ADMIN_1, Spends.ADMIN_3)), valid, SIGNED_BY_ADMINS, "more are required than there are");
            yes(admins(1, List.of(Spends.ADMIN_1, Spends.ADMIN_2)), valid, SIGNED_BY_ADMINS, "one is required and signs");
            EscrowSpend second = signedBy(valid, List.of(Spends.ADMIN_2));
            yes(admins(2, List.of(Spends.ADMIN_1, Spends.ADMIN_2, Spends.ADMIN_2)), second, SIGNED_BY_ADMINS,
                    "an admin listed twice counts twice");
            no(admins(3, List.of(Spends.ADMIN_1, Spends.ADMIN_2, Spends.ADMIN_2)), second, SIGNED_BY_ADMINS,
                    "an admin listed twice counts no more than twice");
        }

        private void submitResult() {
            for (EscrowState state : EscrowState.values()) {
                yes(valid(SubmitResult, state), NEXT_STATE, "from " + state);
            }
            sellerContinues(valid(SubmitResult, FundsLocked));
            EscrowSpend first = valid(SubmitResult, FundsLocked);
            no(ending(first, Spends.SUBMIT), RESULT_IN_TIME, "a first result at submit_result_time");
            yes(ending(first, Spends.SUBMIT - 1), RESULT_IN_TIME, "a first result 1 ms before submit_result_time");
            EscrowSpend again = valid(SubmitResult, ResultSubmitted);
            no(ending(again, Spends.DISPUTE_UNLOCK), RESULT_IN_TIME, "a further result at external_dispute_unlock_time");
            yes(ending(again, Spends.DISPUTE_UNLOCK - 1), RESULT_IN_TIME, "a further result 1 ms before external_dispute_unlock_time");
            no(next(first, datum -> datum.with(datum.state(), "", datum.sellerCooldownTime(), datum.buyerCooldownTime())),
                    NEXT_RESULT_HASH, "an empty result");
            yes(next(first, datum -> datum.with(datum.state(), "00", datum.sellerCooldownTime(), datum.buyerCooldownTime())),
                    NEXT_RESULT_HASH, "any non-empty result");
            yes(next(again, datum -> datum.with(datum.state(), Spends.RESULT, datum.sellerCooldownTime(), datum.buyerCooldownTime())),
                    NEXT_RESULT_HASH, "the same result again");
        }

        private void authorizeRefund() {
            EscrowSpend valid = valid(AuthorizeRefund);
            for (EscrowState state : EnumSet.of(FundsLocked, ResultSubmitted, RefundRequested)) {
                no(valid(AuthorizeRefund, state), STATE, "in " + state);
            }
            sellerContinues(valid);
            no(next(valid, datum -> datum.with(datum.state(), Spends.RESULT, datum.sellerCooldownTime(), datum.buyerCooldownTime())),
                    NEXT_RESULT_HASH, "the result stays");
        }

        private void signedBySeller(EscrowSpend valid) {
            signed(valid, SIGNED_BY_SELLER, Spends.SELLER, Spends.BUYER,
                    script -> withSeller(datumOf(valid), script));
        }

        private void signedByBuyer(EscrowSpend valid) {
            signed(valid, SIGNED_BY_BUYER, Spends.BUYER, Spends.SELLER, script -> withBuyer(datumOf(valid), script));
        }

        private void signed(EscrowSpend valid, EscrowRule rule, PlutusAddress party, PlutusAddress counterparty,
                Function<PlutusAddress, EscrowDatum> withParty) {
            String key = party.payment().hash();
            no(signedBy(valid, List.of()), rule, "nobody signs");
            no(signedBy(valid, List.of(counterparty.payment().hash(), Spends.OUTSIDER)), rule, "others sign");
            no(signedBy(valid, List.of(party.stake().orElseThrow().hash())), rule, "the stake key signs");
            yes(signedBy(valid, List.of(Spends.OUTSIDER, counterparty.payment().hash(), key)), rule, "all sign");
            PlutusAddress script = new PlutusAddress(new Credential.Script(key), party.stake());
            EscrowDatum changed = withParty.apply(script);
            EscrowSpend spend = own(valid, output -> withDatum(output, changed));
            boolean continuing = valid.outputs().getFirst().address().equals(Spends.CONTRACT);
            no(continuing
                    ? next(spend, datum -> changed.with(datum.state(), datum.resultHash(), datum.sellerCooldownTime(),
                            datum.buyerCooldownTime()))
                    : spend, rule, "a script credential of the same hash");
        }

        private void after(EscrowSpend valid, long time, EscrowRule rule) {
            no(between(valid, Optional.of(time(time - 1)), valid.until()), rule, "the validity range starts 1 ms before it");
            no(between(valid, Optional.empty(), valid.until()), rule, "no lower bound");
            yes(between(valid, Optional.of(time(time)), valid.until()), rule, "the validity range starts at it");
            yes(between(valid, Optional.of(time(time + 1)), valid.until()), rule, "the validity range starts after it");
        }

        /** The validity range ends at {@code until}, and the actor's new cooldown follows it. */
        private EscrowSpend ending(EscrowSpend valid, long until) {
            EscrowSpend spend = between(valid, Optional.of(time(until - 1)), Optional.of(time(until)));
            BigInteger cooledDown = time(until + Spends.COOLDOWN);
            return next(spend, datum -> datum.with(datum.state(), datum.resultHash(),
                    datum.sellerCooldownTime().signum() == 0 ? BigInteger.ZERO : cooledDown,
                    datum.buyerCooldownTime().signum() == 0 ? BigInteger.ZERO : cooledDown));
        }

        private void buyerContinues(EscrowSpend valid) {
            signedByBuyer(valid);
            EscrowSpend waited = valid(valid.redeemer(), datumOf(valid).with(datumOf(valid).state(), datumOf(valid).resultHash(),
                    time(Spends.UNLOCK), valid.from().orElseThrow()));
            after(waited, Spends.PAY_BY, AFTER_BUYER_COOLDOWN);
            continues(valid);
            no(next(valid, datum -> datum.with(datum.state(), Spends.NEW_RESULT, datum.sellerCooldownTime(), datum.buyerCooldownTime())),
                    NEXT_RESULT_HASH, "another result");
            no(next(valid, datum -> datum.with(datum.state(), datum.resultHash(), time(1), datum.buyerCooldownTime())),
                    NEXT_SELLER_COOLDOWN, "not reset");
            no(next(valid, datum -> datum.with(datum.state(), datum.resultHash(), time(0),
                    datum.buyerCooldownTime().subtract(BigInteger.ONE))), NEXT_BUYER_COOLDOWN, "1 ms too short");
            yes(next(valid, datum -> datum.with(datum.state(), datum.resultHash(), time(0), time(Spends.DISPUTE_UNLOCK))),
                    NEXT_BUYER_COOLDOWN, "longer than it must be");
        }

        private void sellerContinues(EscrowSpend valid) {
            signedBySeller(valid);
            EscrowSpend waited = valid(valid.redeemer(), datumOf(valid).with(datumOf(valid).state(), datumOf(valid).resultHash(),
                    valid.from().orElseThrow(), time(Spends.UNLOCK)));
            after(waited, Spends.PAY_BY, AFTER_SELLER_COOLDOWN);
            continues(valid);
            no(next(valid, datum -> datum.with(datum.state(), datum.resultHash(), datum.sellerCooldownTime(), time(1))),
                    NEXT_BUYER_COOLDOWN, "not reset");
            no(next(valid, datum -> datum.with(datum.state(), datum.resultHash(),
                    datum.sellerCooldownTime().subtract(BigInteger.ONE), time(0))), NEXT_SELLER_COOLDOWN, "1 ms too short");
            yes(next(valid, datum -> datum.with(datum.state(), datum.resultHash(), time(Spends.DISPUTE_UNLOCK), time(0))),
                    NEXT_SELLER_COOLDOWN, "longer than it must be");
        }

        private void continues(EscrowSpend valid) {
            no(outputs(valid, outputs -> outputs.subList(1, outputs.size())), CONTINUES, "no output at the contract");
            no(output(valid, 0, output -> new Output(output.address(), output.value(), new OutputDatum.Other(), false)), CONTINUES,
                    "no datum");
            no(output(valid, 0, output -> new Output(output.address(), output.value(), new OutputDatum.Tag(Spends.ESCROW), false)),
                    CONTINUES, "an output reference as datum");
            no(output(valid, 0, output -> new Output(Spends.CONTRACT_WITH_STAKE, output.value(), output.datum(), false)), CONTINUES,
                    "under another stake part");
            no(output(valid, 0, output -> new Output(Spends.SELLER, output.value(), output.datum(), false)), CONTINUES,
                    "to the seller");
            yes(output(own(valid, output -> new Output(Spends.CONTRACT_WITH_STAKE, output.value(), output.datum(), false)), 0,
                    output -> new Output(Spends.CONTRACT_WITH_STAKE, output.value(), output.datum(), false)), CONTINUES,
                    "under the same stake part");

            no(output(valid, 0, output -> holding(output, lovelace(output.value(), -1))), KEEPS_LOVELACE, "one lovelace is taken out");
            yes(output(valid, 0, output -> holding(output, lovelace(output.value(), 1))), KEEPS_LOVELACE, "one lovelace is put in");
            no(output(valid, 0, output -> holding(output, asset(output.value(), Spends.TOKEN, -1))), KEEPS_ASSETS, "a token is taken out");
            no(output(valid, 0, output -> holding(output, asset(output.value(), Spends.TOKEN, 1))), KEEPS_ASSETS, "a token is put in");
            no(output(valid, 0, output -> holding(output, asset(output.value(), Spends.TOKEN_2, -7))), KEEPS_ASSETS,
                    "all of an asset is taken out");
            no(output(valid, 0, output -> holding(output, lovelace(asset(output.value(), new AssetId("dd".repeat(28), "64"), 1), 1))),
                    KEEPS_ASSETS, "a foreign asset and lovelace are put in");

            EscrowDatum before = datumOf(valid);
            PlutusAddress other = PlutusAddress.of(new Credential.Key(Spends.OUTSIDER));
            Map<String, UnaryOperator<EscrowDatum>> changes = new TreeMap<>();
            changes.put("buyer", datum -> withBuyer(datum, other));
            changes.put("seller", datum -> withSeller(datum, other));
            changes.put("seller's stake part", datum -> withSeller(datum, PlutusAddress.of(datum.seller().payment())));
            changes.put("reference_key", datum -> with(datum, 2, "00"));
            changes.put("reference_signature", datum -> with(datum, 3, "00"));
            changes.put("seller_nonce", datum -> with(datum, 4, "00"));
            changes.put("buyer_nonce", datum -> with(datum, 5, "00"));
            changes.put("collateral_return_lovelace", datum -> collateral(datum, 0));
            changes.put("input_hash", datum -> with(datum, 7, "00"));
            changes.put("pay_by_time", datum -> times(datum, 1, 0, 0, 0));
            changes.put("submit_result_time", datum -> times(datum, 0, 1, 0, 0));
            changes.put("unlock_time", datum -> times(datum, 0, 0, 1, 0));
            changes.put("external_dispute_unlock_time", datum -> times(datum, 0, 0, 0, 1));
            changes.forEach((field, change) -> no(next(valid, change), KEEPS_TERMS, "another " + field));

            Map<EscrowState, EscrowSpend> states = new HashMap<>();
            for (EscrowState state : EscrowState.values()) {
                states.put(state, next(valid, datum -> datum.with(state, datum.resultHash(), datum.sellerCooldownTime(),
                        datum.buyerCooldownTime())));
            }
            states.values().removeIf(valid::equals);
            states.forEach((state, spend) -> no(spend, NEXT_STATE, "from " + before.state() + " to " + state));
        }

        private static EscrowParameters admins(int required, List<String> admins) {
            return new EscrowParameters(required, admins, Spends.FEE, 50, Spends.COOLDOWN);
        }

        private static EscrowParameters feePermille(int permille) {
            return new EscrowParameters(2, Spends.PARAMETERS.adminKeyHashes(), Spends.FEE, permille, Spends.COOLDOWN);
        }

        private static <T> List<T> plus(List<T> list, T last) {
            List<T> longer = new ArrayList<>(list);
            longer.add(last);
            return longer;
        }

        private static <T> List<T> plusFirst(List<T> list, T first) {
            List<T> longer = new ArrayList<>(list);
            longer.addFirst(first);
            return longer;
        }

        private static Output holding(Output output, AssetValue value) {
            return new Output(output.address(), value, output.datum(), output.carriesReferenceScript());
        }

        private static AssetValue lovelace(AssetValue value, long more) {
            return new AssetValue(value.lovelace().add(BigInteger.valueOf(more)), value.assets());
        }

        private static AssetValue asset(AssetValue value, AssetId asset, long more) {
            TreeMap<AssetId, BigInteger> assets = new TreeMap<>(value.assets());
            assets.merge(asset, BigInteger.valueOf(more), BigInteger::add);
            assets.values().removeIf(quantity -> quantity.signum() == 0);
            return new AssetValue(value.lovelace(), assets);
        }

        private static EscrowDatum withBuyer(EscrowDatum datum, PlutusAddress buyer) {
            return copy(datum, buyer, datum.seller(), Map.of(), datum.collateralReturnLovelace(), 0, 0, 0, 0);
        }

        private static EscrowDatum withSeller(EscrowDatum datum, PlutusAddress seller) {
            return copy(datum, datum.buyer(), seller, Map.of(), datum.collateralReturnLovelace(), 0, 0, 0, 0);
        }

        private static EscrowDatum with(EscrowDatum datum, int field, String hex) {
            return copy(datum, datum.buyer(), datum.seller(), Map.of(field, hex), datum.collateralReturnLovelace(), 0, 0, 0, 0);
        }

        private static EscrowDatum collateral(EscrowDatum datum, long lovelace) {
            return copy(datum, datum.buyer(), datum.seller(), Map.of(), BigInteger.valueOf(lovelace), 0, 0, 0, 0);
        }

        private static EscrowDatum times(EscrowDatum datum, long payBy, long submit, long unlock, long dispute) {
            return copy(datum, datum.buyer(), datum.seller(), Map.of(), datum.collateralReturnLovelace(), payBy, submit, unlock, dispute);
        }

        private static EscrowDatum copy(EscrowDatum datum, PlutusAddress buyer, PlutusAddress seller, Map<Integer, String> bytes,
                BigInteger collateral, long payBy, long submit, long unlock, long dispute) {
            return new EscrowDatum(buyer, seller, bytes.getOrDefault(2, datum.referenceKey()),
                    bytes.getOrDefault(3, datum.referenceSignature()), bytes.getOrDefault(4, datum.sellerNonce()),
                    bytes.getOrDefault(5, datum.buyerNonce()), collateral, bytes.getOrDefault(7, datum.inputHash()), datum.resultHash(),
                    new EscrowTimes(datum.times().payBy().add(time(payBy)), datum.times().submitResult().add(time(submit)),
                            datum.times().unlock().add(time(unlock)),
                            datum.times().externalDisputeUnlock().add(time(dispute))),
                    datum.sellerCooldownTime(), datum.buyerCooldownTime(),
                    datum.state());
        }
    }
}
