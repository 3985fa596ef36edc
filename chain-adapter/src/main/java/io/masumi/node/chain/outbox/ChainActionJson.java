package io.masumi.node.chain.outbox;

import io.masumi.node.chain.cardano.transaction.ChainAction;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** How a {@link ChainAction} is stored. */
final class ChainActionJson {

    private final ObjectMapper json;

    ChainActionJson(ObjectMapper json) {
        this.json = json;
    }

    String written(ChainAction action) {
        try {
            return json.writerFor(ChainAction.class).writeValueAsString(action);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a chain action cannot be written as JSON", e);
        }
    }

    ChainAction read(String parameters) {
        try {
            return json.readValue(parameters, ChainAction.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored chain action cannot be read", e);
        }
    }
}
