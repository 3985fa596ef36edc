package io.masumi.node.platform.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.UnknownSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSerializerTest {

    /** Named by nobody but a message's type, and by no annotation. */
    sealed interface Answer {
        record Yes(BigInteger lovelace) implements Answer {}

        record No(Optional<Instant> until) implements Answer {}

        enum Perhaps implements Answer {
            LATER {
                @Override
                public String toString() {
                    return "a class of its own";
                }
            }
        }
    }

    /** Ours, but neither a record nor an enum: what is made of it may do anything. */
    static final class Gadget {
        static final List<String> MADE = new ArrayList<>();

        Gadget(String name) {
            MADE.add(name);
        }
    }

    private final MessageSerializer serializer = new MessageSerializer(StoredJson.mapper(), List.of(), getClass().getClassLoader());

    @Test
    void whatIsInAListOrAnOptionalKeepsItsType() {
        Answer.Yes yes = new Answer.Yes(BigInteger.TWO.pow(80));
        Answer.No no = new Answer.No(Optional.of(Instant.parse("2026-01-01T00:00:00.123456789Z")));
        for (Object each : List.of(yes, no, Answer.Perhaps.LATER, 7L, 7, true, "text", Optional.empty(), Optional.of(no), List.of(),
                List.of(yes, no, Answer.Perhaps.LATER, 7L, 7, "text"), Optional.of(List.of(Optional.of(yes), Optional.empty())),
                List.of(List.of(), List.of(no)))) {
            assertThat(returned(each)).isEqualTo(each);
        }
    }

    @Test
    void nothingIsNull() {
        SerializedObject<byte[]> nothing = serializer.serialize(null, byte[].class);
        assertThat(serializer.<byte[], Object>deserialize(nothing)).isNull();
        assertThat(serializer.classForType(nothing.getType())).isEqualTo(Void.class);
    }

    @Test
    void saysWhatKindOfAnswerIsExpected() {
        for (ResponseType<? extends Object> each : List.of(ResponseTypes.instanceOf(Answer.class),
                ResponseTypes.optionalInstanceOf(Answer.Yes.class),
                ResponseTypes.multipleInstancesOf(Long.class))) {
            assertThat(returned(each)).isEqualTo(each);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.io.File", "java.util.ArrayList", "java.lang.Object", "java.lang.ProcessBuilder",
            "javax.naming.InitialContext", "org.springframework.context.support.ClassPathXmlApplicationContext",
            "org.axonframework.eventhandling.GlobalSequenceTrackingToken", "io.masumi.node.NoSuchThing",
            "io.masumi.node.platform.serialization.MessageSerializerTest$Gadget",
            "io.masumi.node.platform.serialization.MessageSerializerTest$Answer", "[Lio.masumi.node.Rejection;", "list<java.io.File>"})
    void whatAMessageNamesIsNotMadeUnlessItIsKnown(String name) {
        for (SerializedObject<byte[]> message : List.of(message(name, "\"/etc/passwd\""),
                message("list", "[[\"%s\",\"/etc/passwd\"]]".formatted(name)),
                message("optional", "[[\"list\",[[\"%s\",\"/etc/passwd\"]]]]".formatted(name)))) {
            assertThatThrownBy(() -> serializer.deserialize(message)).isInstanceOf(SerializationException.class).hasMessageContaining(name);
        }
        assertThat(serializer.classForType(message(name, "").getType())).isEqualTo(UnknownSerializedType.class);
        assertThat(Gadget.MADE).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.io.File", "org.springframework.context.support.ClassPathXmlApplicationContext"})
    void norIsAskedFor(String name) {
        for (String kind : List.of("expect one", "expect optional", "expect list")) {
            assertThatThrownBy(() -> serializer.deserialize(message(kind, '"' + name + '"'))).isInstanceOf(SerializationException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void whatNobodyCouldReadIsNotSent() {
        for (Object each : List.of(new File("/tmp"), new Gadget("own"), Map.of("a", 1), Set.of("a"), Arrays.asList("a", null),
                Optional.of(new Object()))) {
            Gadget.MADE.clear();
            assertThatThrownBy(() -> serializer.serialize(each, byte[].class)).isInstanceOf(SerializationException.class)
                    .hasMessageContaining("cannot be sent");
        }
    }

    private static SerializedObject<byte[]> message(String type, String json) {
        return new SimpleSerializedObject<>(json.getBytes(StandardCharsets.UTF_8), byte[].class, type, null);
    }

    private Object returned(Object sent) {
        return serializer.deserialize(serializer.serialize(sent, byte[].class));
    }
}
