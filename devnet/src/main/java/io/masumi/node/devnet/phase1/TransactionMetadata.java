package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.cbor.CborItem;
import io.masumi.node.devnet.ledger.LedgerTransaction;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The metadata within a transaction's auxiliary data. */
public final class TransactionMetadata {
    private TransactionMetadata() {}

    /** Metadata by label, in the order it was sent. */
    public static Map<String, CborItem> of(LedgerTransaction transaction) {
        var metadata = new LinkedHashMap<String, CborItem>();
        transaction.auxiliaryData().flatMap(TransactionMetadata::map).ifPresent(
                map -> map.entries().forEach(entry -> metadata.put(entry.getKey().asUnsigned().toString(), entry.getValue())));
        return metadata;
    }

    /** The three shapes of auxiliary data: a bare metadata map, a pair with native scripts, the tagged map. */
    private static Optional<CborItem> map(CborItem data) {
        return switch (data.kind()) {
            case MAP -> Optional.of(data);
            case ARRAY -> Optional.of(data.items(2).getFirst());
            default -> data.untagged().member(0);
        };
    }
}
