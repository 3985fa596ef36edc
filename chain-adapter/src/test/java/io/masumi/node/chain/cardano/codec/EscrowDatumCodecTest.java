package io.masumi.node.chain.cardano.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.chain.InteropVectors;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Participant;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EscrowDatumCodecTest {

    static Stream<InteropVectors.Sale> sales() {
        return InteropVectors.sales();
    }

    @ParameterizedTest
    @MethodSource("sales")
    void readsTheDatumOfAnotherNode(InteropVectors.Sale sale) {
        assertThat(EscrowDatumCodec.decode(sale.datumHex(), Network.Preprod)).contains(datum(sale));
        assertThat(datum(sale).blockchainIdentifier().value()).isEqualTo(sale.blockchainIdentifier());
    }

    @ParameterizedTest
    @MethodSource("sales")
    void writesTheSameDataAsAnotherNode(InteropVectors.Sale sale) {
        assertThat(EscrowDatumCodec.encodeHex(datum(sale))).isEqualTo(sale.datumHex());
    }

    @ParameterizedTest
    @MethodSource("sales")
    void readsDefiniteLengthsToo(InteropVectors.Sale sale) {
        String definite = sale.datumHex().replaceFirst("^d8799f", "d87990");
        definite = definite.substring(0, definite.length() - 2);

        assertThat(EscrowDatumCodec.decode(definite, Network.Preprod)).contains(datum(sale));
    }

    @Test
    void anActionKeepsEveryFieldButFour() {
        InteropVectors.Sale sale = InteropVectors.sales().findFirst().orElseThrow();
        String before = sale.datumHex();

        String after = EscrowDatumCodec.continued(before, "ab".repeat(32), 5, 0, OnChainState.ResultSubmitted).serializeToHex();

        EscrowDatum old = datum(sale);
        assertThat(EscrowDatumCodec.decode(after, Network.Preprod)).contains(
                new EscrowDatum(old.buyer(), old.seller(), old.referenceKey(), old.referenceSignature(), old.sellerNonce(),
                        old.buyerNonce(), old.collateralReturnLovelace(), old.inputHash(), "ab".repeat(32), old.times(), 5, 0,
                        OnChainState.ResultSubmitted));
    }

    @Test
    void cooldownsThatNoLongHoldsAreReadAsTheLargest() {
        String datum = InteropVectors.sales().findFirst().orElseThrow().datumHex();
        String huge = datum.substring(0, datum.length() - "0000d87980ff".length()) + "00c249" + "01" + "00".repeat(8) + "d87980ff";

        assertThat(EscrowDatumCodec.decode(huge, Network.Preprod)).hasValueSatisfying(
                read -> assertThat(read.buyerCooldownTime()).isEqualTo(Long.MAX_VALUE));
    }

    /** Stored, such a number could never be read again: the record, its saga and its view would stop for ever. */
    @Test
    void aCollateralReturnOfThousandsOfDigitsIsNoEscrowDatum() {
        String datum = InteropVectors.sales().findFirst().orElseThrow().datumHex();
        String huge = datum.replaceFirst("1a0016e360", "c25f" + ("5840" + "ff".repeat(64)).repeat(8) + "ff");
        assertThat(huge).isNotEqualTo(datum);

        assertThat(EscrowDatumCodec.decode(huge, Network.Preprod)).isEmpty();
    }

    @Test
    void aParticipantHeldByAScriptHasNoKey() {
        String datum = InteropVectors.sales().findFirst().orElseThrow().datumHex();
        String scriptBuyer = datum.replaceFirst("^d8799fd8799fd8799f", "d8799fd8799fd87a9f");

        assertThat(EscrowDatumCodec.decode(scriptBuyer, Network.Preprod)).hasValueSatisfying(read -> {
            assertThat(read.buyer().vkey()).isNull();
            assertThat(read.buyer().address()).startsWith("addr_test1");
        });
    }

    @Test
    void whatIsNoEscrowDatumIsEmptyAndNeverAnException() {
        String datum = InteropVectors.sales().findFirst().orElseThrow().datumHex();
        String negativeTime = datum.replace("1b000001a0c4506c00", "3b000001a0c4506c00");
        String hugeTime = datum.replace("1b000001a0c4506c00", "1bffffffffffffffff");
        String otherState = datum.replaceFirst("d87980ff$", "d87d80ff");
        String stateWithField = datum.replaceFirst("d87980ff$", "d8798100ff");
        String pointer = datum.replaceFirst("d8799fd8799fd8799f581cf2fdc62bbef1fdf1bc3d24edbdb8b6a0979920dd85e61e852fb19921ffffff",
                "d8799fd87a9f010203ffff");
        String seventeen = datum.substring(0, datum.length() - 2) + "00ff";
        String otherConstructor = datum.replaceFirst("^d879", "d87a");
        String shortHash = datum.replaceFirst("581c6b0afe", "581b0afe");
        assertThat(pointer).isNotEqualTo(datum);

        for (String hostile : new String[]{null, "", "0", "zz", "00", "80", "a0", "f6", "d87980", "d9050280", "d86682", "d8668200",
                "d866821bffffffffffffffff80", "9b7fffffffffffffff", "5b7fffffffffffffff", "bb7fffffffffffffff", "81".repeat(8000) + "00",
                "d879".repeat(4000) + "80", "9f".repeat(8000), "5f".repeat(100), "c25b00000000ffffffff", "fb7ff0000000000000", negativeTime,
                hugeTime, otherState, stateWithField, pointer, seventeen, otherConstructor, shortHash, datum + "00",
                datum.substring(0, datum.length() - 2)}) {
            assertThat(EscrowDatumCodec.decode(hostile, Network.Preprod)).as(hostile).isEmpty();
        }
    }

    @Test
    void redeemersAreConstructorsInTheOrderOfTheContract() {
        assertThat(RedeemerCodec.encode(EscrowAction.Withdraw).serializeToHex()).isEqualTo("d87980");
        assertThat(RedeemerCodec.encode(EscrowAction.AuthorizeRefund).serializeToHex()).isEqualTo("d87f80");
        for (EscrowAction action : EscrowAction.values()) {
            if (action != EscrowAction.Lock) {
                assertThat(RedeemerCodec.decode(RedeemerCodec.encode(action).serializeToHex())).contains(action);
            }
        }
        assertThat(RedeemerCodec.decode("d8668218" + "80" + "80")).isEmpty();
        assertThat(RedeemerCodec.decode("d8668205" + "80")).contains(EscrowAction.SubmitResult);
        assertThat(RedeemerCodec.decode("d866821bffffffffffffffff80")).isEmpty();
        assertThat(RedeemerCodec.decode("00")).isEmpty();
        assertThat(RedeemerCodec.decode("")).isEmpty();
    }

    private static EscrowDatum datum(InteropVectors.Sale sale) {
        return new EscrowDatum(new Participant(sale.buyerVkey(), sale.buyerAddress()),
                new Participant(sale.sellerVkey(), sale.sellerAddress()), sale.coseKey(), sale.coseSign1(), sale.terms().sellerIdentifier(),
                sale.terms().purchaserIdentifier(), BigInteger.valueOf(1_500_000), sale.terms().inputHash(), "", sale.terms().times(), 0, 0,
                OnChainState.FundsLocked);
    }

    @Test
    void vectorIdentifiersComeApart() {
        InteropVectors.sales().forEach(sale -> assertThat(new BlockchainIdentifier(sale.blockchainIdentifier()).parts().key())
                .isEqualTo(sale.coseKey()));
    }
}
