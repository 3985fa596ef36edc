package io.masumi.node.chain.source;

import io.masumi.node.cbor.CborItem;
import io.masumi.node.cbor.CborItem.Kind;
import io.masumi.node.cbor.CborWriter;
import io.masumi.node.cbor.MalformedCborException;
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
                        .map(Optional::orElseThrow), Stream.of(CborWriter.byteString(given)));
    }

    /** @throws IllegalArgumentException if it is not hex */
    static byte[] ofHex(String hex) {
        return HexFormat.of().parseHex(hex.strip());
    }

    /** The content of a CBOR byte string of definite length; empty if the bytes are no such thing. */
    static Optional<byte[]> unwrapped(byte[] cbor) {
        try {
            return Optional.of(CborItem.parse(cbor)).filter(item -> item.kind() == Kind.BYTES && !item.isIndefinite())
                    .map(CborItem::asBytes);
        } catch (MalformedCborException e) {
            return Optional.empty();
        }
    }
}
