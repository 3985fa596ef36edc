package io.masumi.node.gateway.sale;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.OnChainState;
import java.util.List;

/**
 * What became of records that waited for an operator.
 *
 * @param matching how many fitted before anything was done, on all pages
 * @param nextCursorId where to go on, null when these were the last
 */
record BulkRecoveryReply(boolean dryRun, long matching, @JsonProperty("Records") List<Recovered> records, String nextCursorId) {

    /** What became of one record. */
    public enum Outcome {
        /** It fits; nothing was done. */
        Matches,
        /** Its error is cleared. */
        Cleared,
        /** Its error is cleared and the action that failed is wanted again. */
        Retried,
        /** It changed meanwhile and was left alone. */
        Changed,
        /** Its record refused. */
        Refused,
        /** The node failed at it. */
        Failed
    }

    /**
     * @param updatedAt when it last changed before
     * @param errorNote what it said before
     * @param reason why it was not cleared, null when it was
     */
    public record Recovered(String id, String blockchainIdentifier, String updatedAt, OnChainState onChainState, ErrorType errorType,
            String errorNote, Outcome outcome, String reason) {}
}
