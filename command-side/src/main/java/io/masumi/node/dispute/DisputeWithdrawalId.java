package io.masumi.node.dispute;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.masumi.node.DerivedId;

/** Id of a disputed withdrawal; it follows from the transaction that is to be signed, so there is one per transaction. */
public record DisputeWithdrawalId(String value) {

    @JsonCreator
    public DisputeWithdrawalId {
    }

    /** @param transactionHash hex */
    public static DisputeWithdrawalId of(String transactionHash) {
        return new DisputeWithdrawalId(DerivedId.of("dispute-withdrawal", transactionHash));
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
