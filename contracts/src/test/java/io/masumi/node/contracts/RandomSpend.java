package io.masumi.node.contracts;

import io.masumi.node.contracts.EscrowSpend.Input;
import io.masumi.node.contracts.EscrowSpend.Output;
import io.masumi.node.contracts.EscrowSpend.OutputDatum;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A spend drawn at random: made to keep the rules of its redeemer, then changed in none to three places. All values come from
 * small ranges and pools, so that bounds are hit exactly and parties, assets and addresses coincide.
 */
record RandomSpend(EscrowParameters parameters, EscrowSpend spend) {

    private static final OutputReference OWN = new OutputReference("55".repeat(32), 5);
    private static final List<String> KEYS = Stream.of("01", "02", "03", "04", "05").map(key -> key.repeat(28)).toList();
    private static final List<AssetId> ASSETS = List.of(new AssetId("a0".repeat(28), ""), new AssetId("a0".repeat(28), "01"),
            new AssetId("b0".repeat(28), "01"));
    private static final List<String> HASHES = List.of("", "01", "0102");

    /** What a redeemer writes: result hash, cooldowns and state. */
    private static final List<Integer> PROGRESS_FIELDS = List.of(8, 8, 13, 14, 15, 15);
    /** Result hash, times and state. */
    private static final List<Integer> DECISIVE_FIELDS = List.of(8, 8, 10, 11, 12, 13, 14, 15, 15);

    static RandomSpend of(long seed, EscrowRedeemer redeemer) {
        Random random = new Random(seed);
        Draw draw = new Draw(random, redeemer);
        EscrowSpend spend = draw.spend();
        for (int changes = Math.max(0, random.nextInt(6) - 2); changes > 0; changes--) {
            spend = draw.changed(spend);
        }
        return new RandomSpend(draw.parameters, spend);
    }

    private static final class Draw {

        private final Random random;
        private final EscrowRedeemer redeemer;
        private final EscrowParameters parameters;
        private final PlutusAddress contract;
        private final long from;
        private final long until;

        private Draw(Random random, EscrowRedeemer redeemer) {
            this.random = random;
            this.redeemer = redeemer;
            List<String> admins = IntStream.range(0, random.nextInt(5)).mapToObj(i -> pick(KEYS)).toList();
            int required = admins.isEmpty() ? random.nextInt(2) : random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(admins.size());
            this.parameters = new EscrowParameters(required, admins, wallet(), pick(List.of(0, 1, 50, 333, 1000)), random.nextInt(3));
            this.contract = address(new Credential.Script("c0".repeat(28)));
            this.from = 50 + random.nextInt(50);
            this.until = from + 1 + random.nextInt(10);
        }

        private EscrowSpend spend() {
            // A change of what the redeemer depends on, before all else follows from it: it breaks that rule and no other.
            EscrowDatum datum = random.nextInt(3) == 0 ? changed(datum(), pick(DECISIVE_FIELDS)) : datum();
            AssetValue locked = value(2_000 + random.nextInt(1_000));
            List<Output> outputs = new ArrayList<>();
            List<String> signatories = new ArrayList<>();
            switch (redeemer) {
                case Withdraw -> {
                    outputs.addAll(payouts(datum, locked));
                    signatories.add(datum.seller().payment().hash());
                }
                case WithdrawRefund -> signatories.add(datum.buyer().payment().hash());
                case WithdrawDisputed -> signatories.addAll(parameters.adminKeyHashes());
                case SetRefundRequested, UnSetRefundRequested -> {
                    outputs.add(new Output(contract, locked, new OutputDatum.Escrow(next(datum)), false));
                    signatories.add(datum.buyer().payment().hash());
                }
                case SubmitResult, AuthorizeRefund -> {
                    outputs.add(new Output(contract, locked, new OutputDatum.Escrow(next(datum)), false));
                    signatories.add(datum.seller().payment().hash());
                }
            }
            outputs.addAll(IntStream.range(0, random.nextInt(3)).mapToObj(i -> elsewhere()).toList());
            List<Input> inputs = new ArrayList<>();
            inputs.add(new Input(OWN, new Output(contract, locked, new OutputDatum.Escrow(datum), random.nextBoolean())));
            IntStream.range(0, random.nextInt(3)).forEach(i -> inputs.add(new Input(reference(), elsewhere())));
            Collections.shuffle(outputs, random);
            Collections.shuffle(inputs, random);
            return new EscrowSpend(redeemer, OWN, inputs, outputs, Optional.of(time(from)), Optional.of(time(until)), signatories);
        }

