package io.masumi.node.chain.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** How a {@link WantedAction} is stored. */
final class WantedActionJson {

    private final ObjectMapper json;

    WantedActionJson(ObjectMapper json) {
        this.json = json;
    }

    String written(WantedAction action) {
        try {
            return json.writerFor(WantedAction.class).writeValueAsString(action);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a chain action cannot be written as JSON", e);
        }
    }

    WantedAction read(String parameters) {
        try {
            return json.readValue(parameters, WantedAction.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored chain action cannot be read", e);
        }
    }
}
