package io.masumi.node.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Id of an agent's registration, generated when it is requested. */
public record RegistrationId(String value) {

    @JsonCreator
    public RegistrationId {
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
