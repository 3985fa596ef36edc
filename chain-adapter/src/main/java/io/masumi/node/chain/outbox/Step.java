package io.masumi.node.chain.outbox;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A row of a state machine that is kept in a table: what moves a row of that table on, from which statuses and to which. The stores write
 * a status by such a step alone, with {@link #allowed()} in the statement, so that no other change of it can be written.
 */
interface Step {

    /** Where it may begin. */
    Set<? extends Enum<?>> from();

    /** Where it may lead. */
    Set<? extends Enum<?>> to();

    /** SQL: the statuses it may begin in. */
    default String allowed() {
        return in(from());
    }

    /** SQL: the status it leads to, where that is only one. */
    default String target() {
        if (to().size() != 1) {
            throw new IllegalStateException(this + " can lead to any of " + to());
        }
        return literal(to().iterator().next());
    }

    /** SQL: one of these. */
    static String in(Collection<? extends Enum<?>> statuses) {
        return statuses.stream().map(Step::literal).collect(Collectors.joining(", ", "IN (", ")"));
    }

    /** SQL: this one. */
    static String literal(Enum<?> status) {
        return "'" + status.name() + "'";
    }
}
