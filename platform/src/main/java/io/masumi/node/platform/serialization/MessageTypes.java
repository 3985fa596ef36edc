package io.masumi.node.platform.serialization;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The types that a message between processes may name: records and enums of the node, and a few of the JDK. Making a record runs nothing
 * but its constructor, so whoever can send messages can make nothing else of the class path.
 */
final class MessageTypes {

    private static final String OURS = "io.masumi.node.";

    private static final Map<String, Class<?>> OF_THE_JDK = Stream.of(String.class, Boolean.class, Integer.class, Long.class,
            BigInteger.class, BigDecimal.class, Instant.class, Duration.class)
            .collect(Collectors.toMap(Class::getName, Function.identity()));

    private final ClassLoader loader;

    MessageTypes(ClassLoader loader) {
        this.loader = loader;
    }

    /** Whether values of that very class can be sent. */
    static boolean isKnown(Class<?> type) {
        return OF_THE_JDK.containsValue(type) || isOurs(type) && (type.isRecord() || type.isEnum());
    }

    /** The class of that name if values of it can be sent. */
    Optional<Class<?>> instantiable(String name) {
        return named(name).filter(MessageTypes::isKnown);
    }

    /** The class of that name if an answer of it, or of a type below it, can be asked for: also an interface of ours. */
    Optional<Class<?>> named(String name) {
        return Optional.<Class<?>>ofNullable(OF_THE_JDK.get(name)).or(() -> ours(name));
    }

    /** Without running anything of it. */
    private Optional<Class<?>> ours(String name) {
        if (!name.startsWith(OURS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(OURS);
    }
}
