package io.masumi.node.wallet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.masumi.node.DerivedId;
import io.masumi.node.source.PaymentSourceId;

/** Id of a hot wallet; it follows from the payment source and the payment key, so one key serves a source once. */
public record HotWalletId(String value) {

    @JsonCreator
    public HotWalletId {
    }

    /** @param vkey hex hash of the payment key */
    public static HotWalletId of(PaymentSourceId sourceId, String vkey) {
        return new HotWalletId(DerivedId.of("hot-wallet", sourceId.value(), vkey));
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
