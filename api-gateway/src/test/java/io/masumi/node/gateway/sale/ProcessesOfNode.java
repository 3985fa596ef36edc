package io.masumi.node.gateway.sale;

import io.masumi.node.gateway.node.NodeOptions;
import io.masumi.node.gateway.node.RunningNode;
import io.masumi.node.testing.TestPostgres;
import io.masumi.node.testing.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A node of several processes over Axon Server, on one database: here each is a Spring context of its own, which reaches both only by its own
 * wires. It works on the development network of another node.
 */
final class ProcessesOfNode implements AutoCloseable {

    static final String ADMIN_KEY = "the admin key of many processes";

    private static final String ENCRYPTION_KEY = "the encryption key of many processes";
    private static final Pattern PORT = Pattern.compile("(jdbc:postgresql://[^/]*:)(\\d+)(/.*)");

    private final Path scratch;
    private final String network;
    private final int axonServer;
    private final Map<String, Object> settings;
    private final String database = TestPostgres.newDatabase();
    private final List<Part> parts = new ArrayList<>();

    /** @param network URL of the network to join. @param axonServer its port. @param settings of all */
    ProcessesOfNode(Path scratch, String network, int axonServer, Map<String, Object> settings) {
        this.scratch = scratch;
        this.network = network;
        this.axonServer = axonServer;
        this.settings = settings;
    }

    /** A process. */
    final class Part implements AutoCloseable {

        private final Wire toAxonServer = Wire.to(axonServer);
        private final Wire toDatabase;
        private final RunningNode node;

        private Part(String roles) {
            Matcher url = PORT.matcher(database);
            if (!url.matches()) {
                throw new IllegalStateException("No port in " + database);
            }
            toDatabase = Wire.to(Integer.parseInt(url.group(2)));
            Map<String, Object> own = new HashMap<>(settings);
            own.put("masumi.roles", roles);
            own.put("masumi.database.url", url.group(1) + toDatabase.port() + url.group(3));
            own.put("axon.axonserver.enabled", "true");
            own.put("axon.axonserver.servers", "localhost:" + toAxonServer.port());
            // Otherwise it is the program's that runs them all.
            own.put("axon.axonserver.client-id", roles + "-" + UUID.randomUUID());
            node = RunningNode.start(new NodeOptions(Optional.of(0), scratch.resolve(UUID.randomUUID().toString()), Optional.of(network),
                    Map.of("ENCRYPTION_KEY", ENCRYPTION_KEY, "ADMIN_KEY", ADMIN_KEY)), own);
        }

        <T> T bean(Class<T> type) {
            return node.context().getBean(type);
        }

        int port() {
            return node.port();
        }

        /** As by SIGTERM. */
        @Override
        public void close() {
            node.close();
            toAxonServer.close();
            toDatabase.close();
        }

        /** As by SIGKILL: from now on nothing that it does or says arrives anywhere, nor does its end. */
        void kill() {
            toAxonServer.close();
            toDatabase.close();
            Thread.ofPlatform().daemon().start(node::close);
        }
    }

    Part start(String roles) {
        Part part = new Part(roles);
        parts.add(part);
        return part;
    }

    /** The database that all share. */
    JdbcClient database() {
        return JdbcClient.create(new DriverManagerDataSource(database));
    }

    @Override
    public void close() {
        parts.reversed().forEach(Part::close);
    }
}
