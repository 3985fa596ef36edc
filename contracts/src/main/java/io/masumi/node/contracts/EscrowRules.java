package io.masumi.node.contracts;

import static io.masumi.node.contracts.EscrowState.Disputed;
import static io.masumi.node.contracts.EscrowState.FundsLocked;
import static io.masumi.node.contracts.EscrowState.RefundRequested;
import static io.masumi.node.contracts.EscrowState.ResultSubmitted;

import io.masumi.node.contracts.EscrowSpend.Output;
import io.masumi.node.contracts.EscrowSpend.OutputDatum;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rules of the escrow contract in plain Java: the twin of the compiled script, which accepts a spend exactly if no rule
 * is broken here.
 */
public final class EscrowRules {

    private static final BigInteger PERMILLE = BigInteger.valueOf(1000);

    private final EscrowParameters parameters;

    public EscrowRules(EscrowParameters parameters) {
        this.parameters = parameters;
    }

    /** The rules that keep the contract from accepting the spend; none if it accepts. */
    public Set<EscrowRule> brokenBy(EscrowSpend spend) {
        return new Check(spend).run();
    }

    private final class Check {

        private final EscrowSpend spend;
        private final Set<EscrowRule> broken = EnumSet.noneOf(EscrowRule.class);

        private Check(EscrowSpend spend) {
            this.spend = spend;
        }

        private Set<EscrowRule> run() {
            List<Output> there = spend.outputs().stream().filter(this::atContract).toList();
            require(EscrowRule.FINITE_UPPER_BOUND, spend.until().isPresent());
            require(EscrowRule.ONE_INPUT, spend.inputs().stream().filter(input -> atContract(input.output())).count() == 1);
            require(EscrowRule.AT_MOST_ONE_OUTPUT, there.size() <= 1);
            require(EscrowRule.NO_REFERENCE_SCRIPT, there.stream().noneMatch(Output::carriesReferenceScript));
            if (spend.own().datum() instanceof OutputDatum.Escrow(EscrowDatum datum)) {
                redeemer(datum);
            } else {
                broken.add(EscrowRule.ESCROW_DATUM);
            }
            return broken;
        }

        private void redeemer(EscrowDatum datum) {
            switch (spend.redeemer()) {
                case Withdraw -> withdraw(datum);
                case SetRefundRequested -> setRefundRequested(datum);
                case UnSetRefundRequested -> unSetRefundRequested(datum);
                case WithdrawRefund -> withdrawRefund(datum);
                case WithdrawDisputed -> withdrawDisputed(datum);
                case SubmitResult -> submitResult(datum);
                case AuthorizeRefund -> authorizeRefund(datum);
            }
        }

        private void withdraw(EscrowDatum datum) {
            signedBySeller(datum);
            require(EscrowRule.AFTER_UNLOCK_TIME, after(datum.times().unlock()));
            require(EscrowRule.STATE, datum.state() == ResultSubmitted);
            require(EscrowRule.HAS_RESULT, datum.hasResult());
            require(EscrowRule.FEE_PAID, feePaid());
            require(EscrowRule.COLLATERAL_RETURNED,
                    lovelace(paidTo(datum.buyer())).compareTo(datum.collateralReturnLovelace()) >= 0);
        }

        private void setRefundRequested(EscrowDatum datum) {
            signedByBuyer(datum);
            require(EscrowRule.BEFORE_UNLOCK_TIME, before(datum.times().unlock()));
            require(EscrowRule.STATE, datum.state() != RefundRequested);
            buyerContinues(datum, datum.hasResult() ? Disputed : RefundRequested);
        }

        private void unSetRefundRequested(EscrowDatum datum) {
            signedByBuyer(datum);
            require(EscrowRule.STATE, datum.state() == RefundRequested || datum.state() == Disputed);
            buyerContinues(datum, datum.hasResult() ? ResultSubmitted : FundsLocked);
        }

        private void withdrawRefund(EscrowDatum datum) {
            signedByBuyer(datum);
            require(EscrowRule.STATE, datum.state() == FundsLocked || datum.state() == RefundRequested);
            require(EscrowRule.AFTER_SUBMIT_RESULT_TIME, after(datum.times().submitResult()));
            require(EscrowRule.HAS_NO_RESULT, !datum.hasResult());
        }

        private void withdrawDisputed(EscrowDatum datum) {
            require(EscrowRule.STATE, datum.state() == Disputed);
            require(EscrowRule.HAS_RESULT, datum.hasResult());
            require(EscrowRule.AFTER_EXTERNAL_DISPUTE_UNLOCK_TIME, after(datum.times().externalDisputeUnlock()));
            long signed = parameters.adminKeyHashes().stream().filter(spend.signatories()::contains).count();
            require(EscrowRule.SIGNED_BY_ADMINS, parameters.requiredAdmins() > 0 && signed >= parameters.requiredAdmins());
        }

        private void submitResult(EscrowDatum datum) {
            signedBySeller(datum);
            require(EscrowRule.RESULT_IN_TIME,
                    before(datum.times().submitResult()) || datum.hasResult() && before(datum.times().externalDisputeUnlock()));
            boolean undisputed = datum.state() == FundsLocked || datum.state() == ResultSubmitted;
            sellerContinues(datum, EscrowDatum::hasResult, undisputed ? ResultSubmitted : Disputed);
        }

