package io.masumi.node;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** JSON as strict as the platform stores it, for tests of what is stored. */
public final class NodeJson {

    /** Members are the record's components or the object's fields; nothing is coerced, no missing number becomes 0. */
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    /** As Jackson is out of the box, where it would also write what looks like a getter. */
    public static final ObjectMapper WITH_GETTERS = JsonMapper.builder().build();

    private NodeJson() {}

    /** A JSON object from the test resources. */
    public static ObjectNode resource(String path) {
        try (InputStream in = NodeJson.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no test resource " + path);
            }
            return (ObjectNode) MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
