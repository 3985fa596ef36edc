package io.masumi.node.chain.follower;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.address.Credential;
import com.bloxbean.cardano.client.common.model.Networks;

import io.masumi.node.chain.InteropVectors;
import io.masumi.node.chain.cardano.codec.EscrowDatumCodec;
import io.masumi.node.chain.cardano.codec.RedeemerCodec;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.cardano.provider.ChainTransaction.Input;
import io.masumi.node.chain.cardano.provider.ChainTransaction.Output;
import io.masumi.node.chain.cardano.provider.ChainTransaction.Redeemer;
import io.masumi.node.escrow.AdminWeight;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.DisputeOutcome;
import io.masumi.node.escrow.DisputeResolution;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.Party;
import io.masumi.node.chain.source.Source;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.PaymentSourceId;

class ObservationDecoderTest {

    private static final InteropVectors.Sale VECTOR = InteropVectors.sales().findFirst().orElseThrow();
    private static final EscrowDatum FIRST = EscrowDatumCodec.decode(VECTOR.datumHex(), Network.Preprod).orElseThrow();
    private static final EscrowDatum SECOND = signedAs(FIRST, "84ab");
    private static final String CONTRACT = "addr_test1contract";
    private static final String FEE_ADDRESS = "addr_test1fee";
    private static final String STRANGER = "addr_test1stranger";
    private static final Source SOURCE = new Source(PaymentSourceId.of(Network.Preprod, CONTRACT), Network.Preprod, CONTRACT,
            "aa".repeat(28),
            new ContractParameters(2, List.of(enterprise("0a".repeat(28)), enterprise("0b".repeat(28)), enterprise("0a".repeat(28))),
                    FEE_ADDRESS, 50, 0),
            "http://127.0.0.1/", Optional.empty(), Optional.empty());
    private static final ChainPoint AT = new ChainPoint(7, "bb".repeat(32), 3, 1000);
    private static final Funds ESCROW = Funds.lovelace(10_000_000);

    @Test
    void aLockIsAnOutputThatNoContractInputLedToAndLocksShareTheFeeExactly() {
        Observations seen = ObservationDecoder.decode(transaction(101, true, List.of(input(0, FIRST.buyer().address(), 50_000_000, null)),
                List.of(output(0, CONTRACT, FIRST), output(1, CONTRACT, SECOND)), List.of()), SOURCE);

        assertThat(seen.oddities()).isEmpty();
        assertThat(seen.escrows()).hasSize(2).allSatisfy(each -> assertThat(each).isInstanceOfSatisfying(Observation.Locked.class,
                locked -> assertThat(locked.lock().buyerSpent()).isTrue()));
        assertThat(seen.escrows()).map(each -> ((Observation.Locked) each).lock().transaction().feeLovelace()).containsExactly(51L, 50L);
        assertThat(seen.escrows()).map(each -> ((Observation.Locked) each).lock().transaction().feePaidBy()).containsOnly(Party.Buyer);
        assertThat(seen.escrows().getFirst().identifier()).isEqualTo(FIRST.blockchainIdentifier());
    }

    @Test
    void aLockThatSomebodyElsePaidForSaysSo() {
        Observations seen = ObservationDecoder.decode(transaction(1, true, List.of(input(0, STRANGER, 50_000_000, null)),
                List.of(new Output(0, CONTRACT, ESCROW, EscrowDatumCodec.encodeHex(FIRST), "cc".repeat(28))), List.of()), SOURCE);

        assertThat(seen.escrows()).singleElement().isInstanceOfSatisfying(Observation.Locked.class, locked -> {
            assertThat(locked.lock().buyerSpent()).isFalse();
            assertThat(locked.lock().referenceScript()).isTrue();
        });
    }