        private EscrowDatum datum() {
            EscrowState state = switch (redeemer) {
                case Withdraw -> EscrowState.ResultSubmitted;
                case SetRefundRequested -> pick(List.of(EscrowState.FundsLocked, EscrowState.ResultSubmitted, EscrowState.Disputed));
                case UnSetRefundRequested -> pick(List.of(EscrowState.RefundRequested, EscrowState.Disputed));
                case WithdrawRefund -> pick(List.of(EscrowState.FundsLocked, EscrowState.RefundRequested));
                case WithdrawDisputed, AuthorizeRefund -> EscrowState.Disputed;
                case SubmitResult -> pick(List.of(EscrowState.values()));
            };
            String result = switch (redeemer) {
                case Withdraw, WithdrawDisputed -> "0102";
                case WithdrawRefund -> "";
                default -> pick(HASHES);
            };
            boolean first = result.isEmpty() || random.nextBoolean();
            BigInteger submit = redeemer == EscrowRedeemer.SubmitResult && first ? later() : earlier();
            BigInteger unlock = redeemer == EscrowRedeemer.SetRefundRequested ? later() : earlier();
            BigInteger dispute = redeemer == EscrowRedeemer.SubmitResult && !first ? later() : earlier();
            return new EscrowDatum(wallet(), wallet(), hash(), hash(), hash(), hash(), time(random.nextInt(1_000)), hash(), result,
                    new EscrowTimes(earlier(), submit, unlock, dispute), earlier(), earlier(), state);
        }

        private EscrowDatum next(EscrowDatum datum) {
            boolean undisputed = datum.state() == EscrowState.FundsLocked || datum.state() == EscrowState.ResultSubmitted;
            BigInteger cooledDown = time(until + parameters.cooldownMillis() + random.nextInt(2));
            BigInteger zero = BigInteger.ZERO;
            return switch (redeemer) {
                case SetRefundRequested -> datum.with(datum.hasResult() ? EscrowState.Disputed : EscrowState.RefundRequested,
                        datum.resultHash(), zero, cooledDown);
                case UnSetRefundRequested -> datum.with(datum.hasResult() ? EscrowState.ResultSubmitted : EscrowState.FundsLocked,
                        datum.resultHash(), zero, cooledDown);
                case SubmitResult -> datum.with(undisputed ? EscrowState.ResultSubmitted : EscrowState.Disputed, pick(List.of("01", "03")),
                        cooledDown, zero);
                default -> datum.with(EscrowState.RefundRequested, "", cooledDown, zero);
            };
        }

        /** Fee and collateral return, each in one output or split over two. */
        private List<Output> payouts(EscrowDatum datum, AssetValue locked) {
            TreeMap<AssetId, BigInteger> fees = new TreeMap<>();
            locked.assets().forEach((asset, quantity) -> fees.put(asset, fee(quantity)));
            fees.values().removeIf(quantity -> quantity.signum() == 0);
            List<Output> payouts = new ArrayList<>();
            long split = random.nextInt(2) * 10L;
            payouts.add(new Output(parameters.feeAddress(), new AssetValue(fee(locked.lovelace()).subtract(time(split)), fees),
                    new OutputDatum.Tag(OWN), false));
            payouts.add(new Output(parameters.feeAddress(), AssetValue.lovelace(split), new OutputDatum.Tag(OWN), false));
            payouts.add(new Output(datum.buyer(), new AssetValue(datum.collateralReturnLovelace().subtract(time(split)), new TreeMap<>()),
                    new OutputDatum.Tag(OWN), false));
            payouts.add(new Output(datum.buyer(), AssetValue.lovelace(split), new OutputDatum.Tag(OWN), false));
            return payouts;
        }

        private BigInteger fee(BigInteger quantity) {
            return quantity.multiply(time(parameters.feePermille())).divide(time(1000));
        }

        private EscrowSpend changed(EscrowSpend spend) {
            return switch (random.nextInt(12)) {
                case 0 -> Spends.signedBy(spend, KEYS.stream().filter(key -> random.nextBoolean()).toList());
                case 1 -> Spends.between(spend, near(spend.from()), spend.until());
                case 2 -> Spends.between(spend, spend.from(), near(spend.until()));
                case 3, 4 -> Spends.own(spend, output -> random.nextInt(8) == 0
                        ? new Output(output.address(), output.value(), otherDatum(), output.carriesReferenceScript())
                        : withChangedDatum(output));
                case 5 -> Spends.own(spend, output -> new Output(output.address(), changed(output.value()), output.datum(), false));
                case 6 -> Spends.inputs(spend, inputs -> {
                    inputs.add(random.nextInt(inputs.size() + 1), new Input(reference(), somewhere()));
                    return inputs;
                });
                case 7 -> Spends.outputs(spend, outputs -> {
                    outputs.add(random.nextInt(outputs.size() + 1), somewhere());
                    return outputs;
                });
                case 8 -> spend.outputs().isEmpty()
                        ? spend
                        : Spends.outputs(spend, outputs -> outputs.subList(random.nextInt(2), outputs.size()));
                case 9 -> Spends.outputs(spend, outputs -> outputs.stream().map(this::withChangedProgress).toList());
                default -> spend.outputs().isEmpty()
                        ? spend
                        : Spends.output(spend, random.nextInt(spend.outputs().size()), this::changed);
            };
        }

