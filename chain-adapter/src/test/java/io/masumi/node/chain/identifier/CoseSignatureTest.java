package io.masumi.node.chain.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.crypto.config.CryptoConfiguration;
import io.masumi.node.chain.InteropVectors;
import io.masumi.node.escrow.BlockchainIdentifier;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoseSignatureTest {

    static Stream<InteropVectors.Sale> sales() {
        return InteropVectors.sales();
    }

    @ParameterizedTest
    @MethodSource("sales")
    void signsByteForByteAsOtherNodesDo(InteropVectors.Sale sale) {
        CoseSignature signed = sign(sale);

        assertThat(signed.signature()).isEqualTo(sale.coseSign1());
        assertThat(signed.key()).isEqualTo(sale.coseKey());
        assertThat(BlockchainIdentifier.of(sale.terms().sellerIdentifier(), sale.terms().purchaserIdentifier(), signed.signature(),
                signed.key()).value()).isEqualTo(sale.blockchainIdentifier());
    }

    @ParameterizedTest
    @MethodSource("sales")
    void coversThePayloadThatWasSignedAndNoOther(InteropVectors.Sale sale) {
        CoseSignature signed = new CoseSignature(sale.coseSign1(), sale.coseKey());
        byte[] other = sale.terms().digest();
        other[31] ^= 1;

        assertThat(signed.covers(sale.terms().digest())).isTrue();
        assertThat(signed.covers(other)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("sales")
    void noFlippedBitPasses(InteropVectors.Sale sale) {
        byte[] payload = sale.terms().digest();
        byte[] signature = HexFormat.of().parseHex(sale.coseSign1());
        // The value of the unprotected "hashed" header is signed by nobody; all else is.
        int hashed = sale.coseSign1().indexOf("686173686564") / 2;
        for (int i = 0; i < signature.length; i++) {
            if (i >= hashed - 2 && i <= hashed + 6) {
                continue;
            }
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = signature.clone();
                changed[i] ^= (byte) (1 << bit);
                assertThat(new CoseSignature(HexFormat.of().formatHex(changed), sale.coseKey()).covers(payload))
                        .as("byte %d bit %d", i, bit).isFalse();
            }
        }
    }

    @Test
    void acceptsOtherWellFormedFormsOfASignatureByTheKey() {
        InteropVectors.Sale sale = InteropVectors.sales().findFirst().orElseThrow();
        Account account = Account.createFromMnemonic(Networks.testnet(), sale.sellerMnemonic());
        byte[] payload = sale.terms().digest();
        String digest = HexFormat.of().formatHex(payload);
        // Protected header {1: -8} alone, no "hashed", tag 18 around it.
        String toBeSigned = "846a5369676e61747572653143a10127405820" + digest;
        String signature = HexFormat.of().formatHex(CryptoConfiguration.INSTANCE.getSigningProvider()
                .signExtended(HexFormat.of().parseHex(toBeSigned), account.privateKeyBytes()));

        assertThat(new CoseSignature("d28443a10127a05820" + digest + "5840" + signature, sale.coseKey()).covers(payload)).isTrue();
        assertThat(new CoseSignature("8443a10127a0f65840" + signature, sale.coseKey()).covers(payload)).isTrue();
        assertThat(new CoseSignature("8443a10126a05820" + digest + "5840" + signature, sale.coseKey()).covers(payload)).isFalse();
        assertThat(new CoseSignature("8440a05820" + digest + "5840" + signature, sale.coseKey()).covers(payload)).isFalse();
    }

    @Test
    void hostileInputIsRefusedWithoutAnException() {
        InteropVectors.Sale sale = InteropVectors.sales().findFirst().orElseThrow();
        byte[] payload = sale.terms().digest();
        String zeroKey = sale.coseKey().substring(0, sale.coseKey().length() - 64) + "ff".repeat(32);

        for (String hostile : new String[]{"", "8", "zz", "84", "a0", "ff", "9f", "8400000000", "5b7fffffffffffffff00",
                "9b7fffffffffffffff",
                "81".repeat(5000) + "00", "8440a0f640", sale.coseSign1() + "00"}) {
            assertThat(new CoseSignature(hostile, sale.coseKey()).covers(payload)).as(hostile).isFalse();
            assertThat(new CoseSignature(sale.coseSign1(), hostile).covers(payload)).as(hostile).isFalse();
        }
        assertThat(new CoseSignature(sale.coseSign1(), zeroKey).covers(payload)).isFalse();
        assertThat(new CoseSignature(sale.coseSign1(), "a10101").publicKey()).isEmpty();
    }

    private static CoseSignature sign(InteropVectors.Sale sale) {
        Account account = Account.createFromMnemonic(Networks.testnet(), sale.sellerMnemonic());
        return CoseSignature.of(sale.terms().digest(), account.getBaseAddress().getBytes(), account.publicKeyBytes(),
                message -> CryptoConfiguration.INSTANCE.getSigningProvider().signExtended(message, account.privateKeyBytes()));
    }
}
