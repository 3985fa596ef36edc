package io.masumi.node.gateway.message;

import io.masumi.node.gateway.http.Problem;
import io.masumi.node.platform.Role;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.common.ExceptionUtils;
import org.axonframework.queryhandling.NoHandlerForQueryException;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;

/**
 * What a process cannot do that plays some of the roles beside a full node, without Axon Server: what it has no handler for is not handled by
 * another process either, however long a client waits.
 */
final class Elsewhere {

    private final Optional<String> toTell;

    private Elsewhere(Optional<String> toTell) {
        this.toTell = toTell;
    }

    static Elsewhere of(Environment environment) {
        Set<Role> roles = Role.of(environment);
        boolean whole = roles.size() == Role.values().length;
        return new Elsewhere(whole || environment.getProperty("axon.axonserver.enabled", Boolean.class, false)
                ? Optional.empty()
                : Optional.of("This process cannot do this, since it only plays " + roles.stream().sorted()
                        .map(role -> role.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(" and "))
                        + ". Send it to the node's full process, the one that plays all roles"));
    }

    /** The failure as it is, or as what to do about it. */
    RuntimeException explained(RuntimeException failure) {
        return toTell.filter(_ -> isForWantOfAHandler(failure))
                .<RuntimeException>map(text -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE, text, failure)).orElse(failure);
    }

    private static boolean isForWantOfAHandler(RuntimeException failure) {
        return ExceptionUtils.findException(failure, NoHandlerForCommandException.class).isPresent()
                || ExceptionUtils.findException(failure, NoHandlerForQueryException.class).isPresent();
    }
}
