package io.masumi.node.chain.source;

import co.nstant.in.cbor.CborException;
import co.nstant.in.cbor.model.ByteString;
import com.bloxbean.cardano.client.common.cbor.CborSerializationUtil;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Script bytes as others hand them out. The ledger hashes the flat program in one CBOR byte string; APIs and files give that,
 * or a byte string around it, or the bare program. Which it is shows in the hash, and only there.
 */
final class ScriptBytes {

    /** A script gets on chain only inside a transaction, and none is larger. */
    static final int MAX_BYTES = 16_384;

    private ScriptBytes() {}

    /** The script with this hash, if that is what these bytes hold. */
    static Optional<byte[]> withHash(String hash, byte[] given) {
        return forms(given).filter(form -> Scripts.hash(form).equals(hash)).findFirst();
    }

    /** What the ledger might hash of these bytes, the likeliest first; nothing when they are too many for a script. */
    static Stream<byte[]> forms(byte[] given) {
        if (given.length > MAX_BYTES) {
            return Stream.of();
        }
        return Stream
                .concat(Stream.iterate(Optional.of(given), Optional::isPresent, outer -> outer.flatMap(ScriptBytes::unwrapped)).limit(3)
                        .map(Optional::orElseThrow), Stream.of(wrapped(given)));
    }

    /** @throws IllegalArgumentException if it is not hex */
    static byte[] ofHex(String hex) {
        return HexFormat.of().parseHex(hex.strip());
    }

    /** The content of a CBOR byte string of definite length; empty if the bytes are no such thing. */
    static Optional<byte[]> unwrapped(byte[] cbor) {
        int head = cbor.length == 0 ? 0 : cbor[0] & 0xff;
        int lengthBytes = switch (head) {
            case 0x58 -> 1;
            case 0x59 -> 2;
            case 0x5a -> 4;
            default -> 0;
        };
        int start = 1 + lengthBytes;
        boolean isShort = head >= 0x40 && head < 0x58;
        if (!isShort && lengthBytes == 0 || cbor.length < start) {
            return Optional.empty();
        }
        long length = isShort ? head - 0x40L : new BigInteger(1, Arrays.copyOfRange(cbor, 1, start)).longValue();
        return length == cbor.length - start ? Optional.of(Arrays.copyOfRange(cbor, start, cbor.length)) : Optional.empty();
    }

    /** The bytes in a CBOR byte string. */
    static byte[] wrapped(byte[] content) {
        try {
            return CborSerializationUtil.serialize(new ByteString(content));
        } catch (CborException e) {
            throw new IllegalStateException("a byte string can be written", e);
        }
    }
}
