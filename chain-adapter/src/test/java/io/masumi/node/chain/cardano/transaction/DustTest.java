package io.masumi.node.chain.cardano.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.bloxbean.cardano.client.api.MinAdaCalculator;
import com.bloxbean.cardano.client.common.cbor.CborSerializationUtil;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;

import io.masumi.node.chain.CardanoWorld;
import io.masumi.node.chain.cardano.codec.EscrowDatumCodec;
import io.masumi.node.chain.cardano.provider.LedgerParameters;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.TransactionDecoder;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;

/**
 * What anybody can send to a wallet's address for about an ada: small outputs are spent first, so one that made every transaction
 * impossible would keep a seller from its result until its buyer has the money back.
 */
@Tag("slow")
class DustTest {

    /** Data that the ledger takes, at the edges of what software knows; the fourth is the one that ours does not. */
    private static final List<String> DATUMS = List.of("d8668200" + "80", "d866821a8000000080", "d866821b7fffffffffffffff80",
            "d866821bffffffffffffffff80", "d905008100", "c240", "c340", "5fff", "a200000001", "9fff", "1bffffffffffffffff",
            "3bffffffffffffffff", "81".repeat(30) + "00", "81".repeat(500) + "00", "c25f5840" + "ff".repeat(64) + "41ffff",
            "5f5840" + "ab".repeat(64) + "41abff", "d8799fd9057880ff");
    private static final List<String> UNITS = List.of("ab".repeat(28), "ab".repeat(28) + "00", "ab".repeat(28) + "3078",
            "00".repeat(28), "ff".repeat(60));

    @Test
    void isSpentOrLeftAloneAndNeverInTheWay() {
        try (CardanoWorld world = new CardanoWorld()) {
            DATUMS.forEach(datum -> submitsAResult(world, dust(world, Funds.lovelace(2_000_000), datum)));
            UNITS.forEach(unit -> submitsAResult(world, dust(world,
                    Funds.of(List.of(Amount.lovelace(2_000_000), new Amount(unit, BigInteger.TWO.pow(64).subtract(BigInteger.ONE)))),
                    null)));
        }
    }

    /** The ledger takes values of 5 000 bytes at most: a transaction with a larger one would be refused, and built again like it. */
    @Test
    void manyTokensStayInSeveralOutputsAsMuchLovelaceAsTheyNeed() throws Exception {
        try (CardanoWorld world = new CardanoWorld()) {
            List<Utxo> wallet = List.of(dust(world, tokens(60_000_000, 0, 70), null), utxo(world, 1, tokens(60_000_000, 70, 140), null),
                    utxo(world, 2, Funds.lovelace(6_000_000), null));
            SignedTransaction built = lock(world, wallet, 70_000_000);

            Funds change = built.change().stream().map(Utxo::value).reduce(Funds.NONE, Funds::plus);
            assertThat(change.nativeAssets()).isEqualTo(tokens(1, 0, 140).nativeAssets());
            assertHeldByTheLedger(world, built);
        }
    }

