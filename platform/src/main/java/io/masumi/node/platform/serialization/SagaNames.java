package io.masumi.node.platform.serialization;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The stored name of every saga class and back. */
public final class SagaNames {

    private final Map<String, Class<?>> classes;
    private final Map<String, String> namesBySimpleName;

    private SagaNames(Map<String, Class<?>> classes, Map<String, String> namesBySimpleName) {
        this.classes = Map.copyOf(classes);
        this.namesBySimpleName = Map.copyOf(namesBySimpleName);
    }

    /**
     * Of the given classes, each annotated with {@link SagaName}.
     *
     * @throws IllegalStateException when two of them claim one name, or have the same simple name, by which Axon tells them apart
     */
    public static SagaNames of(Collection<Class<?>> sagas) {
        Map<String, Class<?>> byName = new HashMap<>();
        Map<String, String> bySimpleName = new HashMap<>();
        for (Class<?> saga : sagas) {
            String name = name(saga).orElseThrow(() -> new IllegalStateException(saga.getName() + " has no @SagaName")).value();
            if (byName.put(name, saga) != null || bySimpleName.put(saga.getSimpleName(), name) != null) {
                throw new IllegalStateException("Two sagas are named " + name + " or " + saga.getSimpleName());
            }
        }
        return new SagaNames(byName, bySimpleName);
    }

    /** Of all annotated classes in the package and those below it. */
    public static SagaNames inPackage(String root, ClassLoader loader) {
        return of(AnnotatedClasses.inPackage(root, SagaName.class, loader));
    }

    /** The stored name of the saga that Axon knows by the simple name of its class. */
    public Optional<String> ofSimpleName(String simpleName) {
        return Optional.ofNullable(namesBySimpleName.get(simpleName));
    }

    /** All saga classes that have a name. */
    public Collection<Class<?>> classes() {
        return classes.values();
    }

    /** The class of the sagas stored under the name, if there is one. */
    public Optional<Class<?>> sagaClass(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    /** The name and revision under which sagas of the class are stored, if it is one that has a name. */
    public static Optional<SagaName> name(Class<?> type) {
        return Optional.ofNullable(type.getDeclaredAnnotation(SagaName.class));
    }
}
