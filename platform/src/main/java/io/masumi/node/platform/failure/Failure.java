package io.masumi.node.platform.failure;

import io.masumi.node.Rejection;

/**
 * Why a message could not be handled, as it gets to the sender: the details of the exception that Axon passes on.
 *
 * @param kind the name of a {@link FailureKind}; {@link #FAULT} for what has none
 * @param message never with a secret
 * @param rejection only of a refusal by the domain, else null
 */
public record Failure(String kind, String message, Rejection rejection) {

    /** Something that nobody foresaw. */
    static final String FAULT = "fault";
}
