package io.masumi.node.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The wire contract's schemas, strict: what they do not name must not be there. */
public final class WireSchemas {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode SCHEMAS = closed(read());
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4,
            builder -> builder.metaSchema(OpenApi30.getInstance()).defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));

    private WireSchemas() {}

    /** The record, if it is what that schema says. */
    public static JsonNode valid(String schema, String record) {
        try {
            JsonSchema validator = FACTORY.getSchema(SCHEMAS.get(schema),
                    SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
            JsonNode json = JSON.readTree(record);
            assertThat(validator.validate(json)).as(record).isEmpty();
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read() {
        try (InputStream stream = WireSchemas.class.getResourceAsStream("/wire-schemas.json")) {
            return JSON.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode closed(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(WireSchemas::closed);
        return schema;
    }
}
