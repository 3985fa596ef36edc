package io.masumi.node.chain.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.masumi.node.platform.serialization.StoredJson;

/** A column of a table in which values of one type stand as JSON. */
final class JsonColumn<T> {

    private final ObjectMapper json = StoredJson.mapper();
    private final Class<T> type;

    JsonColumn(Class<T> type) {
        this.type = type;
    }

    String written(T value) {
        try {
            return json.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a " + type.getSimpleName() + " cannot be written as JSON", e);
        }
    }

    T read(String stored) {
        try {
            return json.readValue(stored, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", e);
        }
    }
}
