package io.masumi.node.gateway.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.TypeMismatchException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.NestedExceptionUtils;

/**
 * Why a node did not start.
 *
 * @param reason in one line, for whoever started it
 * @param isExpected whether these words are enough; else only the stack tells what went wrong
 */
public record StartFailure(String reason, boolean isExpected) {

    /** Packages whose exceptions say in words what is wrong: ours, and what a database answers, which the edge does not know as such. */
    private static final List<String> SAY_ENOUGH = List.of("io.masumi.node.", "java.sql.", "org.postgresql.");

    /** @param environment variables that the node was started with */
    public static StartFailure of(Throwable failure, Map<String, String> environment) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException bind) {
                return new StartFailure(setting(bind) + ": " + innermost(bind), true);
            }
            if (cause instanceof TypeMismatchException mismatch) {
                return new StartFailure(variable(mismatch, environment) + innermost(mismatch), true);
            }
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return new StartFailure(innermost(failure), root instanceof IllegalArgumentException || root instanceof IllegalStateException
                || root instanceof IOException || root instanceof UncheckedIOException
                || SAY_ENOUGH.stream().anyMatch(root.getClass().getName()::startsWith));
    }

    /** The setting, and where it was given. */
    private static String setting(BindException bind) {
        return bind.getProperty() == null
                ? bind.getName().toString()
                : bind.getProperty().getName() + " (" + bind.getProperty().getOrigin() + ")";
    }

    /** A single value does not say whose it is: the variable that has it, if there is one. */
    private static String variable(TypeMismatchException mismatch, Map<String, String> environment) {
        return environment.entrySet().stream().filter(each -> each.getKey().startsWith("MASUMI_"))
                .filter(each -> each.getValue().equals(mismatch.getValue())).map(each -> each.getKey() + ": ").findFirst().orElse("");
    }

    /** The innermost message says most. */
    private static String innermost(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).filter(cause -> cause.getMessage() != null)
                .reduce((_, inner) -> inner).map(Throwable::getMessage).orElse(failure.toString());
    }
}
