package io.masumi.node.gateway.wire;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.masumi.node.platform.health.FindProcessHealth;
import io.masumi.node.platform.health.ProcessHealth;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryHandler;

/** All commands and queries of the node with what they answer, from the signatures of their handlers. */
final class NodeMessages {

    static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.masumi.node");

    private NodeMessages() {}

    /** @param message the command's or query's class. @param answer what its handler is declared to answer */
    record Handled(Class<?> message, Type answer) {

        @Override
        public String toString() {
            return message.getName().substring("io.masumi.node.".length());
        }
    }

    static List<Handled> commands() {
        return handledBy(CommandHandler.class).toList();
    }

    static List<Handled> queries() {
        return Stream.concat(handledBy(QueryHandler.class), subscribedByHand().stream()).toList();
    }

    /** Those whose handlers no annotation shows; {@link #whoSubscribesByHand} tells when there are more. */
    private static List<Handled> subscribedByHand() {
        return List.of(new Handled(FindProcessHealth.class, ProcessHealth.class));
    }

    /** All record components of a message, also of what is in it. */
    static Stream<RecordComponent> members(Class<?> message) {
        Set<RecordComponent> members = new LinkedHashSet<>();
        collect(message, members, new HashSet<>());
        return members.stream();
    }

    private static void collect(Type type, Set<RecordComponent> members, Set<Type> seen) {
        if (!seen.add(type)) {
            return;
        }
        if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(each -> collect(each, members, seen));
        } else if (type instanceof Class<?> named && named.isSealed()) {
            Stream.of(named.getPermittedSubclasses()).forEach(each -> collect(each, members, seen));
        } else if (type instanceof Class<?> named && named.isRecord()) {
            Stream.of(named.getRecordComponents()).forEach(each -> {
                members.add(each);
                collect(each.getGenericType(), members, seen);
            });
        }
    }

    /** Names of the classes that subscribe handlers themselves; a bus only passes them on. */
    static Set<String> whoSubscribesByHand() {
        return CLASSES.stream().filter(type -> !type.isAssignableTo(QueryBus.class) && !type.isAssignableTo(CommandBus.class))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getName().equals("subscribe") && (call.getTargetOwner().isAssignableTo(QueryBus.class)
                        || call.getTargetOwner().isAssignableTo(CommandBus.class)))
                .map(call -> call.getOriginOwner().getSimpleName()).collect(Collectors.toSet());
    }

    private static Stream<Handled> handledBy(Class<? extends Annotation> annotation) {
        return CLASSES.stream().flatMap(type -> type.getCodeUnits().stream())
                .filter(method -> method.isAnnotatedWith(annotation))
                .map(method -> ((JavaMethod) method).reflect()).map(NodeMessages::handled);
    }

    private static Handled handled(Method handler) {
        return new Handled(handler.getParameterTypes()[0], handler.getGenericReturnType());
    }
}