    @Test
    void severalContractInputsArePairedWithOutputsByTheirSignature() {
        EscrowDatum first = withResult(FIRST);
        EscrowDatum second = withResult(SECOND);
        Observations seen = ObservationDecoder.decode(transaction(100, true,
                List.of(input(0, CONTRACT, 10_000_000, FIRST), input(1, CONTRACT, 10_000_000, SECOND)),
                List.of(output(0, CONTRACT, second), output(1, CONTRACT, first)),
                List.of(redeemer(0, EscrowAction.SubmitResult), redeemer(1, EscrowAction.SubmitResult))), SOURCE);

        assertThat(seen.escrows()).map(each -> (Observation.Moved) each).satisfiesExactly(one -> {
            assertThat(one.identifier()).isEqualTo(FIRST.blockchainIdentifier());
            assertThat(one.transition().output().index()).isEqualTo(1);
            assertThat(one.transition().datum()).isEqualTo(first);
            assertThat(one.transition().spent().index()).isZero();
        }, two -> assertThat(two.transition().output().index()).isZero());
    }

    /** Else whoever ends an escrow could leave a record behind that says it did not end. */
    @Test
    void whatStandsAtTheContractBesideTheEndOfAnEscrowIsALockOfItsOwn() {
        for (EscrowAction end : List.of(EscrowAction.Withdraw, EscrowAction.WithdrawRefund, EscrowAction.WithdrawDisputed)) {
            Observations seen = ObservationDecoder.decode(transaction(1, true, List.of(input(0, CONTRACT, 10_000_000, FIRST)),
                    List.of(output(0, CONTRACT, FIRST)), List.of(redeemer(0, end))), SOURCE);

            assertThat(seen.escrows()).satisfiesExactly(
                    ended -> assertThat(((Observation.Moved) ended).transition().output()).isNull(),
                    beside -> assertThat(((Observation.Locked) beside).lock().output().index()).isZero());
        }
    }

    /** The output to the network needs more than the sale brings: the selling wallet adds it. */
    @Test
    void whatASellerAddsToAWithdrawalIsSeen() {
        Observations seen = ObservationDecoder.decode(transaction(300_000, true,
                List.of(input(0, CONTRACT, 1_930_000, withResult(FIRST)), input(1, FIRST.seller().address(), 7_000_000, null)),
                List.of(plain(0, FEE_ADDRESS, 1_176_630), plain(1, FIRST.buyer().address(), 1_500_000),
                        plain(2, FIRST.seller().address(), 5_953_370)),
                List.of(redeemer(0, EscrowAction.Withdraw))), SOURCE);

        assertThat(seen.escrows()).singleElement().isInstanceOfSatisfying(Observation.Moved.class, moved -> {
            assertThat(moved.transition().withdrawnForSeller().isEmpty()).isTrue();
            assertThat(moved.transition().addedBySeller()).isEqualTo(Funds.lovelace(746_630));
        });
    }

    @Test
    void aTransactionWhoseScriptsFailedDidNothing() {
        Observations seen = ObservationDecoder.decode(transaction(1, false, List.of(input(0, CONTRACT, 10_000_000, FIRST)),
                List.of(output(0, CONTRACT, withResult(FIRST))), List.of(redeemer(0, EscrowAction.SubmitResult))), SOURCE);

        assertThat(seen.escrows()).isEmpty();
        assertThat(seen.oddities()).isNotEmpty();
    }

    @Test
    void aWithdrawalGivesTheSellerWhatBuyerAndFeeAddressDidNotGetWhereverItGoes() {
        Observations seen = ObservationDecoder.decode(transaction(300_000, true,
                List.of(input(0, CONTRACT, 10_000_000, withResult(FIRST)), input(1, FIRST.seller().address(), 7_000_000, null)),
                List.of(plain(0, STRANGER, 8_000_000), plain(1, FEE_ADDRESS, 500_000), plain(2, FIRST.buyer().address(), 1_500_000),
                        plain(3, FIRST.seller().address(), 6_700_000)),
                List.of(redeemer(0, EscrowAction.Withdraw))), SOURCE);

        assertThat(seen.escrows()).singleElement().isInstanceOfSatisfying(Observation.Moved.class, moved -> {
            assertThat(moved.transition().output()).isNull();
            assertThat(moved.transition().withdrawnForBuyer()).isEqualTo(Funds.lovelace(1_500_000));
            assertThat(moved.transition().withdrawnForSeller()).isEqualTo(Funds.lovelace(8_000_000));
            assertThat(moved.transition().transaction().feePaidBy()).isEqualTo(Party.Seller);
        });
    }

