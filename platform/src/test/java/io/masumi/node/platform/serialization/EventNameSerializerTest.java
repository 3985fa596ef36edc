package io.masumi.node.platform.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.modelling.command.AggregateScopeDescriptor;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.masumi.node.EventName;

class EventNameSerializerTest {

    enum Kind {
        SMALL,
        LARGE
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({@JsonSubTypes.Type(value = Price.Fixed.class, name = "fixed"),
            @JsonSubTypes.Type(value = Price.Free.class, name = "free")})
    sealed interface Price {
        record Fixed(BigInteger lovelace) implements Price {}

        record Free() implements Price {}
    }

    @EventName(value = "test.serialization.Everything", revision = "2")
    record Everything(String text, long number, BigInteger big, Instant at, Duration pause, Optional<Instant> later, Optional<String> none,
            Kind kind, Price price, List<Price> prices, Map<String, Integer> counts, byte[] bytes, boolean yes) {}

    @EventName("test.serialization.Paid")
    record Paid(long lovelace) {}

    /** As a saga is: private state, a no-argument constructor, methods that look like getters. */
    static class Stateful {
        private String name = "";
        private Optional<Price> price = Optional.empty();
        private transient Object injected = new Object();

        boolean isFinished() {
            return injected == null;
        }

        public String getLoud() {
            return name.toUpperCase();
        }
    }

    private final EventNameSerializer serializer = new EventNameSerializer(EventNames.of(List.of(Everything.class, Paid.class)),
            SagaNames.of(List.of()),
            StoredJson.mapper(), getClass().getClassLoader());

    @Test
    void theStoredFormIsFixed() {
        Everything event = new Everything("text", Long.MAX_VALUE, BigInteger.TEN.pow(30), Instant.parse("2026-01-02T03:04:05.006007008Z"),
                Duration.ofSeconds(61), Optional.of(Instant.EPOCH), Optional.empty(), Kind.LARGE, new Price.Fixed(BigInteger.TWO),
                List.of(new Price.Free()), Map.of("a", 1), new byte[]{1, 2}, true);

        SerializedObject<String> stored = serializer.serialize(event, String.class);

        assertThat(stored.getType().getName()).isEqualTo("test.serialization.Everything");
        assertThat(stored.getType().getRevision()).isEqualTo("2");
        assertThat(stored.getData()).isEqualTo("{\"text\":\"text\",\"number\":9223372036854775807,\"big\":1000000000000000000000000000000,"
                + "\"at\":\"2026-01-02T03:04:05.006007008Z\",\"pause\":\"PT1M1S\",\"later\":\"1970-01-01T00:00:00Z\",\"none\":null,\"kind\":\"LARGE\","
                + "\"price\":{\"type\":\"fixed\",\"lovelace\":2},\"prices\":[{\"type\":\"free\"}],\"counts\":{\"a\":1},\"bytes\":\"AQI=\",\"yes\":true}");
        assertThat(serializer.<String, Everything>deserialize(stored)).usingRecursiveComparison().isEqualTo(event);
    }

    @Test
    void aNewerVersionMayAddMembers() {
        assertThat(read("test.serialization.Paid", "1", "{\"lovelace\":5,\"memo\":\"x\"}")).isEqualTo(new Paid(5));
    }

    @Test
    void whatMeansMoneyIsNeverGuessed() {
        assertThatThrownBy(() -> read("test.serialization.Paid", "1", "{}")).isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> read("test.serialization.Paid", "1", "{\"lovelace\":null}")).isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> read("test.serialization.Paid", "1", "{\"lovelace\":1.5}")).isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> read("test.serialization.Paid", "1", "{\"lovelace\":\"5\"}")).isInstanceOf(SerializationException.class);
    }

    @Test
    void anUnknownNameFails() {
        assertThatThrownBy(() -> read("test.serialization.Gone", "1", "{}")).isInstanceOf(SerializationException.class)
                .hasMessageContaining("test.serialization.Gone");
    }

    @Test
    void anotherRevisionFails() {
        assertThatThrownBy(() -> read("test.serialization.Everything", "1", "{}")).isInstanceOf(SerializationException.class)
                .hasMessageContaining("revision 1").hasMessageContaining("reads revision 2");
    }

    @Test
    void twoEventsOfOneNameFailAtOnce() {
        @EventName("test.serialization.Paid")
        record AlsoPaid() {}

        assertThatThrownBy(() -> EventNames.of(List.of(Paid.class, AlsoPaid.class))).hasMessageContaining("test.serialization.Paid");
    }

    @Test
    void eventsAreFoundOnTheClassPath() {
        EventNames names = EventNames.inPackage("io.masumi.node.platform.serialization", getClass().getClassLoader());

        assertThat(names.eventClass("test.serialization.Paid")).contains(Paid.class);
    }

    @Test
    void ourOtherClassesAreStoredByTheirFields() {
        Stateful saga = new Stateful();
        saga.name = "x";
        saga.price = Optional.of(new Price.Free());

        SerializedObject<String> stored = serializer.serialize(saga, String.class);

        assertThat(stored.getData()).isEqualTo("{\"name\":\"x\",\"price\":{\"type\":\"free\"}}");
        assertThat(serializer.<String, Stateful>deserialize(stored).getLoud()).isEqualTo("X");
        assertThat(serializer.<String, Stateful>deserialize(stored).isFinished()).isFalse();
    }

    @Test
    void axonsOwnTypesSurvive() {
        TrackingToken token = ReplayToken.createReplayToken(GapAwareTrackingToken.newInstance(9, List.of(3L, 5L)),
                GapAwareTrackingToken.newInstance(4, List.of(3L)));
        assertThat(copy(token)).isEqualTo(token);
        AggregateScopeDescriptor scope = new AggregateScopeDescriptor("Counter", "id");
        assertThat(copy(scope)).isEqualTo(scope);
    }

    private Object copy(Object original) {
        return serializer.deserialize(serializer.serialize(original, byte[].class));
    }

    private Object read(String name, String revision, String json) {
        return serializer.deserialize(new SimpleSerializedObject<>(json, String.class, name, revision));
    }
}
