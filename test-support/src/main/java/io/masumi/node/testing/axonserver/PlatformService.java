package io.masumi.node.testing.axonserver;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.axoniq.axonserver.grpc.control.ClientIdentification;
import io.axoniq.axonserver.grpc.control.NodeInfo;
import io.axoniq.axonserver.grpc.control.PlatformInboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformInfo;
import io.axoniq.axonserver.grpc.control.PlatformOutboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformServiceGrpc.PlatformServiceImplBase;
import io.grpc.stub.StreamObserver;

/** Tells clients where to connect, and gives up those that it hears nothing of any more, with all their streams. */
final class PlatformService extends PlatformServiceImplBase implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private final Function<String, Collection<ClientStream<?, ?>>> otherStreams;
    private final Set<PlatformStream> clients = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("axon-server-heart").factory());

    /** @param otherStreams of a client, by its id */
    PlatformService(Function<String, Collection<ClientStream<?, ?>>> otherStreams) {
        this.otherStreams = otherStreams;
        Future<?> _ = heart.scheduleAtFixedRate(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void getPlatformServer(ClientIdentification client, StreamObserver<PlatformInfo> reply) {
        new Outbound<>(reply).sendLast(PlatformInfo.newBuilder().setSameConnection(true)
                .setPrimary(NodeInfo.newBuilder().setNodeName("stand-in").setHostName("localhost")).build());
    }

    @Override
    public StreamObserver<PlatformInboundInstruction> openStream(StreamObserver<PlatformOutboundInstruction> client) {
        return new PlatformStream(this, new Outbound<>(client));
    }

    void joined(PlatformStream client) {
        clients.add(client);
    }

    void left(PlatformStream client) {
        clients.remove(client);
    }

    private void beat() {
        for (PlatformStream client : clients) {
            if (client.isSilentFor(LONGEST_SILENCE)) {
                RuntimeException cause = Failure.OTHER.ending("Inactivity of " + client.clientId());
                otherStreams.apply(client.clientId()).forEach(stream -> stream.giveUp(cause));
                client.giveUp(cause);
            } else {
                client.beat();
            }
        }
    }

    @Override
    public void close() {
        heart.shutdownNow();
    }
}