    /** The change of all of them together is more than the 64 bits that a ledger reads. */
    @Test
    void asMuchOfATokenAsNoOutputHoldsStaysInSeveralOutputs() throws Exception {
        try (CardanoWorld world = new CardanoWorld()) {
            List<Utxo> wallet = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                wallet.add(utxo(world, i,
                        Funds.of(List.of(Amount.lovelace(6_000_000), new Amount(UNITS.get(1), BigInteger.valueOf(Long.MAX_VALUE)))), null));
            }
            SignedTransaction built = lock(world, wallet, 15_000_000);

            assertThat(built.inputs()).hasSizeGreaterThanOrEqualTo(3);
            List<Utxo> holders = built.change().stream().filter(utxo -> !utxo.value().nativeAssets().isEmpty()).toList();
            assertThat(holders).hasSize(built.inputs().size())
                    .allMatch(utxo -> utxo.value().of(UNITS.get(1)).equals(BigInteger.valueOf(Long.MAX_VALUE)));
            assertHeldByTheLedger(world, built);
        }
    }

    /** What a stranger's outputs hold besides their own cost is next to nothing, and what they bring would not fit. */
    @Test
    void outputsFullOfTokensAreLeftAloneAsLongAsOthersSuffice() throws Exception {
        try (CardanoWorld world = new CardanoWorld()) {
            List<Utxo> wallet = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                wallet.add(utxo(world, i, tokens(22_000_000, i * 70, i * 70 + 70), null));
            }
            wallet.add(utxo(world, 6, Funds.of(List.of(Amount.lovelace(7_000_000), new Amount(UNITS.getFirst(), BigInteger.ONE))), null));
            wallet.add(utxo(world, 7, Funds.of(List.of(Amount.lovelace(6_000_000), new Amount(UNITS.getFirst(), BigInteger.ONE))), null));
            SignedTransaction built = lock(world, wallet, 10_000_000);

            assertThat(built.inputs()).containsExactlyInAnyOrder(wallet.get(6).ref(), wallet.get(7).ref());
            assertHeldByTheLedger(world, built);
        }
    }

    /** What is of little use alone goes with the change of others, and whoever pays their fees pays little for it. */
    @Test
    void smallOutputsAreSpentAlongForNextToNothing() {
        try (CardanoWorld world = new CardanoWorld()) {
            List<Utxo> wallet = new ArrayList<>(List.of(utxo(world, 0, Funds.lovelace(40_000_000), null),
                    utxo(world, 1, Funds.lovelace(30_000_000), null), utxo(world, 2, tokens(1_500_000, 0, 2), null)));
            for (int i = 3; i < 9; i++) {
                wallet.add(utxo(world, i, Funds.lovelace(1_000_000), null));
            }
            TransactionContent result = TransactionContent.on(escrow(world), new ChainAction.SubmitResult("e7".repeat(32)));
            SignedTransaction alone = world.factory.build(world.sourceId, world.seller, spendable(wallet, 0), result);
            SignedTransaction along = world.factory.build(world.sourceId, world.seller, spendable(wallet, 3), result);
            assertThat(along.inputs()).hasSize(alone.inputs().size() + 3);
            assertThat(along.feeLovelace() - alone.feeLovelace()).isBetween(1L, 10_000L);

            TransactionContent lock = lockOf(world, 10_000_000);
            SignedTransaction alsoAlone = world.factory.build(world.sourceId, world.buyer, spendable(wallet, 0), lock);
            SignedTransaction alsoAlong = world.factory.build(world.sourceId, world.buyer, spendable(wallet, 3), lock);
            assertThat(alsoAlong.inputs()).hasSize(alsoAlone.inputs().size() + 3);
            assertThat(alsoAlong.feeLovelace() - alsoAlone.feeLovelace()).isBetween(1L, 3L * 38 * 44);
        }
    }

    private static Spendable spendable(List<Utxo> wallet, int along) {
        return new Spendable(wallet, Map.of(), Set.of(), 0, along);
    }

    private static void assertHeldByTheLedger(CardanoWorld world, SignedTransaction built) throws Exception {
        LedgerParameters parameters = world.provider.parameters();
        MinAdaCalculator minimum = new MinAdaCalculator(parameters.protocol());
        for (TransactionOutput output : new TransactionDecoder().decode(built.bytes()).outputs().stream()
                .map(LedgerOutput::toClientLibrary).toList()) {
            assertThat(CborSerializationUtil.serialize(output.getValue().serialize()).length)
                    .isLessThanOrEqualTo(Integer.parseInt(parameters.protocol().getMaxValSize()));
            assertThat(output.getValue().getCoin()).isGreaterThanOrEqualTo(minimum.calculateMinAda(output));
        }
    }

    private static SignedTransaction lock(CardanoWorld world, List<Utxo> wallet, long price) {
        return world.factory.build(world.sourceId, world.buyer, wallet, lockOf(world, price));
    }

    private static TransactionContent lockOf(CardanoWorld world, long price) {
        long now = world.clock.millis();
        return TransactionContent.of(new ChainAction.Lock(BlockchainIdentifier.of("ab".repeat(64), "aabbccddeeff0099", "8458", "a401"),
                world.participant(world.seller), "5d".repeat(32),
                new EscrowTimes(now + 3_600_000, now + 7_200_000, now + 10_800_000, now + 14_400_000), Funds.lovelace(price)));
    }

    private static Funds tokens(long lovelace, int from, int to) {
        List<Amount> amounts = new ArrayList<>(List.of(Amount.lovelace(lovelace)));
        for (int i = from; i < to; i++) {
            amounts.add(new Amount(String.format("%056x", i) + String.format("%064x", i), BigInteger.TEN));
        }
        return Funds.of(amounts);
    }

    private static void submitsAResult(CardanoWorld world, Utxo dust) {
        List<Utxo> wallet = List.of(dust, utxo(world, 1, Funds.lovelace(5_000_000), null), utxo(world, 2, Funds.lovelace(6_000_000), null));
        SignedTransaction built = world.factory.build(world.sourceId, world.seller, wallet,
                TransactionContent.on(escrow(world), new ChainAction.SubmitResult("e7".repeat(32))));

        assertThat(built.inputs()).as("%s", dust).hasSize(2);
    }

    private static Utxo dust(CardanoWorld world, Funds value, String datum) {
        return utxo(world, 0, value, datum);
    }

    private static Utxo utxo(CardanoWorld world, int number, Funds value, String datum) {
        return new Utxo(new OutputRef(String.format("%064x", number), 0), world.identity(world.seller).address(), value, null, datum, null,
                null);
    }

    private static Utxo escrow(CardanoWorld world) {
        long now = world.clock.millis();
        EscrowDatum datum = new EscrowDatum(world.participant(world.buyer), world.participant(world.seller), "a401", "8458",
                "ab".repeat(40),
                "aabbccddeeff0099", BigInteger.valueOf(1_500_000), "5d".repeat(32), "",
                new EscrowTimes(now, now + 3_600_000, now + 7_200_000, now + 10_800_000), 0, 0, OnChainState.FundsLocked);
        return new Utxo(new OutputRef("ee".repeat(32), 0), world.escrowAddress, Funds.lovelace(6_500_000), null,
                EscrowDatumCodec.encodeHex(datum), null, null);
    }
}
