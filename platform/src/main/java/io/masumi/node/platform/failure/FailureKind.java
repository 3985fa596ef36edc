package io.masumi.node.platform.failure;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A kind of failure that senders of messages know by its class. Every bean of this type is one, in the process that handles and in the
 * one that sends.
 *
 * @param name as which it travels
 * @param explain what of it travels; empty if the exception is of another kind
 * @param restore makes the exception for the sender, of what travelled and of the exception that arrived
 */
public record FailureKind(String name, Function<Throwable, Optional<Failure>> explain,
        BiFunction<Failure, Throwable, RuntimeException> restore) {

    /** One that is known by its class and needs no more than its message. @param restore of message and cause */
    public static <E extends RuntimeException> FailureKind of(String name, Class<E> type, BiFunction<String, Throwable, E> restore) {
        return new FailureKind(name, cause -> type.isInstance(cause) ? Optional.of(failure(name, cause)) : Optional.empty(),
                (failure, arrived) -> restore.apply(failure.message(), arrived));
    }

    static Failure failure(String kind, Throwable cause) {
        return new Failure(kind, cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), null);
    }
}
