package io.masumi.node.platform.eventstore;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import com.google.protobuf.ByteString;

import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;

/**
 * An event as it is stored; nothing of its payload is read.
 *
 * @param identifier its own
 * @param type of its aggregate; null if it has none
 * @param aggregate its id
 * @param sequence its number in the aggregate, from 0
 * @param timestamp in whole milliseconds, as both stores keep it
 * @param payloadType the event's stored name
 * @param revision null if none is stored
 * @param metadata texts, truth values and whole numbers of 64 bits (as {@link Long}) or null, by their names
 */
record StoredEvent(String identifier, String type, String aggregate, long sequence, Instant timestamp, String payloadType, String revision,
        byte[] payload, SortedMap<String, Object> metadata) {

    /**
     * With metadata as they were read from JSON.
     *
     * @throws EventCopyException if Axon Server could not keep them as they are
     */
    static StoredEvent of(String identifier, String type, String aggregate, long sequence, Instant timestamp, String payloadType,
            String revision, byte[] payload, Map<String, ?> metadata) {
        TreeMap<String, Object> kept = new TreeMap<>();
        metadata.forEach((name, value) -> kept.put(name, kept(identifier, name, value)));
        return new StoredEvent(identifier, nullIfEmpty(type), aggregate, sequence, timestamp, payloadType, nullIfEmpty(revision), payload,
                kept);
    }

    /** As Axon Server has it. */
    static StoredEvent of(Event event) {
        TreeMap<String, Object> metadata = new TreeMap<>();
        event.getMetaDataMap().forEach((name, value) -> metadata.put(name, switch (value.getDataCase()) {
            case TEXT_VALUE -> value.getTextValue();
            case BOOLEAN_VALUE -> value.getBooleanValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case DATA_NOT_SET -> null;
            case DOUBLE_VALUE, BYTES_VALUE -> throw unkept(event.getMessageIdentifier(), name);
        }));
        return new StoredEvent(event.getMessageIdentifier(), nullIfEmpty(event.getAggregateType()), event.getAggregateIdentifier(),
                event.getAggregateSequenceNumber(), Instant.ofEpochMilli(event.getTimestamp()), event.getPayload().getType(),
                nullIfEmpty(event.getPayload().getRevision()), event.getPayload().getData().toByteArray(), metadata);
    }

    /** For Axon Server. */
    Event toEvent() {
        Event.Builder event = Event.newBuilder().setMessageIdentifier(identifier).setAggregateIdentifier(aggregate)
                .setAggregateSequenceNumber(sequence).setAggregateType(emptyIfNull(type)).setTimestamp(timestamp.toEpochMilli())
                .setPayload(SerializedObject.newBuilder().setType(payloadType).setRevision(emptyIfNull(revision))
                        .setData(ByteString.copyFrom(payload)));
        metadata.forEach((name, value) -> event.putMetaData(name, grpc(value)));
        return event.build();
    }

    /** All of it in one form, whichever store it was read from: the same bytes mean the same event. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + payload.length);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String text : new String[]{identifier, type, aggregate, payloadType, revision}) {
                write(out, text);
            }
            out.writeLong(sequence);
            out.writeLong(timestamp.toEpochMilli());
            out.writeInt(payload.length);
            out.write(payload);
            out.writeInt(metadata.size());
            for (Map.Entry<String, Object> each : metadata.entrySet()) {
                write(out, each.getKey());
                write(out, each.getValue() == null ? null : each.getValue().getClass().getSimpleName());
                write(out, each.getValue() == null ? null : each.getValue().toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("nothing in memory fails to be written", e);
        }
        return bytes.toByteArray();
    }

    boolean isSameAs(StoredEvent other) {
        return Arrays.equals(bytes(), other.bytes());
    }

    /** Which event it is, for a person. */
    @Override
    public String toString() {
        return payloadType + " " + identifier + ", number " + sequence + " of " + aggregate;
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static Object kept(String event, String name, Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth;
            case Long number -> number;
            case Integer number -> number.longValue();
            case BigInteger number when number.bitLength() < Long.SIZE -> number.longValue();
            default -> throw unkept(event, name);
        };
    }

    private static MetaDataValue grpc(Object value) {
        MetaDataValue.Builder grpc = MetaDataValue.newBuilder();
        switch (value) {
            case null -> grpc.clear();
            case Boolean truth -> grpc.setBooleanValue(truth);
            case Long number -> grpc.setNumberValue(number);
            default -> grpc.setTextValue(value.toString());
        }
        return grpc.build();
    }

    private static EventCopyException unkept(String event, String name) {
        return new EventCopyException("The metadata \"" + name + "\" of event " + event
                + " is neither text nor truth value nor whole number: it cannot be moved as it is");
    }

    private static String nullIfEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static String emptyIfNull(String text) {
        return text == null ? "" : text;
    }
}
