package io.masumi.node.platform.deadline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.axonframework.deadline.dbscheduler.DbSchedulerBinaryDeadlineDetails;
import org.axonframework.modelling.command.AggregateScopeDescriptor;
import org.axonframework.modelling.saga.SagaScopeDescriptor;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.kagkarlsson.scheduler.serializer.Serializer;

import io.masumi.node.platform.serialization.SagaNames;

/**
 * The form in which deadlines are stored: JSON with a revision and names of our own, where Axon would have its own class written by
 * Java, with the simple name of the saga's class in it. Deadlines in that older form are still read.
 */
final class StoredDeadlines implements Serializer {

    static final String REVISION = "1";

    private final SagaNames sagas;
    private final ObjectMapper json;

    StoredDeadlines(SagaNames sagas, ObjectMapper json) {
        this.sagas = sagas;
        this.json = json;
    }

    /**
     * @param saga stored name of the saga's class, or null
     * @param aggregate type of the aggregate, or null
     * @param id of the saga or aggregate
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Scope(String saga, String aggregate, String id) {}

    /** @param payload null when there is none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Stored(String revision, String deadline, Scope scope, String payloadType, String payloadRevision, JsonNode payload,
            JsonNode metaData) {}

    @Override
    public byte[] serialize(Object data) {
        return switch (data) {
            case null -> null;
            case DbSchedulerBinaryDeadlineDetails deadline -> written(deadline);
            default -> throw new SerializationException("Only deadlines are scheduled, not " + data.getClass().getName());
        };
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] bytes) {
        return type.cast(bytes == null ? null : isOfJava(bytes) ? DEFAULT_JAVA_SERIALIZER.deserialize(type, bytes) : read(bytes));
    }

    /** What a deadline is called, and the id of the saga or aggregate that it is for. */
    record Description(String deadline, String id) {}

    /** Of a stored deadline, whether it can be read or not. */
    Description describe(byte[] bytes) {
        try {
            JsonNode stored = json.readTree(bytes);
            return new Description(stored.path("deadline").asText("a deadline"), stored.path("scope").path("id").asText("unknown"));
        } catch (IOException e) {
            return new Description("a deadline that cannot be read", "unknown");
        }
    }

    /** Whether it is in the older form. */
    static boolean isOfJava(byte[] bytes) {
        return bytes.length > 1 && bytes[0] == (byte) 0xac && bytes[1] == (byte) 0xed;
    }

    private byte[] written(DbSchedulerBinaryDeadlineDetails deadline) {
        try {
            boolean hasPayload = !SerializedType.emptyType().getName().equals(deadline.getPc());
            return json.writeValueAsBytes(new Stored(REVISION, deadline.getD(), scope(deadline), hasPayload ? deadline.getPc() : null,
                    deadline.getR(), hasPayload ? json.readTree(deadline.getP()) : null, json.readTree(deadline.getM())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Scope scope(DbSchedulerBinaryDeadlineDetails deadline) throws IOException {
        JsonNode scope = json.readTree(deadline.getS());
        String type = scope.required("type").textValue();
        String id = scope.required("identifier").textValue();
        if (AggregateScopeDescriptor.class.getName().equals(deadline.getSc())) {
            return new Scope(null, type, id);
        }
        return new Scope(sagas.ofSimpleName(type).orElseThrow(() -> new SerializationException("The saga " + type + " has no @SagaName")),
                null, id);
    }

    private DbSchedulerBinaryDeadlineDetails read(byte[] bytes) {
        try {
            Stored stored = json.readValue(bytes, Stored.class);
            if (!REVISION.equals(stored.revision())) {
                throw new SerializationException(
                        "A stored deadline has revision " + stored.revision() + ", but this node reads " + REVISION);
            }
            boolean ofSaga = stored.scope().saga() != null;
            String type = ofSaga
                    ? sagas.sagaClass(stored.scope().saga()).map(Class::getSimpleName).orElseThrow(
                            () -> new SerializationException("Nothing is known under the stored name " + stored.scope().saga()))
                    : stored.scope().aggregate();
            ObjectNode scope = json.createObjectNode().put("type", type).put("identifier", stored.scope().id());
            return new DbSchedulerBinaryDeadlineDetails(stored.deadline(), json.writeValueAsBytes(scope),
                    (ofSaga ? SagaScopeDescriptor.class : AggregateScopeDescriptor.class).getName(),
                    stored.payload() == null ? "null".getBytes(StandardCharsets.UTF_8) : json.writeValueAsBytes(stored.payload()),
                    stored.payload() == null ? SerializedType.emptyType().getName() : stored.payloadType(), stored.payloadRevision(),
                    json.writeValueAsBytes(stored.metaData()));
        } catch (JsonProcessingException e) {
            throw new SerializationException("A stored deadline cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
