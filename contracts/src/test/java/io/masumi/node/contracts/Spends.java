package io.masumi.node.contracts;

import static io.masumi.node.contracts.EscrowState.Disputed;
import static io.masumi.node.contracts.EscrowState.FundsLocked;
import static io.masumi.node.contracts.EscrowState.RefundRequested;
import static io.masumi.node.contracts.EscrowState.ResultSubmitted;

import io.masumi.node.contracts.EscrowSpend.Input;
import io.masumi.node.contracts.EscrowSpend.Output;
import io.masumi.node.contracts.EscrowSpend.OutputDatum;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** For each redeemer a spend that keeps every rule, as close to a real transaction as the rules make it. */
final class Spends {

    static final long PAY_BY = 1_790_000_000_000L;
    static final long SUBMIT = 1_790_003_600_000L;
    static final long UNLOCK = 1_790_025_200_000L;
    static final long DISPUTE_UNLOCK = 1_790_046_800_000L;
    static final long COOLDOWN = 420_000;
    static final long RANGE = 300_000;

    static final String ADMIN_1 = "a1".repeat(28);
    static final String ADMIN_2 = "a2".repeat(28);
    static final String ADMIN_3 = "a3".repeat(28);
    static final String OUTSIDER = "0f".repeat(28);
    static final PlutusAddress BUYER = wallet("6b0afe4bd4c60ce2e7b67abe5f4b823e915f2057c2c4a1fe58b37573",
            "f2fdc62bbef1fdf1bc3d24edbdb8b6a0979920dd85e61e852fb19921");
    static final PlutusAddress SELLER = wallet("fe3aedbfa7f8dd03ab94c99ec1001e5539d88b59e92abc0a3aefbcc3",
            "434cbfb7612a61e709da97ee196ff5105fbfd6037f707992b972ca8e");
    static final PlutusAddress FEE = wallet("fe".repeat(28), "ff".repeat(28));
    static final PlutusAddress CONTRACT = PlutusAddress.of(new Credential.Script("5c".repeat(28)));
    static final PlutusAddress CONTRACT_WITH_STAKE = PlutusAddress.of(CONTRACT.payment(), new Credential.Key("57".repeat(28)));

    static final EscrowParameters PARAMETERS = new EscrowParameters(2, List.of(ADMIN_1, ADMIN_2, ADMIN_3), FEE, 50, COOLDOWN);

    static final OutputReference ESCROW = new OutputReference("e5".repeat(32), 0);
    static final OutputReference WALLET_INPUT = new OutputReference("11".repeat(32), 1);
    static final AssetId TOKEN = new AssetId("70".repeat(28), "746f6b656e");
    static final AssetId TOKEN_2 = new AssetId("70".repeat(28), "746f6b656f");
    static final AssetId COIN = new AssetId("c0".repeat(28), "");
    static final long LOVELACE = 12_345_678;
    static final AssetValue LOCKED = AssetValue.of(LOVELACE,
            Map.of(TOKEN, BigInteger.valueOf(1_999), TOKEN_2, BigInteger.valueOf(7), COIN, BigInteger.valueOf(100_000)));
    static final String RESULT = "7e".repeat(32);
    static final String NEW_RESULT = "8e".repeat(32);
    static final long COLLATERAL_RETURN = 1_500_000;

    private Spends() {}

    static EscrowDatum datum(EscrowState state, String resultHash) {
        return new EscrowDatum(BUYER, SELLER, "a4010103272006215820" + "29".repeat(32), "845869a3".repeat(50), "30".repeat(92),
                "aabbccddeeff00992a93", BigInteger.valueOf(COLLATERAL_RETURN), "5d".repeat(32), resultHash,
                new EscrowTimes(time(PAY_BY), time(SUBMIT),
                        time(UNLOCK), time(DISPUTE_UNLOCK)),
                time(0), time(0), state);
    }

    /** A spend that the contract accepts. */
    static EscrowSpend valid(EscrowRedeemer redeemer) {
        return switch (redeemer) {
            case Withdraw -> valid(redeemer, ResultSubmitted);
            case SetRefundRequested -> valid(redeemer, ResultSubmitted);
            case UnSetRefundRequested, WithdrawDisputed, AuthorizeRefund -> valid(redeemer, Disputed);
            case WithdrawRefund, SubmitResult -> valid(redeemer, FundsLocked);
        };
    }

    /** A spend that the contract accepts if it allows the redeemer in this state. */
    static EscrowSpend valid(EscrowRedeemer redeemer, EscrowState state) {
        boolean hasResult = state == ResultSubmitted || state == Disputed;
        return valid(redeemer, datum(state, hasResult ? RESULT : ""));
    }

    static EscrowSpend valid(EscrowRedeemer redeemer, EscrowDatum before) {
        String result = before.resultHash();
        boolean hasResult = before.hasResult();
        boolean undisputed = before.state() == FundsLocked || before.state() == ResultSubmitted;
        return switch (redeemer) {
            case Withdraw -> spend(redeemer, before, UNLOCK, SELLER, fee(LOCKED), collateralReturn(), change());
            case WithdrawRefund -> spend(redeemer, before, SUBMIT, BUYER, change());
            case WithdrawDisputed -> signedBy(spend(redeemer, before, DISPUTE_UNLOCK, BUYER, change()), List.of(ADMIN_1, ADMIN_3));
            case SetRefundRequested -> continuing(redeemer, before, BUYER, hasResult ? Disputed : RefundRequested, result);
            case UnSetRefundRequested -> continuing(redeemer, before, BUYER, hasResult ? ResultSubmitted : FundsLocked, result);
            case SubmitResult -> continuing(redeemer, before, SELLER, undisputed ? ResultSubmitted : Disputed, NEW_RESULT);
            case AuthorizeRefund -> continuing(redeemer, before, SELLER, RefundRequested, "");
        };
    }

