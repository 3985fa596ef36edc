package io.masumi.node.chain.follower;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.chain.cardano.codec.EscrowDatumCodec;
import io.masumi.node.chain.cardano.codec.RedeemerCodec;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.cardano.provider.ChainTransaction.Input;
import io.masumi.node.chain.cardano.provider.ChainTransaction.Output;
import io.masumi.node.chain.cardano.provider.ChainTransaction.Redeemer;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.DisputeResolution;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.chain.source.Source;

/**
 * Reads what a transaction did to the escrows of a contract: which redeemer spent which datum, what continues, what is new,
 * and who got how much (docs/chain.md, "Following the contract"). It believes nothing and judges nothing; that is the
 * aggregates' part.
 */
final class ObservationDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(ObservationDecoder.class);

    private ObservationDecoder() {}

    /** The same for any transaction. Decoding asks nobody, so what fails would fail for ever: it is noted, and must not stop what comes after. */
    static Observations readable(ChainTransaction transaction, Source source) {
        try {
            return decode(transaction, source);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("transaction {} at payment source {} cannot be read and is left out", transaction.hash(), source.id(), e);
            return new Observations(List.of(), List.of("cannot be read: " + e));
        }
    }

    /** @param source whose contract to look at */
    static Observations decode(ChainTransaction transaction, Source source) {
        if (!transaction.scriptsPassed()) {
            // It took the collateral and did nothing of what it says.
            return new Observations(List.of(), List.of("its scripts failed"));
        }
        List<String> oddities = new ArrayList<>();
        List<Spent> spent = spent(transaction, source, oddities);
        List<Made> made = made(transaction, source, oddities);

        List<Step> steps = new ArrayList<>();
        Set<Integer> continuing = new HashSet<>();
        for (Spent each : spent) {
            Optional<Made> next = made.stream().filter(_ -> each.continues())
                    .filter(output -> !continuing.contains(output.output().index()))
                    .filter(output -> output.datum().referenceSignature().equals(each.datum().referenceSignature())).findFirst();
            next.ifPresent(output -> continuing.add(output.output().index()));
            steps.add(new Step(each.identifier(), each, next.orElse(null)));
        }
        made.stream().filter(output -> !continuing.contains(output.output().index()))
                .forEach(output -> steps.add(new Step(output.identifier(), null, output)));

        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            observations.add(observation(steps.get(i), feeShare(transaction.feeLovelace(), steps.size(), i), transaction, source));
        }
        return new Observations(observations, oddities);
    }

    /** The identifier that an output's datum carries, if it is an escrow's, of an agent of the source's registry. @param inlineDatum hex or null */
    static Optional<BlockchainIdentifier> identifier(String inlineDatum, Source source) {
        try {
            return datum(inlineDatum, source).flatMap(ObservationDecoder::identifier)
                    .filter(identifier -> Observation.isOf(identifier, source.policyId()));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.debug("an output's datum cannot be read", e);
            return Optional.empty();
        }
    }

    private static List<Spent> spent(ChainTransaction transaction, Source source, List<String> oddities) {
        Map<Integer, String> redeemers = transaction.redeemers().stream().collect(Collectors.toMap(Redeemer::inputIndex, Redeemer::data));
        List<Spent> spent = new ArrayList<>();
        for (int i = 0; i < transaction.inputs().size(); i++) {
            Input input = transaction.inputs().get(i);
            if (!input.address().equals(source.smartContractAddress())) {
                continue;
            }
            Optional<EscrowDatum> datum = datum(input.inlineDatum(), source);
            Optional<EscrowAction> action = Optional.ofNullable(redeemers.get(i)).flatMap(RedeemerCodec::decode);
            Optional<BlockchainIdentifier> identifier = datum.flatMap(ObservationDecoder::identifier);
            if (identifier.isEmpty()) {
                oddities.add("spends " + input.ref() + ", which holds no escrow datum");
            } else if (action.isEmpty()) {
                oddities.add("spends " + input.ref() + " with a redeemer that is none of the contract's");
            } else {
                spent.add(new Spent(identifier.get(), input, datum.get(), action.get()));
            }
        }
        return spent;
    }

    private static List<Made> made(ChainTransaction transaction, Source source, List<String> oddities) {
        List<Made> made = new ArrayList<>();
        for (Output output : transaction.outputs()) {
            if (!output.address().equals(source.smartContractAddress())) {
                continue;
            }
            Optional<EscrowDatum> datum = datum(output.inlineDatum(), source);
            Optional<BlockchainIdentifier> identifier = datum.flatMap(ObservationDecoder::identifier);
            if (identifier.isEmpty()) {
                oddities.add("output " + output.index() + " at the contract holds no escrow datum");
            } else {
                made.add(new Made(identifier.get(), output, datum.get()));
            }
        }
        return made;
    }

    private static Optional<EscrowDatum> datum(String inlineDatum, Source source) {
        return Optional.ofNullable(inlineDatum).flatMap(hex -> EscrowDatumCodec.decode(hex, source.network()));
    }

    /** The fields of a datum may be any bytes; many make no identifier, and then it is nobody's we know. */
    private static Optional<BlockchainIdentifier> identifier(EscrowDatum datum) {
        try {
            return Optional.of(datum.blockchainIdentifier());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Observation observation(Step step, long fee, ChainTransaction transaction, Source source) {
        if (step.spent() == null) {
            return new Observation.Locked(step.identifier(), lock(step.made(), fee, transaction));
        }
        return new Observation.Moved(step.identifier(), transition(step.spent(), step.made(), fee, transaction, source));
    }

    private static LockObservation lock(Made made, long fee, ChainTransaction transaction) {
        String buyer = made.datum().buyer().address();
        boolean buyerSpent = transaction.inputs().stream().anyMatch(input -> input.address().equals(buyer));
        return new LockObservation(new OutputRef(transaction.hash(), made.output().index()), made.datum(), made.output().value(),
                buyerSpent,
                made.output().referenceScriptHash() != null,
                new EscrowTransaction(transaction.hash(), transaction.at(), fee, EscrowAction.Lock.signer()));
    }

    private static TransitionObservation transition(Spent spent, Made next, long fee, ChainTransaction transaction,
            Source source) {
        EscrowTransaction seen = new EscrowTransaction(transaction.hash(), transaction.at(), fee, spent.action().signer());
        if (next != null) {
            return new TransitionObservation(spent.action(), spent.input().ref(), new OutputRef(transaction.hash(), next.output().index()),
                    next.datum(), next.output().value(), Funds.NONE, Funds.NONE, seen);
        }
        if (spent.action() == EscrowAction.WithdrawDisputed) {
            DisputeResolution resolution = DisputeReading.resolution(transaction, spent.input(), spent.datum(), source);
            return new TransitionObservation(spent.action(), spent.input().ref(), null, null, Funds.NONE, resolution.seller(),
                    resolution.buyer(), seen, resolution);
        }
        Payout payout = Payout.of(spent, transaction, source);
        return new TransitionObservation(spent.action(), spent.input().ref(), null, null, Funds.NONE, payout.seller(), payout.buyer(),
                seen, payout.addedBySeller(), null);
    }

    /** Equal shares; what does not divide goes to the first, so that the shares add up. */
    private static long feeShare(long fee, int escrows, int position) {
        return fee / escrows + (position == 0 ? fee % escrows : 0);
    }

    private record Spent(BlockchainIdentifier identifier, Input input, EscrowDatum datum, EscrowAction action) {

        /** Beside an end the contract lets anything stand at its address: a lock like any other, though it may have the same datum. */
        boolean continues() {
            return switch (action) {
                case SubmitResult, RequestRefund, CancelRefundRequest, AuthorizeRefund -> true;
                case Lock, Withdraw, WithdrawRefund, WithdrawDisputed -> false;
            };
        }
    }

    private record Made(BlockchainIdentifier identifier, Output output, EscrowDatum datum) {}

    /** @param spent null for a lock. @param made null when the escrow ended */
    private record Step(BlockchainIdentifier identifier, Spent spent, Made made) {}

    /** What the end of an escrow gave to whom. */
    private record Payout(Funds seller, Funds buyer, Funds addedBySeller) {

        static Payout of(Spent spent, ChainTransaction transaction, Source source) {
            String buyer = spent.datum().buyer().address();
            Funds escrow = spent.input().value();
            return switch (spent.action()) {
                // Where the seller and the buyer have their money sent is their affair: what nobody else got is theirs.
                case Withdraw -> {
                    Funds toBuyer = atMost(gain(buyer, transaction), escrow);
                    Funds toFee = gain(source.parameters().feeAddress(), transaction);
                    Funds added = less(toFee, less(escrow, toBuyer));
                    yield new Payout(less(less(escrow, toBuyer), toFee), toBuyer, added.isEmpty() ? null : added);
                }
                case WithdrawRefund -> new Payout(Funds.NONE, escrow, null);
                default -> new Payout(Funds.NONE, Funds.NONE, null);
            };
        }

        /** What an address has more after the transaction than before, per asset. */
        private static Funds gain(String address, ChainTransaction transaction) {
            Funds in = sum(transaction.inputs().stream().filter(input -> input.address().equals(address)).map(Input::value));
            Funds out = sum(transaction.outputs().stream().filter(output -> output.address().equals(address)).map(Output::value));
            return less(out, in);
        }

        private static Funds sum(Stream<Funds> funds) {
            return funds.reduce(Funds.NONE, Funds::plus);
        }

        private static Funds less(Funds from, Funds what) {
            return Funds.of(from.amounts().stream()
                    .map(amount -> new Amount(amount.unit(), amount.amount().subtract(what.of(amount.unit())).max(BigInteger.ZERO)))
                    .toList());
        }

        private static Funds atMost(Funds funds, Funds limit) {
            return Funds.of(funds.amounts().stream()
                    .map(amount -> new Amount(amount.unit(), amount.amount().min(limit.of(amount.unit())))).toList());
        }
    }
}
