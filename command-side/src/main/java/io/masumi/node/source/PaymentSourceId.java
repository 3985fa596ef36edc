package io.masumi.node.source;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.masumi.node.DerivedId;
import io.masumi.node.escrow.Network;

/** Id of a payment source; it follows from network and contract address, so there is one source per contract. */
public record PaymentSourceId(String value) {

    @JsonCreator
    public PaymentSourceId {
    }

    public static PaymentSourceId of(Network network, String smartContractAddress) {
        return new PaymentSourceId(DerivedId.of("payment-source", network.name(), smartContractAddress));
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
