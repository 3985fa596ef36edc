package io.masumi.node.devnet.phase1;

import io.masumi.node.cbor.CborItem;
import io.masumi.node.cbor.MalformedCborException;
import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.TransactionRejected;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The metadata within a transaction's auxiliary data. */
public final class TransactionMetadata {
    private static final int AUXILIARY_TAG = 259;
    private static final int METADATA = 0;

    private TransactionMetadata() {}

    /** Metadata by label, in the order it was sent. */
    public static Map<String, CborItem> of(LedgerTransaction transaction) {
        Map<String, CborItem> metadata = new LinkedHashMap<>();
        transaction.auxiliaryData().flatMap(TransactionMetadata::map).ifPresent(
                map -> map.entries().forEach(entry -> metadata.put(entry.getKey().asUnsigned().toString(), entry.getValue())));
        return metadata;
    }

    /** The three shapes of auxiliary data: a bare metadata map, a pair with native scripts, the tagged map. */
    private static Optional<CborItem> map(CborItem data) {
        return switch (data.kind()) {
            case MAP -> Optional.of(data);
            case ARRAY -> {
                requireNoScripts(!data.items(2).getLast().items().isEmpty());
                yield Optional.of(data.items(2).getFirst());
            }
            default -> {
                if (data.tag().orElse(0) != AUXILIARY_TAG) {
                    throw new MalformedCborException("the auxiliary data has none of its three shapes");
                }
                requireNoScripts(data.untagged().entries().stream().anyMatch(entry -> entry.getKey().asInt() != METADATA));
                yield data.untagged().member(METADATA);
            }
        };
    }

    private static void requireNoScripts(boolean there) {
        if (there) {
            throw TransactionRejected.because(LedgerFailure.UnsupportedByDevelopmentNetwork, "scripts in the auxiliary data");
        }
    }
}
