package io.masumi.node.platform.axon;

import java.sql.SQLException;

import org.axonframework.common.jdbc.PersistenceExceptionResolver;

/**
 * Tells a lost race for an aggregate's next sequence number from other failures. Axon's own resolver looks for an exception
 * class that PostgreSQL's driver does not use, so that a conflict would pass for a broken store.
 */
final class UniqueViolations implements PersistenceExceptionResolver {

    private static final String UNIQUE_VIOLATION = "23505";

    @Override
    public boolean isDuplicateKeyViolation(Exception exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure && UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
