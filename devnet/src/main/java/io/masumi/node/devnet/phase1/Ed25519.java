package io.masumi.node.devnet.phase1;

import com.bloxbean.cardano.client.crypto.api.SigningProvider;
import com.bloxbean.cardano.client.crypto.config.CryptoConfiguration;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ed25519 verification as strict as a node's (libsodium): the library at hand takes a signature for right whose scalar is not
 * reduced, so that anybody could turn one signature into another, and points of small order.
 */
final class Ed25519 {
    private static final int HALF = 32;
    private static final BigInteger ORDER = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger FIELD = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    /** The y coordinates, without the sign bit, of the points whose order divides 8. */
    private static final Set<BigInteger> SMALL_ORDER = Stream
            .of("0000000000000000000000000000000000000000000000000000000000000000",
                    "0100000000000000000000000000000000000000000000000000000000000000",
                    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
            .map(hex -> littleEndian(HexFormat.of().parseHex(hex))).collect(Collectors.toUnmodifiableSet());

    private final SigningProvider library = CryptoConfiguration.INSTANCE.getSigningProvider();

    /**
     * @param publicKey 32 bytes
     * @param signature 64 bytes
     */
    boolean verifies(byte[] publicKey, byte[] signature, byte[] message) {
        byte[] commitment = Arrays.copyOf(signature, HALF);
        BigInteger scalar = littleEndian(Arrays.copyOfRange(signature, HALF, 2 * HALF));
        if (scalar.compareTo(ORDER) >= 0 || isOfSmallOrder(commitment) || isOfSmallOrder(publicKey)
                || y(publicKey).compareTo(FIELD) >= 0) {
            return false;
        }
        try {
            return library.verify(signature, message, publicKey);
        } catch (RuntimeException notAPoint) {
            return false;
        }
    }

    private static boolean isOfSmallOrder(byte[] point) {
        return SMALL_ORDER.contains(y(point).mod(FIELD));
    }

    private static BigInteger y(byte[] point) {
        return littleEndian(point).clearBit(255);
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }
}
