package io.masumi.node.platform.axon;

import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.event.axon.AxonServerEventStore;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;

import io.masumi.node.platform.serialization.UnreadableEvents;

/**
 * Axon Server's events for event processors, which set aside what they cannot read as those of {@link NodeEventStorage}. An aggregate has
 * its events from the event store itself, and all of them or none.
 */
record AxonServerStreams(StreamableMessageSource<TrackedEventMessage<?>> source) {

    static AxonServerStreams of(AxonServerConfiguration server, AxonServerConnectionManager connections, Serializer snapshots,
            Serializer events, Configuration axon) {
        return new AxonServerStreams(AxonServerEventStore.builder()
                .configuration(server)
                .platformConnectionManager(connections)
                .snapshotSerializer(snapshots)
                .eventSerializer(new UnreadableEvents(events))
                .snapshotFilter(axon.snapshotFilter())
                .upcasterChain(axon.upcasterChain())
                .build()
                .createStreamableMessageSourceForContext(server.getContext()));
    }
}
