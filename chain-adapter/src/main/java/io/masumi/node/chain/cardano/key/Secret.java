package io.masumi.node.chain.cardano.key;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.util.Objects;

/**
 * A secret on its way between parts of the node: it shows in no text, and is written as JSON only where {@link SecretsInMessages} seals it.
 *
 * @param text never null
 */
@JsonSerialize(using = Secret.NotWritten.class)
@JsonDeserialize(using = Secret.NotRead.class)
public record Secret(String text) {

    public Secret {
        Objects.requireNonNull(text, "a secret");
    }

    /** @param text may be null: then it is null too */
    public static Secret of(String text) {
        return text == null ? null : new Secret(text);
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }

    static final class NotWritten extends JsonSerializer<Secret> {

        @Override
        public void serialize(Secret secret, JsonGenerator json, SerializerProvider serializers) throws IOException {
            serializers.reportMappingProblem("a secret is not written in clear");
        }
    }

    static final class NotRead extends JsonDeserializer<Secret> {

        @Override
        public Secret deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return context.reportInputMismatch(Secret.class, "a secret is not read in clear");
        }
    }
}
