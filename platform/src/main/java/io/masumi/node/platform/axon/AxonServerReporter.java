package io.masumi.node.platform.axon;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import org.axonframework.axonserver.connector.AxonServerConnectionManager;

import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;

/** Whether this process is connected to Axon Server: without, it can neither ask, tell nor hear anything. */
final class AxonServerReporter implements HealthReporter {

    private final Supplier<AxonServerConnectionManager> connections;
    private final String address;
    private final Clock clock;
    private Instant lostAt;

    AxonServerReporter(Supplier<AxonServerConnectionManager> connections, String address, Clock clock) {
        this.connections = connections;
        this.address = address;
        this.clock = clock;
    }

    @Override
    public synchronized List<Concern> concerns() {
        AxonServerConnectionManager server = connections.get();
        if (server.isConnected(server.getDefaultContext())) {
            lostAt = null;
            return List.of();
        }
        if (lostAt == null) {
            lostAt = clock.instant();
        }
        return List.of(new Concern("axon-server", address, "this process has no connection to Axon Server; see that it runs and can be"
                + " reached. The node goes on by itself when it is", lostAt));
    }

    @Override
    public boolean necessary() {
        return true;
    }
}
