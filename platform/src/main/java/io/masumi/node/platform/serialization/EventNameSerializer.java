package io.masumi.node.platform.serialization;

import java.util.Objects;
import java.util.Optional;

import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.json.JacksonSerializer;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.masumi.node.EventName;

/**
 * JSON in which events go by their {@link EventName} and sagas by their {@link SagaName}; everything else (commands, tokens) by its class.
 *
 * <p>Reading fails where Axon would pass on an "unknown" payload: an aggregate that skips an event it does not know would
 * decide on a wrong state. A stored revision other than the class's fails too, since an upcaster must have brought it forward.
 */
public final class EventNameSerializer extends JacksonSerializer {

    private final EventNames names;
    private final SagaNames sagas;

    /** Over the mapper of {@link StoredJson}. */
    public EventNameSerializer(EventNames names, SagaNames sagas, ObjectMapper mapper, ClassLoader loader) {
        super(builder().objectMapper(mapper).converter(new ChainingConverter(loader)));
        this.names = names;
        this.sagas = sagas;
    }

    @Override
    public SerializedType typeForClass(@SuppressWarnings("rawtypes") Class type) {
        if (type == null) {
            return SerializedType.emptyType();
        }
        Class<?> known = type;
        return EventNames.name(known).<SerializedType>map(name -> new SimpleSerializedType(name.value(), name.revision()))
                .or(() -> SagaNames.name(known).map(name -> new SimpleSerializedType(name.value(), name.revision())))
                .orElseGet(() -> super.typeForClass(type));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class classForType(SerializedType type) {
        Optional<Class<?>> event = names.eventClass(type.getName());
        if (event.isPresent()) {
            requireRevision(EventNames.name(event.get()).orElseThrow().revision(), type);
            return event.get();
        }
        Optional<Class<?>> saga = sagas.sagaClass(type.getName());
        if (saga.isPresent()) {
            requireRevision(SagaNames.name(saga.get()).orElseThrow().revision(), type);
            return saga.get();
        }
        Class other = super.classForType(type);
        if (UnknownSerializedType.class.equals(other)) {
            throw new SerializationException("Nothing is known under the stored name " + type.getName() + ", revision " + type.getRevision()
                    + "; was it written by a newer version of the node, or a name changed without an upcaster?");
        }
        return other;
    }

    private static void requireRevision(String revision, SerializedType stored) {
        if (!Objects.equals(revision, stored.getRevision())) {
            throw new SerializationException(
                    "A stored " + stored.getName() + " has revision " + stored.getRevision() + ", but this node reads revision "
                            + revision + " and nothing brought it forward");
        }
    }
}
