package io.masumi.node.platform.serialization;

import java.math.BigInteger;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.introspect.VisibilityChecker;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;

/**
 * The one form of JSON in which events, messages, tokens and sagas are stored. It never changes: stored events are for ever.
 *
 * <ul>
 * <li>Times are ISO-8601 texts in full precision, so are durations; numbers keep every digit.
 * <li>Members that a reader does not know are passed by. How an event's members may change is said at
 * {@link io.masumi.node.EventName}.
 * <li>A missing number or a fraction where a whole number belongs is an error, never a silent 0. Amounts of money are texts
 * of decimal digits, since other readers of JSON lose digits of large numbers.
 * <li>Records are read and written by their components; other classes of the node (sagas, aggregates) by their fields.
 * </ul>
 *
 * A member of a sealed type needs {@code @JsonTypeInfo} with names by {@code @JsonTypeName}: class names must not be stored.
 */
public final class StoredJson {

    private static final String OURS = "io.masumi.node.";

    private StoredJson() {}

    /** A new mapper of that form. */
    public static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModules(new Jdk8Module(), new JavaTimeModule(), new ParameterNamesModule())
                .annotationIntrospector(new OurClassesByFields())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                        DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(BigInteger.class,
                        coercion -> coercion.setCoercion(CoercionInputShape.String, CoercionAction.TryConvert))
                .build();
    }

    private static final class OurClassesByFields extends JacksonAnnotationIntrospector {

        @Override
        public VisibilityChecker<?> findAutoDetectVisibility(AnnotatedClass type, VisibilityChecker<?> checker) {
            boolean ours = type.getName().startsWith(OURS) && !type.getRawType().isRecord();
            return super.findAutoDetectVisibility(type, ours
                    ? checker.withFieldVisibility(Visibility.ANY).withGetterVisibility(Visibility.NONE)
                            .withIsGetterVisibility(Visibility.NONE)
                            .withSetterVisibility(Visibility.NONE)
                    : checker);
        }
    }
}
