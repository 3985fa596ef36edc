package io.masumi.node.platform.serialization;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.masumi.node.EventName;

/** The stored name of every event class and back. */
public final class EventNames {

    private final Map<String, Class<?>> classes;

    private EventNames(Map<String, Class<?>> classes) {
        this.classes = Map.copyOf(classes);
    }

    /**
     * Of the given classes, each annotated with {@link EventName}.
     *
     * @throws IllegalStateException when two of them claim one name, or one has none
     */
    public static EventNames of(Collection<Class<?>> events) {
        Map<String, Class<?>> byName = new HashMap<>();
        for (Class<?> event : events) {
            String name = name(event).orElseThrow(() -> new IllegalStateException(event.getName() + " has no @EventName")).value();
            Class<?> other = byName.put(name, event);
            if (other != null && other != event) {
                throw new IllegalStateException("Two events are named " + name + ": " + other.getName() + " and " + event.getName());
            }
        }
        return new EventNames(byName);
    }

    /** Of all annotated classes in the package and those below it, nested ones too but none within methods. */
    public static EventNames inPackage(String root, ClassLoader loader) {
        return of(AnnotatedClasses.inPackage(root, EventName.class, loader));
    }

    /** Whether events stored under that name and in that revision can be read as they are. */
    public boolean knows(String name, String revision) {
        return eventClass(name).flatMap(EventNames::name).filter(known -> known.revision().equals(revision)).isPresent();
    }

    /** The events that share a name's subject, which is all before its last dot. */
    public Set<Class<?>> ofSubjectOf(String name) {
        String subject = name.substring(0, name.lastIndexOf('.') + 1);
        return classes.entrySet().stream()
                .filter(each -> each.getKey().startsWith(subject) && each.getKey().indexOf('.', subject.length()) < 0)
                .map(Map.Entry::getValue).collect(Collectors.toSet());
    }

    /** As what events of that class are stored. */
    public String nameOf(Class<?> event) {
        return name(event).map(EventName::value).orElseGet(event::getName);
    }

    /** The class of the events stored under the name, if there is one. */
    Optional<Class<?>> eventClass(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    /** The name and revision under which the class's events are stored, if it is an event. */
    static Optional<EventName> name(Class<?> type) {
        return Optional.ofNullable(type.getDeclaredAnnotation(EventName.class));
    }
}
