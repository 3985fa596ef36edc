package io.masumi.node;

/**
 * Why a command was refused, in a form that survives the way through Axon Server, where only the details of a
 * {@code CommandExecutionException} arrive.
 *
 * @param existingId the record that stands in the way of a {@link Kind#CONFLICT}, else null
 */
public record Rejection(Kind kind, String message, String existingId) {

    /** What kind of refusal: each has one HTTP status at the edge. */
    public enum Kind {
        /** The input breaks a rule: 400. */
        INVALID,
        /** Somebody else's record, or more than the key may do: 403. */
        NOT_ALLOWED,
        /** No such record, or not in a state that allows it: 404. */
        NOT_FOUND,
        /** It exists already, or was changed meanwhile: 409. */
        CONFLICT
    }

    public static RejectedException invalid(String message) {
        return new RejectedException(new Rejection(Kind.INVALID, message, null));
    }

    public static RejectedException notAllowed(String message) {
        return new RejectedException(new Rejection(Kind.NOT_ALLOWED, message, null));
    }

    public static RejectedException notFound(String message) {
        return new RejectedException(new Rejection(Kind.NOT_FOUND, message, null));
    }

    public static RejectedException conflict(String message, String existingId) {
        return new RejectedException(new Rejection(Kind.CONFLICT, message, existingId));
    }
}
