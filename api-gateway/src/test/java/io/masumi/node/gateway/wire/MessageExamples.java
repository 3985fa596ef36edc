package io.masumi.node.gateway.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.masumi.node.chain.cardano.key.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Makes values of any type that messages are made of: as full as can be, as empty as their constructors allow, and those between. */
final class MessageExamples {

    private static final int MAX_OF_A_TYPE = 40;
    private static final int ATTEMPTS = 20_000;

    /** Forms that some record or other demands of its texts. */
    private static final List<String> TEXTS = List.of("a text", "ab".repeat(32), "ab".repeat(28), "ab".repeat(34),
            "c0123456789abcdefghijklmn", "addr_test1vqgehugzl7mml7sakj3n9stp8cwkwjpazfngeyf6vay9kwqqr3x7r", "12", "1".repeat(64) + "#0",
            "https://example.org", "lovelace", "2026-01-01T00:00:00.123456789Z", "ab".repeat(32) + "#1");

    /** The text of all secrets, which no message may show. */
    static final String SECRET = "words that nobody else may read";

    private final Map<Type, List<Object>> known = new HashMap<>(Map.of(Secret.class, List.of(new Secret(SECRET))));

    /** At least one; the fullest first and the emptiest last. */
    List<Object> of(Type type) {
        List<Object> found = known.get(type);
        if (found == null) {
            found = List.copyOf(new LinkedHashSet<>(make(type)));
            known.put(type, found);
        }
        return found;
    }