        private void authorizeRefund(EscrowDatum datum) {
            signedBySeller(datum);
            require(EscrowRule.STATE, datum.state() == Disputed);
            sellerContinues(datum, next -> !next.hasResult(), RefundRequested);
        }

        private void buyerContinues(EscrowDatum datum, EscrowState state) {
            require(EscrowRule.AFTER_BUYER_COOLDOWN, after(datum.buyerCooldownTime()));
            next(datum).ifPresent(next -> {
                require(EscrowRule.NEXT_RESULT_HASH, next.resultHash().equals(datum.resultHash()));
                require(EscrowRule.NEXT_SELLER_COOLDOWN, next.sellerCooldownTime().signum() == 0);
                require(EscrowRule.NEXT_BUYER_COOLDOWN, coolsDown(next.buyerCooldownTime()));
                require(EscrowRule.NEXT_STATE, next.state() == state);
            });
        }

        private void sellerContinues(EscrowDatum datum, Predicate<EscrowDatum> resultHash, EscrowState state) {
            require(EscrowRule.AFTER_SELLER_COOLDOWN, after(datum.sellerCooldownTime()));
            next(datum).ifPresent(next -> {
                require(EscrowRule.NEXT_RESULT_HASH, resultHash.test(next));
                require(EscrowRule.NEXT_SELLER_COOLDOWN, coolsDown(next.sellerCooldownTime()));
                require(EscrowRule.NEXT_BUYER_COOLDOWN, next.buyerCooldownTime().signum() == 0);
                require(EscrowRule.NEXT_STATE, next.state() == state);
            });
        }

        /** The datum of the continuing output, once that output is checked for all that does not depend on the redeemer. */
        private Optional<EscrowDatum> next(EscrowDatum datum) {
            Optional<Output> output = spend.outputs().stream().filter(candidate -> candidate.address().equals(spend.own().address()))
                    .findFirst();
            if (output.isPresent() && output.get().datum() instanceof OutputDatum.Escrow(EscrowDatum next)) {
                AssetValue before = spend.own().value();
                AssetValue now = output.get().value();
                require(EscrowRule.KEEPS_LOVELACE, now.lovelace().compareTo(before.lovelace()) >= 0);
                require(EscrowRule.KEEPS_ASSETS, now.assets().equals(before.assets()));
                require(EscrowRule.KEEPS_TERMS, datum
                        .with(next.state(), next.resultHash(), next.sellerCooldownTime(), next.buyerCooldownTime()).equals(next));
                return Optional.of(next);
            }
            broken.add(EscrowRule.CONTINUES);
            return Optional.empty();
        }

        private boolean feePaid() {
            List<AssetValue> paid = paidTo(parameters.feeAddress());
            AssetValue locked = spend.own().value();
            return lovelace(paid).compareTo(fee(locked.lovelace())) >= 0
                    && locked.assets().entrySet().stream().allMatch(asset -> covers(paid, asset));
        }

        private boolean covers(List<AssetValue> paid, Map.Entry<AssetId, BigInteger> locked) {
            BigInteger held = paid.stream().map(value -> value.quantity(locked.getKey())).reduce(BigInteger.ZERO, BigInteger::add);
            return held.compareTo(fee(locked.getValue())) >= 0;
        }

        private BigInteger fee(BigInteger quantity) {
            return quantity.multiply(BigInteger.valueOf(parameters.feePermille())).divide(PERMILLE);
        }

        private List<AssetValue> paidTo(PlutusAddress address) {
            return spend.outputs().stream()
                    .filter(output -> output.address().equals(address) && output.datum().equals(new OutputDatum.Tag(spend.spent())))
                    .map(Output::value).toList();
        }

        private BigInteger lovelace(List<AssetValue> values) {
            return values.stream().map(AssetValue::lovelace).reduce(BigInteger.ZERO, BigInteger::add);
        }

        private void signedByBuyer(EscrowDatum datum) {
            require(EscrowRule.SIGNED_BY_BUYER, signedBy(datum.buyer()));
        }

        private void signedBySeller(EscrowDatum datum) {
            require(EscrowRule.SIGNED_BY_SELLER, signedBy(datum.seller()));
        }

        private boolean signedBy(PlutusAddress party) {
            return party.payment() instanceof Credential.Key(String hash) && spend.signatories().contains(hash);
        }

        private boolean atContract(Output output) {
            return output.address().payment().equals(spend.own().address().payment());
        }

        private boolean after(BigInteger time) {
            return spend.from().isPresent() && spend.from().get().compareTo(time) >= 0;
        }

        /** True without an upper bound: that is one broken rule, not two. */
        private boolean before(BigInteger time) {
            return spend.until().map(until -> until.compareTo(time) < 0).orElse(true);
        }

        /** True without an upper bound, as above. */
        private boolean coolsDown(BigInteger time) {
            BigInteger cooldown = BigInteger.valueOf(parameters.cooldownMillis());
            return spend.until().map(until -> time.compareTo(until.add(cooldown)) >= 0).orElse(true);
        }

        private void require(EscrowRule rule, boolean holds) {
            if (!holds) {
                broken.add(rule);
            }
        }
    }
}
