package io.masumi.node.platform.serialization;

import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;

/**
 * Reads what is stored under a name that nobody knows as an {@link UnreadableEvent}, where the serializer behind it fails. Axon asks
 * for the class of each event when it reads a stream, so that one that fails would be the last that anybody reads.
 */
public final class UnreadableEvents implements Serializer {

    private final Serializer events;

    /** @param events reads what can be read, and fails at all else */
    public UnreadableEvents(Serializer events) {
        this.events = events;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class classForType(SerializedType type) {
        try {
            return events.classForType(type);
        } catch (SerializationException e) {
            return UnreadableEvent.class;
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S, T> T deserialize(SerializedObject<S> stored) {
        SerializedType type = stored.getType();
        try {
            events.classForType(type);
        } catch (SerializationException e) {
            return (T) new UnreadableEvent(type.getName(), type.getRevision(), e.getMessage());
        }
        return events.deserialize(stored);
    }

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> expectedRepresentation) {
        return events.serialize(object, expectedRepresentation);
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> expectedRepresentation) {
        return events.canSerializeTo(expectedRepresentation);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(Class type) {
        return events.typeForClass(type);
    }

    @Override
    public Converter getConverter() {
        return events.getConverter();
    }
}
