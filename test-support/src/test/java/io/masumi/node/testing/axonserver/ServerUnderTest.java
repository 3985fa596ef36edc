package io.masumi.node.testing.axonserver;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.ResultStream;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import io.axoniq.axonserver.connector.impl.StreamClosedException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.masumi.node.testing.Wire;

/**
 * The stand-in, or a real Axon Server on this machine when the system property {@code masumi-test.axon-server-port} names its gRPC port: the
 * same is asked of both, but for what only a stand-in can do. The real one may hold events already.
 */
final class ServerUnderTest implements AfterEachCallback, AfterAllCallback {

    private static final Integer REAL_PORT = Integer.getInteger("masumi-test.axon-server-port");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final int PERMITS = 100;

    private final AxonServerStandIn standIn = REAL_PORT == null ? AxonServerStandIn.started() : null;
    private final List<Runnable> toBeClosed = new ArrayList<>();

    /** A client with a wire of its own. */
    record Client(AxonServerConnection connection, Wire wire) {}

    /** Skips the test when there is a real one. */
    AxonServerStandIn standIn() {
        Assumptions.assumeTrue(standIn != null, "A real Axon Server is not stopped by tests");
        return standIn;
    }

    AxonServerConnection client(String component) {
        return connect(component).connection();
    }

    Client connect(String component) {
        return connect(component, PERMITS);
    }

    /** @param permits that it gives for commands and for queries */
    Client connect(String component, int permits) {
        Wire wire = Wire.to(standIn == null ? REAL_PORT : standIn.port());
        AxonServerConnectionFactory factory = AxonServerConnectionFactory.forClient(component, component + "-" + UUID.randomUUID())
                .routingServers(new ServerAddress("localhost", wire.port())).reconnectInterval(50, TimeUnit.MILLISECONDS)
                .commandPermits(permits).queryPermits(permits).build();
        toBeClosed.add(() -> {
            factory.shutdown();
            wire.close();
        });
        AxonServerConnection connection = factory.connect("default");
        until("connected", connection::isConnected);
        return new Client(connection, wire);
    }

    static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(LONGEST_WAIT).pollInterval(Duration.ofMillis(10)).until(condition);
    }

    /** Of a call that ended with it, {@code AXONIQ-2000} for example. */
    static String code(CompletableFuture<?> call) {
        try {
            Object reply = call.get(10, TimeUnit.SECONDS);
            throw new AssertionError("Not refused: " + reply);
        } catch (ExecutionException refused) {
            Metadata trailers = Status.trailersFromThrowable(refused);
            return trailers == null
                    ? refused.getMessage()
                    : trailers.get(Metadata.Key.of("AxonIQ-ErrorCode", Metadata.ASCII_STRING_MARSHALLER));
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Whatever comes until the end, which an error may be. */
    static <T> List<T> all(ResultStream<T> stream) throws InterruptedException {
        List<T> all = new ArrayList<>();
        try {
            for (T next = stream.next(); next != null; next = stream.next()) {
                all.add(next);
            }
        } catch (StreamClosedException end) {
            return all;
        }
        return all;
    }

    static String fresh(String what) {
        return what + "-" + UUID.randomUUID();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        toBeClosed.forEach(Runnable::run);
        toBeClosed.clear();
        if (standIn != null) {
            standIn.start();
            standIn.faults().none();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (standIn != null) {
            standIn.close();
        }
    }
}
