package io.masumi.node.gateway.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.masumi.node.platform.health.HealthWatch;
import io.masumi.node.platform.health.ProcessHealth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /api/v1/health} of a process that serves no other requests: what supervises it asks all roles the same way. It tells how
 * this process is, where the gateway tells how the node is.
 */
final class HealthPort implements SmartLifecycle {

    /** When a gateway would begin to answer too: parts are not asked how they are before they were all started. */
    private static final int LAST = Integer.MAX_VALUE - 2048;

    private final HealthWatch watch;
    private final boolean developmentNetwork;
    private final JsonMapper json = JsonMapper.shared();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final InetSocketAddress address;
    private volatile HttpServer server;

    HealthPort(InetSocketAddress address, HealthWatch watch, boolean developmentNetwork) {
        this.address = address;
        this.watch = watch;
        this.developmentNetwork = developmentNetwork;
    }

    @Override
    public void start() {
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + address.getPort() + " for /health cannot be had (" + e.getMessage()
                    + "): set MASUMI_HEALTH_PORT to another", e);
        }
        server.createContext("/api/v1/health", this::answer);
        server.setExecutor(workers);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ProcessHealth found = watch.now();
            byte[] body = json.writeValueAsBytes(HealthController.HealthReply.of(found, developmentNetwork));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(found.outages().isEmpty() ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void stop() {
        server.stop(0);
        server = null;
        workers.close();
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return LAST;
    }
}
