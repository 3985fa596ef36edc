package io.masumi.node.testing.axonserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;

/**
 * A stand-in for Axon Server on this machine, which speaks its gRPC protocol: clients' presence, commands, queries and the event store of one
 * context, in memory, without access control. It can be stopped and started again: its events stay, and clients find it on the same port.
 * Commands and queries have no time limit of the server's own.
 */
public final class AxonServerStandIn implements AutoCloseable {

    private static final long KEEP_ALIVE_MS = 2500;
    private static final long KEEP_ALIVE_TIMEOUT_MS = 5000;
    private static final long FASTEST_KEEP_ALIVE_MS = 1000;

    private final StoredEvents events = new StoredEvents();
    private final Faults faults = new Faults();
    private int port;
    private Running running;

    private record Running(Server server, PlatformService platform, CommandService commands, QueryService queries) {}

    private AxonServerStandIn() {}

    /** On a free port, without events. */
    public static AxonServerStandIn started() {
        AxonServerStandIn standIn = new AxonServerStandIn();
        standIn.start();
        return standIn;
    }

    /** Starts it again. */
    public synchronized void start() {
        if (running != null) {
            return;
        }
        CommandService commands = new CommandService();
        QueryService queries = new QueryService();
        PlatformService platform = new PlatformService(client -> streamsOf(client, commands, queries));
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .permitKeepAliveWithoutCalls(true).permitKeepAliveTime(FASTEST_KEEP_ALIVE_MS, TimeUnit.MILLISECONDS)
                .keepAliveTime(KEEP_ALIVE_MS, TimeUnit.MILLISECONDS).keepAliveTimeout(KEEP_ALIVE_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .executor(Executors.newVirtualThreadPerTaskExecutor()).intercept(faults)
                .addService(platform).addService(commands).addService(queries).addService(new EventStoreService(events))
                .build();
        try {
            server.start();
        } catch (IOException e) {
            platform.close();
            throw new UncheckedIOException("The stand-in for Axon Server did not start on port " + port, e);
        }
        port = server.getPort();
        running = new Running(server, platform, commands, queries);
    }

    private static Collection<ClientStream<?, ?>> streamsOf(String client, CommandService commands, QueryService queries) {
        List<ClientStream<?, ?>> streams = new ArrayList<>(commands.streamsOf(client));
        streams.addAll(queries.streamsOf(client));
        return streams;
    }

    /** Ends all connections and whatever is under way; returns when the port is free. */
    public synchronized void stop() {
        if (running == null) {
            return;
        }
        running.platform().close();
        try {
            if (!running.server().shutdownNow().awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The stand-in for Axon Server did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = null;
    }

    @Override
    public void close() {
        stop();
    }

    /** The same after each start. */
    public int port() {
        return port;
    }

    /** As the setting {@code axon.axonserver.servers} has it. */
    public String address() {
        return "localhost:" + port;
    }

    /** What is stored. */
    public StoredEvents events() {
        return events;
    }

    /** What goes wrong. */
    public Faults faults() {
        return faults;
    }

    /** Names of queries that somebody answers now. */
    public Set<String> queries() {
        return now().queries().answered();
    }

    private synchronized Running now() {
        if (running == null) {
            throw new IllegalStateException("The stand-in for Axon Server is stopped");
        }
        return running;
    }
}