    @Test
    void aRefundIsTheBuyersWhole() {
        Observations seen = ObservationDecoder.decode(transaction(1, true,
                List.of(input(0, CONTRACT, 10_000_000, FIRST), input(1, FIRST.buyer().address(), 5_000_000, null)),
                List.of(plain(0, STRANGER, 10_000_000), plain(1, FIRST.buyer().address(), 4_800_000)),
                List.of(redeemer(0, EscrowAction.WithdrawRefund))), SOURCE);

        assertThat(((Observation.Moved) seen.escrows().getFirst()).transition().withdrawnForBuyer()).isEqualTo(ESCROW);
    }

    @Test
    void aDisputeSaysWhoGotWhatAndWhichAdminsSignedAsOftenAsTheyAreListed() {
        DisputeResolution seen = resolution(List.of(input(1, STRANGER, 50_000_000, null)),
                List.of(plain(0, FIRST.seller().address(), 7_000_000), plain(1, FIRST.buyer().address(), 3_000_000),
                        plain(2, STRANGER, 49_700_000)),
                "0c".repeat(28), "0b".repeat(28), "0a".repeat(28));

        assertThat(seen).isEqualTo(new DisputeResolution(DisputeOutcome.Split, Funds.lovelace(7_000_000), Funds.lovelace(3_000_000),
                Funds.NONE, List.of(new AdminWeight("0a".repeat(28), 2), new AdminWeight("0b".repeat(28), 1)), 2));
    }

    @Test
    void theBuyerWonNothingWithItsCollateralReturnAndTheSellerMayHavePaidTheFee() {
        EscrowDatum datum = disputed(BigInteger.valueOf(1_500_000));
        DisputeResolution seen = resolution(datum, List.of(input(1, FIRST.seller().address(), 20_000_000, null)),
                List.of(plain(0, FIRST.seller().address(), 8_500_000), plain(1, FIRST.buyer().address(), 1_500_000),
                        plain(2, FIRST.seller().address(), 19_700_000)));

        assertThat(seen.outcome()).isEqualTo(DisputeOutcome.ForSeller);
        assertThat(seen.seller()).isEqualTo(Funds.lovelace(8_500_000));
        assertThat(seen.buyer()).isEqualTo(Funds.lovelace(1_500_000));
        assertThat(seen.elsewhere()).isEqualTo(Funds.NONE);
    }

    @Test
    void whatGoesToAnotherAddressWentElsewhereAndChangeAtAFreshAddressDidNot() {
        DisputeResolution seen = resolution(List.of(input(1, STRANGER, 50_000_000, null)),
                List.of(plain(0, "addr_test1thief", 4_000_000), plain(1, "addr_test1freshchange", 49_700_000),
                        plain(2, enterprise(FIRST.buyer().vkey()), 6_000_000)));

        assertThat(seen.outcome()).isEqualTo(DisputeOutcome.ForBuyer);
        assertThat(seen.buyer()).isEqualTo(Funds.lovelace(6_000_000));
        assertThat(seen.elsewhere()).isEqualTo(Funds.lovelace(4_000_000));
        assertThat(resolution(List.of(), List.of(plain(0, STRANGER, 9_700_000))).outcome()).isEqualTo(DisputeOutcome.ForNeither);
    }

    private static DisputeResolution resolution(List<Input> others, List<Output> outputs, String... signers) {
        return resolution(disputed(BigInteger.ZERO), others, outputs, signers);
    }

