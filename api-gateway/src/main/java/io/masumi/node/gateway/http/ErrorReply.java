package io.masumi.node.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The envelope of every failure (docs/api.md, "Manners").
 *
 * @param id of the record that stands in the way, only with 409
 * @param object that record, only with 409
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorReply(String status, Message error, String id, RecordJson object) {

    /** @param message for the client */
    public record Message(String message) {}

    public static ErrorReply of(String message) {
        return new ErrorReply("error", new Message(message), null, null);
    }

    static ErrorReply of(Problem problem) {
        return new ErrorReply("error", new Message(problem.getMessage()), problem.existingId(), problem.existing());
    }
}
