package io.masumi.node.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.masumi.node.DerivedId;

/** Id of an API key; it follows from the keyed hash of its token, so no two keys share a token. */
public record ApiKeyId(String value) {

    @JsonCreator
    public ApiKeyId {
    }

    /** @param tokenHash keyed hash of the token, hex */
    public static ApiKeyId of(String tokenHash) {
        return new ApiKeyId(DerivedId.of("api-key", tokenHash));
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
