package io.masumi.node.query.projection;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;

/**
 * A column that a view's rows are found by, or that holds what they are answered with.
 *
 * @param value what it holds for a row: a text, number, enum constant, instant, array of texts or null
 */
public record Column<R>(String name, Function<R, ?> value) {

    Object of(R row) {
        return forJdbc(value.apply(row));
    }

    static Object forJdbc(Object value) {
        return switch (value) {
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case Enum<?> constant -> constant.name();
            case null, default -> value;
        };
    }
}