    private static DisputeResolution resolution(EscrowDatum datum, List<Input> others, List<Output> outputs, String... signers) {
        List<Input> inputs = new ArrayList<>(List.of(input(0, CONTRACT, 10_000_000, datum)));
        inputs.addAll(others);
        Observations seen = ObservationDecoder.decode(new ChainTransaction("dd".repeat(32), AT, 0, 300_000, true, inputs, outputs,
                List.of(redeemer(0, EscrowAction.WithdrawDisputed)), List.of(signers)), SOURCE);
        TransitionObservation transition = ((Observation.Moved) seen.escrows().getFirst()).transition();
        assertThat(transition.withdrawnForSeller()).isEqualTo(transition.resolution().seller());
        assertThat(transition.withdrawnForBuyer()).isEqualTo(transition.resolution().buyer());
        return transition.resolution();
    }

    private static EscrowDatum disputed(BigInteger collateralReturn) {
        return new EscrowDatum(FIRST.buyer(), FIRST.seller(), FIRST.referenceKey(), FIRST.referenceSignature(), FIRST.sellerNonce(),
                FIRST.buyerNonce(), collateralReturn, FIRST.inputHash(), "e7".repeat(32), FIRST.times(), 0, 0, OnChainState.Disputed);
    }

    private static String enterprise(String keyHash) {
        return AddressProvider.getEntAddress(Credential.fromKey(keyHash), Networks.testnet()).toBech32();
    }

    @Test
    void whatCannotBeReadIsOddAndHidesNothingElse() {
        Observations seen = ObservationDecoder.decode(transaction(1, true,
                List.of(input(0, CONTRACT, 10_000_000, FIRST), new Input(ref(1), CONTRACT, ESCROW, "ff00"),
                        input(2, CONTRACT, 10_000_000, SECOND)),
                List.of(new Output(0, CONTRACT, ESCROW, "d87980", null), new Output(1, CONTRACT, ESCROW, null, null),
                        output(2, CONTRACT, withResult(SECOND))),
                List.of(new Redeemer(0, "00"), redeemer(1, EscrowAction.Withdraw), redeemer(2, EscrowAction.SubmitResult))), SOURCE);

        assertThat(seen.escrows()).singleElement().satisfies(
                each -> assertThat(each.identifier()).isEqualTo(SECOND.blockchainIdentifier()));
        assertThat(seen.oddities()).hasSize(4);
    }

    private static ChainTransaction transaction(long fee, boolean passed, List<Input> inputs, List<Output> outputs,
            List<Redeemer> redeemers) {
        return new ChainTransaction("dd".repeat(32), AT, 0, fee, passed, inputs, outputs, redeemers);
    }

    private static Input input(int index, String address, long lovelace, EscrowDatum datum) {
        return new Input(ref(index), address, Funds.lovelace(lovelace), datum == null ? null : EscrowDatumCodec.encodeHex(datum));
    }

    private static Output output(int index, String address, EscrowDatum datum) {
        return new Output(index, address, ESCROW, EscrowDatumCodec.encodeHex(datum), null);
    }

    private static Output plain(int index, String address, long lovelace) {
        return new Output(index, address, Funds.lovelace(lovelace), null, null);
    }

    private static Redeemer redeemer(int input, EscrowAction action) {
        return new Redeemer(input, RedeemerCodec.encode(action).serializeToHex());
    }

    private static OutputRef ref(int index) {
        return new OutputRef("ee".repeat(32), index);
    }

    private static EscrowDatum withResult(EscrowDatum datum) {
        return new EscrowDatum(datum.buyer(), datum.seller(), datum.referenceKey(), datum.referenceSignature(), datum.sellerNonce(),
                datum.buyerNonce(), datum.collateralReturnLovelace(), datum.inputHash(), "e7".repeat(32), datum.times(), 77, 0,
                OnChainState.ResultSubmitted);
    }

    private static EscrowDatum signedAs(EscrowDatum datum, String signature) {
        return new EscrowDatum(datum.buyer(), datum.seller(), datum.referenceKey(), signature, datum.sellerNonce(), datum.buyerNonce(),
                BigInteger.valueOf(1_500_000), datum.inputHash(), "", datum.times(), 0, 0, OnChainState.FundsLocked);
    }
}
