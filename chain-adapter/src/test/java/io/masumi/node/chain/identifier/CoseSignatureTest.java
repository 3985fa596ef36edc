package io.masumi.node.chain.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import com.bloxbean.cardano.client.crypto.config.CryptoConfiguration;
import io.masumi.node.chain.InteropVectors;
import io.masumi.node.escrow.BlockchainIdentifier;
import java.math.BigInteger;
import java.util.Arrays;
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

    /** What wallets differ in, and what CBOR lets them differ in. */
    @Test
    void acceptsEveryWellFormedSignatureByTheKey() {
        InteropVectors.Sale sale = InteropVectors.sales().findFirst().orElseThrow();
        byte[] payload = sale.terms().digest();
        String digest = HexFormat.of().formatHex(payload);
        String x = sale.coseKey().substring(sale.coseKey().length() - 64);
        String signed = signature(sale, "43a10127", "5820" + digest);

        holds(sale, "d28443a10127a05820" + digest + signed, "tag 18, no \"hashed\"");
        holds(sale, "8443a10127a0f6" + signed, "payload left out");
        holds(sale, "9f43a10127bf66686173686564f4ff5820" + digest + signed + "ff", "array and map of indefinite length");
        holds(sale, "845f42a1014127ffa05f50" + digest.substring(0, 32) + "50" + digest.substring(32) + "ff" + signed, "strings in chunks");
        holds(sale, "98045803a10127b90000590020" + digest + signed, "lengths longer than need be");
        holds(sale, "8443a10127a2045820" + x + "63666f6f8101" + "5820" + digest + signed, "key id and more, not protected");
        String withKeyId = "5826a20127045820" + x;
        holds(sale, "84" + withKeyId + "a05820" + digest + signature(sale, withKeyId, "5820" + digest), "key id, protected");
        holds(sale, "8448a101654564445341a05820" + digest + signature(sale, "48a101654564445341", "5820" + digest),
                "algorithm by its name");
        holds(sale, "8443a10132a05820" + digest + signature(sale, "43a10132", "5820" + digest), "algorithm of RFC 9864");
        holds(sale, "8440a101275820" + digest + signature(sale, "40", "5820" + digest), "algorithm not protected");
        holds(sale, "8440a05820" + digest + signature(sale, "40", "5820" + digest), "no algorithm");
        String hash = HexFormat.of().formatHex(Blake2bUtil.blake2bHash224(payload));
        holds(sale, "8443a10127a166686173686564f5581c" + hash + signature(sale, "43a10127", "581c" + hash), "hashed");
        String hashed = "4ba2012766686173686564f5";
        holds(sale, "84" + hashed + "a0581c" + hash + signature(sale, hashed, "581c" + hash), "hashed, protected");

        assertThat(new CoseSignature("8443a10126a05820" + digest + signature(sale, "43a10126", "5820" + digest), sale.coseKey())
                .covers(payload)).as("another algorithm").isFalse();
        assertThat(new CoseSignature("8440a05820" + digest + signed, sale.coseKey()).covers(payload)).as("other headers").isFalse();
    }

    @Test
    void takesTheKeyFromItsLabelWhateverStandsBesideIt() {
        InteropVectors.Sale sale = InteropVectors.sales().findFirst().orElseThrow();
        String x = sale.coseKey().substring(sale.coseKey().length() - 64);
        for (String key : new String[]{"a4010103270621215820" + x, "a4010103272006215820" + x, "a20101215820" + x, "a1215820" + x,
                "bf010103272006215820" + x + "ff", "a601010241aa03270481022006215820" + x,
                "a401634f4b5003654564445341206745643235353139215820" + x,
                "a4215820" + x + "010103272006", "a1215f50" + x.substring(0, 32) + "50" + x.substring(32) + "ff"}) {
            assertThat(new CoseSignature(sale.coseSign1(), key).covers(sale.terms().digest())).as(key).isTrue();
        }
        for (String none : new String[]{"a1015820" + x, "a12141aa", "a121581f" + x.substring(2), "5820" + x, "a12163616263"}) {
            assertThat(new CoseSignature(sale.coseSign1(), none).publicKey()).as(none).isEmpty();
        }
    }

    /** Otherwise everybody could make a second signature from the first one. */
    @ParameterizedTest
    @MethodSource("sales")
    void aSignatureHasNoSecondForm(InteropVectors.Sale sale) {
        byte[] signature = HexFormat.of().parseHex(sale.coseSign1());
        byte[] scalar = Arrays.copyOfRange(signature, signature.length - 32, signature.length);
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] larger = reversed(new BigInteger(1, reversed(scalar)).add(order).toByteArray());
        System.arraycopy(larger, 0, signature, signature.length - 32, 32);

        assertThat(new CoseSignature(HexFormat.of().formatHex(signature), sale.coseKey()).covers(sale.terms().digest())).isFalse();
    }

    @Test
    void hostileInputIsRefusedWithoutAnException() {
        InteropVectors.Sale sale = InteropVectors.sales().findFirst().orElseThrow();
        byte[] payload = sale.terms().digest();
        String zeroKey = sale.coseKey().substring(0, sale.coseKey().length() - 64) + "ab".repeat(32);

        for (String hostile : new String[]{"", "8", "zz", "84", "a0", "ff", "9f", "8400000000", "5b7fffffffffffffff00",
                "9b7fffffffffffffff",
                "81".repeat(5000) + "00", "8440a0f640", sale.coseSign1() + "00"}) {
            assertThat(new CoseSignature(hostile, sale.coseKey()).covers(payload)).as(hostile).isFalse();
            assertThat(new CoseSignature(sale.coseSign1(), hostile).covers(payload)).as(hostile).isFalse();
        }
        assertThat(new CoseSignature(sale.coseSign1(), zeroKey).covers(payload)).isFalse();
        assertThat(new CoseSignature(sale.coseSign1(), "a10101").publicKey()).isEmpty();
    }

    private static void holds(InteropVectors.Sale sale, String signature, String form) {
        assertThat(new CoseSignature(signature, sale.coseKey()).covers(sale.terms().digest())).as(form).isTrue();
    }

    /** @param headers and payload: CBOR byte strings, hex. @return the signature as such */
    private static String signature(InteropVectors.Sale sale, String headers, String payload) {
        byte[] toBeSigned = HexFormat.of().parseHex("846a5369676e617475726531" + headers + "40" + payload);
        return "5840" + HexFormat.of().formatHex(CryptoConfiguration.INSTANCE.getSigningProvider().signExtended(toBeSigned,
                Account.createFromMnemonic(Networks.testnet(), sale.sellerMnemonic()).privateKeyBytes()));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static CoseSignature sign(InteropVectors.Sale sale) {
        Account account = Account.createFromMnemonic(Networks.testnet(), sale.sellerMnemonic());
        return CoseSignature.of(sale.terms().digest(), account.getBaseAddress().getBytes(), account.publicKeyBytes(),
                message -> CryptoConfiguration.INSTANCE.getSigningProvider().signExtended(message, account.privateKeyBytes()));
    }
}
