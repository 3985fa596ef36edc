package io.masumi.node.gateway.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;

/** Says what a record's member is called on the wire, given what validation calls it in Java. */
final class WireNames {

    private WireNames() {}

    /** @param path such as {@code exampleOutputs[1].url}. @return such as {@code ExampleOutputs[1].url} */
    static String of(Class<?> type, String path) {
        StringBuilder wire = new StringBuilder();
        Class<?> holder = type;
        for (String step : path.split("\\.", -1)) {
            int bracket = step.indexOf('[');
            String name = bracket < 0 ? step : step.substring(0, bracket);
            Optional<RecordComponent> component = component(holder, name);
            wire.append(wire.isEmpty() ? "" : ".").append(component.map(WireNames::wireName).orElse(name))
                    .append(bracket < 0 ? "" : step.substring(bracket));
            holder = component.map(WireNames::elementType).orElse(null);
        }
        return wire.toString();
    }

    private static Optional<RecordComponent> component(Class<?> holder, String name) {
        return holder == null || !holder.isRecord()
                ? Optional.empty()
                : Arrays.stream(holder.getRecordComponents()).filter(each -> each.getName().equals(name)).findFirst();
    }

    private static String wireName(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null || renamed.value().isEmpty() ? component.getName() : renamed.value();
    }

    private static Class<?> elementType(RecordComponent component) {
        Type type = component.getGenericType();
        if (type instanceof ParameterizedType generic && generic.getActualTypeArguments()[0] instanceof Class<?> element) {
            return element;
        }
        return component.getType();
    }
}
