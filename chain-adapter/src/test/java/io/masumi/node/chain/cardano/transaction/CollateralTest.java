package io.masumi.node.chain.cardano.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.masumi.node.Requester;
import io.masumi.node.chain.CardanoWorld;
import io.masumi.node.chain.cardano.codec.EscrowDatumCodec;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.wallet.MergePurpose;

/** What a wallet puts up is judged by what the ledger makes of it, not by a guess of what it should look like. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollateralTest {

    private static final String POLICY = "ab".repeat(28);

    private CardanoWorld world;

    @BeforeAll
    void begin() {
        world = new CardanoWorld();
    }

    @AfterAll
    void end() {
        world.close();
    }

    /** A wallet that sold for tokens: what seems to be enough is not, with its tokens, and another output is. */
    @Test
    void eachOutputIsJudgedByWhatWouldComeBackOfIt() {
        List<Utxo> wallet = List.of(utxo(0, 12_000_000, 70), utxo(1, 8_300_000, 50), utxo(2, 2_590_000, 11), utxo(3, 1_820_000, 0));

        assertThat(submitResult(wallet).collateral()).isNotEmpty();
    }

    @Test
    void outputsThatHoldLittleMoreThanTheirTokensNeedStandTogether() {
        List<Utxo> wallet = List.of(utxo(0, 10_200_000, 70), utxo(1, 7_600_000, 50), utxo(2, 2_590_000, 11), utxo(3, 1_000_000, 0));

        assertThat(submitResult(wallet).collateral()).hasSizeBetween(2, 3);
    }

    @Test
    void anAdaThatCannotComeBackInAnOutputOfItsOwnIsPutUpWhole() {
        List<Utxo> wallet = List.of(utxo(0, 1_500_000, 0), utxo(1, 8_000_000, 60));

        assertThat(submitResult(wallet).collateral()).isNotEmpty();
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatThrownBy(() -> submitResult(List.of(utxo(0, 1_100_000, 0))))
                .isInstanceOf(InsufficientFundsException.class).hasMessageContaining("lovelace");
    }

    /** The next transaction has it, whatever this one is for. */
    @Test
    void aWalletThatLacksOneGetsItFromTheChangeOfAnything() {
        SignedTransaction result = submitResult(List.of(utxo(0, 30_000_000, 70)));

        assertThat(result.change()).anyMatch(Spendable::standsAsCollateral);
        SignedTransaction pure = submitResult(List.of(utxo(0, 4_000_000, 0), utxo(1, 4_500_000, 0), utxo(2, 4_400_000, 0)));
        assertThat(pure.collateral()).hasSize(1);
    }

    @Test
    void aWalletMakesOneOfWhateverItHas() {
        List<Utxo> wallet = List.of(utxo(0, 12_000_000, 20), utxo(1, 2_900_000, 10), utxo(2, 1_820_000, 0));
        SignedTransaction merge = checked(world.factory.build(world.sourceId, world.seller, wallet,
                TransactionContent.of(new ChainAction.MergeOutputs(MergePurpose.Collateral, null, Requester.NODE))), wallet);

        assertThat(merge.change()).filteredOn(Spendable::standsAsCollateral).hasSize(1);
        assertThat(merge.collateral()).isEmpty();
        assertThatThrownBy(() -> world.factory.build(world.sourceId, world.seller, List.of(utxo(0, 12_000_000, 70)),
                TransactionContent.of(new ChainAction.MergeOutputs(MergePurpose.Collateral, null, Requester.NODE))))
                .isInstanceOf(InsufficientFundsException.class);
    }

    private SignedTransaction submitResult(List<Utxo> wallet) {
        Utxo escrow = escrow();
        SignedTransaction built = world.factory.build(world.sourceId, world.seller, wallet,
                TransactionContent.on(escrow, new ChainAction.SubmitResult("e7".repeat(32))));
        return checked(built, Stream.concat(wallet.stream(), Stream.of(escrow)).toList());
    }

    private SignedTransaction checked(SignedTransaction built, List<Utxo> outputs) {
        LedgerRules.check(built, outputs, world.provider.parameters(), world.clock.millis());
        return built;
    }

    /** @param tokens how many, with names of 26 bytes, so that the output holds little more than its minimum */
    private Utxo utxo(int number, long lovelace, int tokens) {
        List<Amount> amounts = new ArrayList<>(List.of(Amount.lovelace(lovelace)));
        for (int i = 0; i < tokens; i++) {
            amounts.add(new Amount(POLICY + String.format("%052x", number * 1000 + i), BigInteger.ONE));
        }
        return new Utxo(new OutputRef(String.format("%064x", number), 0), world.identity(world.seller).address(), Funds.of(amounts), null,
                null, null, null);
    }

    private Utxo escrow() {
        long now = world.clock.millis();
        EscrowDatum datum = new EscrowDatum(world.participant(world.buyer), world.participant(world.seller), "a401", "8458",
                "ab".repeat(40), "aabbccddeeff0099", BigInteger.valueOf(1_500_000), "5d".repeat(32), "",
                new EscrowTimes(now, now + 3_600_000, now + 7_200_000, now + 10_800_000), 0, 0, OnChainState.FundsLocked);
        return new Utxo(new OutputRef("ee".repeat(32), 0), world.escrowAddress, Funds.lovelace(6_500_000), null,
                EscrowDatumCodec.encodeHex(datum), null, null);
    }
}
