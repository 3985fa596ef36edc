package io.masumi.node.platform.serialization;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.axonframework.messaging.responsetypes.InstanceResponseType;
import org.axonframework.messaging.responsetypes.MultipleInstancesResponseType;
import org.axonframework.messaging.responsetypes.OptionalResponseType;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What processes of a node send each other over Axon Server: commands and queries, what they answer, updates, and why they failed. JSON of
 * {@link StoredJson}'s form, in which every value goes by its class, also within an {@code Optional} or a list: {@code ["class name", value]}
 * each. Axon's own says only that it is an {@code Optional} or a {@code List}, and the receiver gets maps.
 *
 * <p>It reads only what {@link MessageTypes} allows, and fails at all else. It is never used for what is stored.
 */
public final class MessageSerializer implements Serializer {

    private static final String LIST = "list";
    private static final String OPTIONAL = "optional";
    private static final String EXPECT_ONE = "expect one";
    private static final String EXPECT_OPTIONAL = "expect optional";
    private static final String EXPECT_LIST = "expect list";

    private final MessageTypes types;
    private final ObjectMapper mapper;
    private final Converter converter;

    /** Over a mapper of {@link StoredJson}. @param special what is written in messages otherwise */
    public MessageSerializer(ObjectMapper mapper, List<MessageJson> special, ClassLoader loader) {
        this.types = new MessageTypes(loader);
        this.mapper = mapper.copy().registerModules(special.stream().map(MessageJson::module).toList());
        this.converter = new ChainingConverter(loader);
    }

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> expectedRepresentation) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator json = mapper.createGenerator(bytes)) {
                write(json, object);
            }
            return new SimpleSerializedObject<>(converter.convert(bytes.toByteArray(), expectedRepresentation), expectedRepresentation,
                    type(object == null ? null : nameOf(object)));
        } catch (IOException e) {
            throw new SerializationException("A message of " + object.getClass().getName() + " cannot be written", e);
        }
    }

    private void write(JsonGenerator json, Object object) throws IOException {
        switch (object) {
            case List<?> all -> writeAll(json, all);
            case Optional<?> one -> writeAll(json, one.stream().toList());
            case ResponseType<?> expected -> json.writeString(expected.getExpectedResponseType().getName());
            case null, default -> mapper.writeValue(json, object);
        }
    }

    private void writeAll(JsonGenerator json, List<?> elements) throws IOException {
        json.writeStartArray();
        for (Object element : elements) {
            json.writeStartArray();
            json.writeString(nameOf(element));
            write(json, element);
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static String nameOf(Object object) {
        return switch (object) {
            case List<?> _ -> LIST;
            case Optional<?> _ -> OPTIONAL;
            case InstanceResponseType<?> _ -> EXPECT_ONE;
            case OptionalResponseType<?> _ -> EXPECT_OPTIONAL;
            case MultipleInstancesResponseType<?> _ -> EXPECT_LIST;
            case Enum<?> constant -> sendable(constant.getDeclaringClass());
            case null -> throw new SerializationException("A list that holds null cannot be sent between processes");
            default -> sendable(object.getClass());
        };
    }

    private static String sendable(Class<?> type) {
        if (!MessageTypes.isKnown(type)) {
            throw new SerializationException(type.getName() + " cannot be sent between processes: it is neither a record or enum of the"
                    + " node nor one of the JDK's that a receiver takes");
        }
        return type.getName();
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> expectedRepresentation) {
        return converter.canConvert(byte[].class, expectedRepresentation);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S, T> T deserialize(SerializedObject<S> message) {
        if (SerializedType.isEmptyType(message.getType())) {
            return null;
        }
        try {
            return (T) read(message.getType().getName(), mapper.readTree(converter.convert(message, byte[].class).getData()));
        } catch (IOException e) {
            throw new SerializationException("A message of " + message.getType().getName() + " cannot be read", e);
        }
    }

    private Object read(String name, JsonNode json) throws IOException {
        return switch (name) {
            case LIST -> readAll(json);
            case OPTIONAL -> readAll(json).stream().findFirst();
            case EXPECT_ONE -> new InstanceResponseType<>(expected(json));
            case EXPECT_OPTIONAL -> new OptionalResponseType<>(expected(json));
            case EXPECT_LIST -> new MultipleInstancesResponseType<>(expected(json));
            default -> mapper.treeToValue(json, types.instantiable(name).orElseThrow(() -> unknown(name)));
        };
    }

    private List<Object> readAll(JsonNode elements) throws IOException {
        List<Object> all = new ArrayList<>(elements.size());
        for (JsonNode element : elements) {
            all.add(read(element.path(0).asText(), element.path(1)));
        }
        return List.copyOf(all);
    }

    private Class<?> expected(JsonNode json) {
        return types.named(json.asText()).orElseThrow(() -> unknown(json.asText()));
    }

    private static SerializationException unknown(String name) {
        return new SerializationException("This process takes no messages of type " + name + "; is the sender of another version?");
    }

    /** Of a type that is not known a class that nobody handles: some callers ask where they could not report a failure. */
    @Override
    @SuppressWarnings("rawtypes")
    public Class classForType(SerializedType type) {
        if (SerializedType.isEmptyType(type)) {
            return Void.class;
        }
        return switch (type.getName()) {
            case LIST -> List.class;
            case OPTIONAL -> Optional.class;
            case EXPECT_ONE -> InstanceResponseType.class;
            case EXPECT_OPTIONAL -> OptionalResponseType.class;
            case EXPECT_LIST -> MultipleInstancesResponseType.class;
            default -> types.instantiable(type.getName()).orElse(UnknownSerializedType.class);
        };
    }

    @Override
    public SerializedType typeForClass(@SuppressWarnings("rawtypes") Class type) {
        return type == null || Void.class.equals(type) ? SerializedType.emptyType() : type(type.getName());
    }

    private static SerializedType type(String name) {
        return name == null ? SerializedType.emptyType() : new SimpleSerializedType(name, null);
    }

    @Override
    public Converter getConverter() {
        return converter;
    }
}
