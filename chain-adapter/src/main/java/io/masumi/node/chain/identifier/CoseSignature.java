package io.masumi.node.chain.identifier;

import co.nstant.in.cbor.CborDecoder;
import co.nstant.in.cbor.CborException;
import co.nstant.in.cbor.model.Array;
import co.nstant.in.cbor.model.ByteString;
import co.nstant.in.cbor.model.DataItem;
import co.nstant.in.cbor.model.Map;
import co.nstant.in.cbor.model.NegativeInteger;
import co.nstant.in.cbor.model.SimpleValue;
import co.nstant.in.cbor.model.Special;
import co.nstant.in.cbor.model.UnicodeString;
import co.nstant.in.cbor.model.UnsignedInteger;
import com.bloxbean.cardano.client.cip.cip8.COSEKey;
import com.bloxbean.cardano.client.cip.cip8.builder.COSESign1Builder;
import com.bloxbean.cardano.client.cip.cip8.HeaderMap;
import com.bloxbean.cardano.client.cip.cip8.Headers;
import com.bloxbean.cardano.client.cip.cip8.ProtectedHeaderMap;
import com.bloxbean.cardano.client.common.cbor.CborSerializationUtil;
import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import io.masumi.node.cbor.CborItem;
import io.masumi.node.cbor.MalformedCborException;
import io.masumi.node.chain.cardano.key.Ed25519;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A CIP-8 signature as CIP-30's {@code signData} gives it: a COSE_Sign1 and the COSE_Key that it is by.
 *
 * @param signature hex COSE_Sign1
 * @param key hex COSE_Key
 */
record CoseSignature(String signature, String key) {

    private static final long EDDSA = -8;
    private static final long KEY_TYPE_OKP = 1;
    private static final long CURVE_ED25519 = 6;
    private static final Set<DataItem> ED25519_ALGORITHMS = Set.of(number(EDDSA), number(-19), new UnicodeString("EdDSA"),
            new UnicodeString("Ed25519"));
    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    private static final int MAX_DEPTH = 8;

    /**
     * Signs a payload, byte for byte as other Masumi nodes do.
     *
     * @param address the signer's address, bytes
     * @param publicKey 32 bytes
     * @param signer makes the Ed25519 signature of what it is given
     */
    static CoseSignature of(byte[] payload, byte[] address, byte[] publicKey, UnaryOperator<byte[]> signer) {
        Headers headers = new Headers()
                ._protected(new ProtectedHeaderMap(
                        new HeaderMap().algorithmId(EDDSA).keyId(publicKey).addOtherHeader("address", new ByteString(address))))
                .unprotected(new HeaderMap());
        COSESign1Builder builder = new COSESign1Builder(headers, payload, false).hashed(false);
        byte[] signature = signer.apply(builder.makeDataToSign().serializeAsBytes());
        COSEKey key = new COSEKey().keyType(KEY_TYPE_OKP).algorithmId(EDDSA).addOtherHeader(-1, new UnsignedInteger(CURVE_ED25519))
                .addOtherHeader(-2, new ByteString(publicKey));
        return new CoseSignature(HexFormat.of().formatHex(builder.build(signature).serializeAsBytes()),
                HexFormat.of().formatHex(key.serializeAsBytes()));
    }

    /**
     * The 32 bytes of the key, empty if the COSE_Key holds none. The other members are not looked at: the signature does not
     * cover them, and wallets write them differently (some name no curve). What binds the key is its hash, and the signature.
     */
    Optional<byte[]> publicKey() {
        return item(key).flatMap(item -> item instanceof Map map && map.get(number(-2)) instanceof ByteString x
                && x.getBytes().length == KEY_BYTES ? Optional.of(x.getBytes()) : Optional.empty());
    }

    /** Whether this is a well-formed COSE_Sign1 over the payload by the key; never throws. */
    boolean covers(byte[] payload) {
        return publicKey().map(publicKey -> covers(payload, publicKey)).orElse(false);
    }

    private boolean covers(byte[] payload, byte[] publicKey) {
        List<DataItem> parts = item(signature).map(CoseSignature::members).orElse(List.of());
        if (parts.size() != 4 || !(parts.get(0) instanceof ByteString protectedBytes) || !(parts.get(1) instanceof Map unprotected)
                || !(parts.get(3) instanceof ByteString signed) || signed.getBytes().length != SIGNATURE_BYTES) {
            return false;
        }
        Optional<Map> protectedHeaders = headers(protectedBytes.getBytes());
        if (protectedHeaders.isEmpty() || !isEdDsa(protectedHeaders.get(), unprotected)) {
            return false;
        }
        // CIP-8: with hashed = true the payload is the blake2b-224 hash of what is signed.
        boolean hashed = SimpleValue.TRUE.equals(header(protectedHeaders.get(), unprotected, new UnicodeString("hashed")));
        byte[] expected = hashed ? Blake2bUtil.blake2bHash224(payload) : payload;
        boolean detached = SimpleValue.NULL.equals(parts.get(2));
        if (!detached && !(parts.get(2) instanceof ByteString stated && Arrays.equals(stated.getBytes(), expected))) {
            return false;
        }
        Array toBeSigned = new Array().add(new UnicodeString("Signature1")).add(new ByteString(protectedBytes.getBytes()))
                .add(new ByteString(new byte[0])).add(new ByteString(expected));
        try {
            return Ed25519.verifies(publicKey, signed.getBytes(), CborSerializationUtil.serialize(toBeSigned));
        } catch (CborException e) {
            return false;
        }
    }

    private static Optional<Map> headers(byte[] bytes) {
        return bytes.length == 0 ? Optional.of(new Map()) : item(bytes).map(item -> item instanceof Map map ? map : null);
    }

    /** Wallets name the algorithm by number. A name in text, and the number of RFC 9864 for just this curve, mean the same. */
    private static boolean isEdDsa(Map protectedHeaders, Map unprotected) {
        DataItem algorithm = header(protectedHeaders, unprotected, number(1));
        return algorithm == null || ED25519_ALGORITHMS.contains(algorithm);
    }

    private static DataItem header(Map protectedHeaders, Map unprotected, DataItem label) {
        DataItem covered = protectedHeaders.get(label);
        return covered != null ? covered : unprotected.get(label);
    }

    /** What an array holds; the library adds the end mark to one of indefinite length. */
    private static List<DataItem> members(DataItem item) {
        return item instanceof Array array
                ? array.getDataItems().stream().filter(each -> !Special.BREAK.equals(each)).toList()
                : List.of();
    }

    private static DataItem number(long value) {
        return value >= 0 ? new UnsignedInteger(value) : new NegativeInteger(value);
    }

    private static Optional<DataItem> item(String hex) {
        try {
            return item(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<DataItem> item(byte[] bytes) {
        try {
            CborItem.parse(bytes, MAX_DEPTH);
            return Optional.of(CborDecoder.decode(bytes).getFirst());
        } catch (MalformedCborException | CborException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            // The library has exceptions of its own for well-formed items that it does not know.
            return Optional.empty();
        }
    }
}
