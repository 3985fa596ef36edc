package io.masumi.node.payment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.masumi.node.DerivedId;
import io.masumi.node.escrow.BlockchainIdentifier;

/** Id of a payment; it follows from the blockchain identifier, so a second payment of the same identifier is a conflict. */
public record PaymentId(String value) {

    @JsonCreator
    public PaymentId {
    }

    public static PaymentId of(BlockchainIdentifier identifier) {
        return new PaymentId(DerivedId.of("payment", identifier.value()));
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
