package io.masumi.node.query.projection;

import io.masumi.node.query.WireRecord;

/**
 * A row that is answered as it was rendered when it last changed.
 *
 * @param record as lists show it
 * @param withHistory its JSON with its histories, null where records have none
 */
public record Rendered<S extends Versioned>(S view, WireRecord record, String withHistory) {

    /** The row as queries answer it. */
    public WireRecord record(boolean includeHistory) {
        return includeHistory
                ? new WireRecord(record.id(), record.version(), record.ownerKeyId(), record.network(), record.smartContractAddress(),
                        record.updatedAt(), withHistory)
                : record;
    }
}
