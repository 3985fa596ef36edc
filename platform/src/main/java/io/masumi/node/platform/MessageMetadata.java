package io.masumi.node.platform;

import org.axonframework.messaging.correlation.MessageOriginProvider;

/** Keys of the metadata that follows from a command to its events, and on to the commands that these lead to. */
public final class MessageMetadata {

    /** Who asked: an API key's id, or the name of the part of the node that acts by itself. Never a secret. */
    public static final String REQUESTED_BY = "requestedBy";

    /** The message that directly led to this one. */
    public static final String CORRELATION_ID = MessageOriginProvider.getDefaultCorrelationKey();

    /** The message at the beginning of the chain. */
    public static final String TRACE_ID = MessageOriginProvider.getDefaultTraceKey();

    /** Of a command: number of an event that the aggregate has had, as its sender knows. An older aggregate must not answer. */
    public static final String KNOWN_EVENT = "knownEvent";

    private MessageMetadata() {}
}