    private static EscrowSpend continuing(EscrowRedeemer redeemer, EscrowDatum before, PlutusAddress actor, EscrowState state,
            String result) {
        BigInteger cooledDown = time(PAY_BY + RANGE + COOLDOWN);
        boolean seller = actor.equals(SELLER);
        EscrowDatum next = before.with(state, result, seller ? cooledDown : time(0), seller ? time(0) : cooledDown);
        return spend(redeemer, before, PAY_BY, actor, new Output(CONTRACT, LOCKED, new OutputDatum.Escrow(next), false), change());
    }

    private static EscrowSpend spend(EscrowRedeemer redeemer, EscrowDatum datum, long from, PlutusAddress signer, Output... outputs) {
        Input fuel = new Input(WALLET_INPUT, new Output(signer, AssetValue.lovelace(9_000_000), new OutputDatum.Other(), false));
        Input escrow = new Input(ESCROW, new Output(CONTRACT, LOCKED, new OutputDatum.Escrow(datum), false));
        return new EscrowSpend(redeemer, ESCROW, List.of(fuel, escrow), List.of(outputs), Optional.of(time(from)),
                Optional.of(time(from + RANGE)), List.of(signer.payment().hash()));
    }

    static Output fee(AssetValue locked) {
        AssetValue fee = AssetValue.of(617_283,
                Map.of(TOKEN, BigInteger.valueOf(99), COIN, BigInteger.valueOf(5_000)));
        return new Output(FEE, fee, new OutputDatum.Tag(ESCROW), false);
    }

    static Output collateralReturn() {
        return new Output(BUYER, AssetValue.lovelace(COLLATERAL_RETURN), new OutputDatum.Tag(ESCROW), false);
    }

    static Output change() {
        return new Output(SELLER, AssetValue.lovelace(8_000_000), new OutputDatum.Other(), false);
    }

    static BigInteger time(long millis) {
        return BigInteger.valueOf(millis);
    }

    private static PlutusAddress wallet(String paymentKey, String stakeKey) {
        return PlutusAddress.of(new Credential.Key(paymentKey), new Credential.Key(stakeKey));
    }

    /** The same with no assets but lovelace in inputs and outputs. */
    static EscrowSpend inLovelaceOnly(EscrowSpend spend) {
        UnaryOperator<Output> strip = output -> new Output(output.address(), new AssetValue(output.value().lovelace(), new TreeMap<>()),
                output.datum(), output.carriesReferenceScript());
        return outputs(own(spend, strip), outputs -> outputs.stream().map(strip).toList());
    }

    static EscrowSpend signedBy(EscrowSpend spend, List<String> signatories) {
        return new EscrowSpend(spend.redeemer(), spend.spent(), spend.inputs(), spend.outputs(), spend.from(), spend.until(), signatories);
    }

    static EscrowSpend between(EscrowSpend spend, Optional<BigInteger> from, Optional<BigInteger> until) {
        return new EscrowSpend(spend.redeemer(), spend.spent(), spend.inputs(), spend.outputs(), from, until, spend.signatories());
    }

    static EscrowSpend outputs(EscrowSpend spend, UnaryOperator<List<Output>> change) {
        return new EscrowSpend(spend.redeemer(), spend.spent(), spend.inputs(), change.apply(new ArrayList<>(spend.outputs())),
                spend.from(),
                spend.until(), spend.signatories());
    }

    static EscrowSpend output(EscrowSpend spend, int index, UnaryOperator<Output> change) {
        return outputs(spend, outputs -> {
            outputs.set(index, change.apply(outputs.get(index)));
            return outputs;
        });
    }

    static EscrowSpend inputs(EscrowSpend spend, UnaryOperator<List<Input>> change) {
        return new EscrowSpend(spend.redeemer(), spend.spent(), change.apply(new ArrayList<>(spend.inputs())), spend.outputs(),
                spend.from(),
                spend.until(), spend.signatories());
    }

    /** Changes the spent output. */
    static EscrowSpend own(EscrowSpend spend, UnaryOperator<Output> change) {
        return inputs(spend, inputs -> inputs.stream()
                .map(input -> input.reference().equals(spend.spent()) ? new Input(input.reference(), change.apply(input.output())) : input)
                .toList());
    }

    /** Changes the datum of the continuing output. */
    static EscrowSpend next(EscrowSpend spend, UnaryOperator<EscrowDatum> change) {
        return output(spend, 0, output -> withDatum(output, change.apply(((OutputDatum.Escrow) output.datum()).datum())));
    }

    static Output withDatum(Output output, EscrowDatum datum) {
        return new Output(output.address(), output.value(), new OutputDatum.Escrow(datum), output.carriesReferenceScript());
    }

    static EscrowDatum datumOf(EscrowSpend spend) {
        return ((OutputDatum.Escrow) spend.own().datum()).datum();
    }
}
