package io.masumi.node.chain.cardano.codec;

import com.bloxbean.cardano.client.exception.CborDeserializationException;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import io.masumi.node.cbor.CborItem;
import io.masumi.node.cbor.MalformedCborException;
import java.util.HexFormat;
import java.util.Optional;

/** Plutus data from the bytes of strangers. */
public final class PlutusBytes {

    /** An escrow datum is nested 7 deep, tags counted. */
    private static final int MAX_DEPTH = 32;

    private PlutusBytes() {}

    /** The data, empty when the text is not the hex of the CBOR of Plutus data, or nested deeper than ours ever is. */
    public static Optional<PlutusData> read(String hex) {
        try {
            byte[] bytes = HexFormat.of().parseHex(hex);
            CborItem.parse(bytes, MAX_DEPTH);
            return Optional.ofNullable(PlutusData.deserialize(bytes));
        } catch (MalformedCborException | CborDeserializationException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            // The library reads well-formed CBOR that is no Plutus data with casts and assumptions of its own.
            return Optional.empty();
        }
    }
}
