package io.masumi.node.purchase;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.masumi.node.DerivedId;
import io.masumi.node.escrow.BlockchainIdentifier;

/** Id of a purchase; it follows from the blockchain identifier, so a second purchase of the same identifier is a conflict. */
public record PurchaseId(String value) {

    @JsonCreator
    public PurchaseId {
    }

    public static PurchaseId of(BlockchainIdentifier identifier) {
        return new PurchaseId(DerivedId.of("purchase", identifier.value()));
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