    private List<Object> make(Type type) {
        return switch (type) {
            case Class<?> named -> ofClass(named);
            case ParameterizedType generic -> ofGeneric((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
            case WildcardType wild -> of(wild.getUpperBounds()[0]);
            case GenericArrayType array -> throw unknown(array);
            default -> throw unknown(type);
        };
    }

    private List<Object> ofGeneric(Class<?> raw, Type[] arguments) {
        List<Object> first = of(arguments[0]);
        if (raw == List.class || raw == Collection.class) {
            return List.of(first, List.of(first.getLast()), List.of());
        }
        if (raw == Set.class) {
            return List.of(new LinkedHashSet<>(first), Set.of());
        }
        if (raw == Optional.class) {
            return Stream.concat(first.stream().<Object>map(Optional::of), Stream.of(Optional.empty())).toList();
        }
        if (raw == Map.class) {
            Map<Object, Object> all = new HashMap<>();
            List<Object> values = of(arguments[1]);
            for (int i = 0; i < first.size(); i++) {
                all.put(first.get(i), values.get(i % values.size()));
            }
            return List.of(all, Map.of());
        }
        return ofClass(raw);
    }

    private List<Object> ofClass(Class<?> type) {
        if (type == String.class) {
            return List.copyOf(TEXTS);
        }
        if (type == int.class || type == Integer.class) {
            return List.of(1, 2, 3, 1000, Integer.MAX_VALUE, 0);
        }
        if (type == long.class || type == Long.class) {
            return List.of(1_700_000_000_000L, 1L, 2L, 1000L, Long.MAX_VALUE, 0L);
        }
        if (type == boolean.class || type == Boolean.class) {
            return List.of(true, false);
        }
        if (type == BigInteger.class) {
            return List.of(BigInteger.TWO.pow(63), BigInteger.ONE, BigInteger.ZERO);
        }
        if (type == BigDecimal.class) {
            return List.of(new BigDecimal("0.0577"), new BigDecimal("721"), BigDecimal.ZERO);
        }
        if (type == Instant.class) {
            return List.of(Instant.parse("2026-01-01T00:00:00.123456789Z"), Instant.EPOCH);
        }
        if (type == Duration.class) {
            return List.of(Duration.ofMinutes(15), Duration.ofNanos(1_000_000_001), Duration.ZERO);
        }
        if (type.isEnum()) {
            return List.of(type.getEnumConstants());
        }
        if (type.isRecord()) {
            return ofRecord(type);
        }
        if (type.isSealed()) {
            return Arrays.stream(type.getPermittedSubclasses()).flatMap(each -> of(each).stream()).toList();
        }
        return Arrays.stream(type.getDeclaredMethods())
                .filter(each -> Modifier.isStatic(each.getModifiers()) && each.isAnnotationPresent(JsonCreator.class)).findFirst()
                .map(this::madeBy).orElseThrow(() -> unknown(type));
    }

    private List<Object> madeBy(Method factory) {
        return of(factory.getGenericParameterTypes()[0]).stream().map(argument -> {
            try {
                return factory.invoke(null, argument);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }).toList();
    }

    private List<Object> ofRecord(Class<?> type) {
        List<List<Object>> choices = Arrays.stream(type.getRecordComponents()).map(MessageExamples.this::choices).toList();
        Constructor<?> constructor = constructor(type);
        Object[] full = fullest(type, constructor, choices);
        List<Object> examples = new ArrayList<>();
        examples.add(made(constructor, full).orElseThrow());
        Object[] emptiest = full.clone();
        for (int i = 0; i < full.length; i++) {
            for (Object choice : choices.get(i)) {
                made(constructor, with(full, i, choice)).ifPresent(examples::add);
            }
            Object kept = emptiest[i];
            emptiest[i] = choices.get(i).getLast();
            if (made(constructor, emptiest).isEmpty()) {
                emptiest[i] = kept;
            }
        }
        List<Object> some = new ArrayList<>(new LinkedHashSet<>(examples));
        some = some.subList(0, Math.min(some.size(), MAX_OF_A_TYPE - 1));
        some.remove(made(constructor, emptiest).orElseThrow());
        some.add(made(constructor, emptiest).orElseThrow());
        return some;
    }

    /** The emptiest last: null where anything but a primitive belongs, and is more than the record's only value. */
    private List<Object> choices(RecordComponent component) {
        List<Object> all = new ArrayList<>(of(component.getGenericType()));
        if (!component.getType().isPrimitive() && !isWrittenAsItsValue(component.getDeclaringRecord())) {
            all.add(null);
        }
        return Collections.unmodifiableList(all);
    }

    /** Whether it is written as its one value, so that one of null would be null itself. */
    private static boolean isWrittenAsItsValue(Class<?> type) {
        return type.getRecordComponents().length == 1
                && Arrays.stream(type.getDeclaredMethods()).anyMatch(each -> each.isAnnotationPresent(JsonValue.class));
    }

    private static Object[] fullest(Class<?> type, Constructor<?> constructor, List<List<Object>> choices) {
        Object[] values = choices.stream().map(List::getFirst).toArray();
        Random random = new Random(type.getName().hashCode());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (made(constructor, values).isPresent()) {
                return values;
            }
            for (int i = 0; i < values.length; i++) {
                List<Object> some = choices.get(i);
                // Nulls only when it does not go without.
                values[i] = some.get(random.nextInt(some.size() - (attempt < ATTEMPTS / 2 && some.size() > 1 && some.getLast() == null
                        ? 1
                        : 0)));
            }
        }
        throw new AssertionError("No example of " + type.getName() + " was found: give " + MessageExamples.class.getSimpleName()
                + " a text or number of the form that its constructor demands");
    }

    private static Object[] with(Object[] values, int at, Object other) {
        Object[] changed = values.clone();
        changed[at] = other;
        return changed;
    }

    private static Constructor<?> constructor(Class<?> type) {
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(
                    Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class[]::new));
            canonical.setAccessible(true);
            return canonical;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<Object> made(Constructor<?> constructor, Object[] values) {
        try {
            return Optional.of(constructor.newInstance(values));
        } catch (InvocationTargetException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static AssertionError unknown(Type type) {
        return new AssertionError(
                type + " is part of a message, but is no record, enum or sealed type of them, and none of the few other types"
                        + " that messages are made of");
    }
}