        private Output changed(Output output) {
            return switch (random.nextInt(6)) {
                case 0 -> new Output(pick(List.of(contract, address(contract.payment()), wallet())), output.value(), output.datum(),
                        output.carriesReferenceScript());
                case 1, 2 -> new Output(output.address(), changed(output.value()), output.datum(), output.carriesReferenceScript());
                case 3 -> new Output(output.address(), output.value(), otherDatum(), output.carriesReferenceScript());
                case 4 -> new Output(output.address(), output.value(), output.datum(), !output.carriesReferenceScript());
                default -> withChangedDatum(output);
            };
        }

        private AssetValue changed(AssetValue value) {
            TreeMap<AssetId, BigInteger> assets = new TreeMap<>(value.assets());
            if (random.nextBoolean()) {
                assets.merge(pick(ASSETS), BigInteger.valueOf(random.nextInt(3) - 1), BigInteger::add);
                assets.values().removeIf(quantity -> quantity.signum() == 0);
            }
            return new AssetValue(value.lovelace().add(BigInteger.valueOf(random.nextInt(3) - 1)), assets);
        }

        private Output withChangedDatum(Output output) {
            if (!(output.datum() instanceof OutputDatum.Escrow(EscrowDatum d))) {
                return new Output(output.address(), output.value(), otherDatum(), output.carriesReferenceScript());
            }
            return Spends.withDatum(output, changed(d, random.nextInt(16)));
        }

        private Output withChangedProgress(Output output) {
            return output.datum() instanceof OutputDatum.Escrow(EscrowDatum datum)
                    ? Spends.withDatum(output, changed(datum, pick(PROGRESS_FIELDS)))
                    : output;
        }

        private EscrowDatum changed(EscrowDatum d, int field) {
            return new EscrowDatum(field == 0 ? wallet() : d.buyer(), field == 1 ? wallet() : d.seller(),
                    field == 2 ? hash() : d.referenceKey(), field == 3 ? hash() : d.referenceSignature(),
                    field == 4 ? hash() : d.sellerNonce(),
                    field == 5 ? hash() : d.buyerNonce(), change(field == 6, d.collateralReturnLovelace()),
                    field == 7 ? hash() : d.inputHash(),
                    field == 8 ? pick(HASHES) : d.resultHash(), new EscrowTimes(change(field == 9, d.times().payBy()),
                            change(field == 10, d.times().submitResult()),
                            change(field == 11, d.times().unlock()), change(field == 12, d.times().externalDisputeUnlock())),
                    change(field == 13, d.sellerCooldownTime()), change(field == 14, d.buyerCooldownTime()),
                    field == 15 ? pick(List.of(EscrowState.values())) : d.state());
        }

        /** A bound next to a time of the datum, or one step away. */
        private BigInteger change(boolean change, BigInteger time) {
            return !change ? time : random.nextBoolean() ? time.add(time(random.nextInt(3) - 1)) : time(from + random.nextInt(15) - 2);
        }

        private Optional<BigInteger> near(Optional<BigInteger> bound) {
            return random.nextInt(4) == 0 ? Optional.empty() : bound.map(time -> time.add(time(random.nextInt(5) - 2)));
        }

        private OutputDatum otherDatum() {
            return pick(List.of(new OutputDatum.Other(), new OutputDatum.Tag(OWN), new OutputDatum.Tag(reference())));
        }

        private Output elsewhere() {
            return new Output(wallet(), value(random.nextInt(100)), otherDatum(), random.nextBoolean());
        }

        private Output somewhere() {
            return random.nextBoolean()
                    ? elsewhere()
                    : new Output(address(contract.payment()), value(random.nextInt(100)), otherDatum(), random.nextInt(4) == 0);
        }

        private AssetValue value(long lovelace) {
            TreeMap<AssetId, BigInteger> assets = new TreeMap<>();
            ASSETS.stream().filter(asset -> random.nextInt(3) == 0).forEach(asset -> assets.put(asset, time(1 + random.nextInt(100))));
            return new AssetValue(time(lovelace), assets);
        }

        private OutputReference reference() {
            return new OutputReference("%02x".formatted(random.nextInt(0x50)).repeat(32), random.nextInt(300));
        }

        private PlutusAddress wallet() {
            String hash = pick(KEYS);
            return address(random.nextInt(20) == 0 ? new Credential.Script(hash) : new Credential.Key(hash));
        }

        private PlutusAddress address(Credential payment) {
            return new PlutusAddress(payment, pick(List.of(Optional.empty(), Optional.of(new Credential.Key(KEYS.getFirst())),
                    Optional.of(new Credential.Script(KEYS.getLast())))));
        }

        private String hash() {
            return pick(HASHES);
        }

        /** Reached by the lower bound, mostly narrowly. */
        private BigInteger earlier() {
            return time(from - random.nextInt(random.nextBoolean() ? 3 : 40));
        }

        /** Not reached by the upper bound, mostly narrowly. */
        private BigInteger later() {
            return time(until + 1 + random.nextInt(random.nextBoolean() ? 3 : 40));
        }

        private <T> T pick(List<? extends T> pool) {
            return pool.get(random.nextInt(pool.size()));
        }

        private static BigInteger time(long millis) {
            return BigInteger.valueOf(millis);
        }
    }
}
