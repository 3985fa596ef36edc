package io.masumi.node.gateway.node;

import io.masumi.node.gateway.access.AccessTokens;
import io.masumi.node.gateway.devnet.NetworkInUse;
import io.masumi.node.gateway.node.DataDirectory.Secret;
import io.masumi.node.gateway.secret.NodeSecret;
import io.masumi.node.platform.Role;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** A node that is up, on a data directory of its own. */
public final class RunningNode implements AutoCloseable {

    /** File of the key that opens the node's secrets. */
    public static final String ENCRYPTION_KEY_FILE = "encryption-key";
    /** File of the first admin's key. */
    public static final String ADMIN_KEY_FILE = "admin-key";

    private static final Logger LOG = LoggerFactory.getLogger(RunningNode.class);
    private static final String DEVELOPMENT_NETWORK = "devnet";
    private static final int ENCRYPTION_KEY_BYTES = 32;

    private final DataDirectory data;
    private final ConfigurableApplicationContext context;
    private final Optional<String> newAdminKey;
    private final EndOfProcess end;
    private boolean closed;

    private RunningNode(DataDirectory data, ConfigurableApplicationContext context, Optional<String> newAdminKey, EndOfProcess end) {
        this.data = data;
        this.context = context;
        this.newAdminKey = newAdminKey;
        this.end = end;
    }

    /** The same for whoever runs a node inside its own process: that it can do nothing any more stands in the log only. */
    public static RunningNode start(NodeOptions options, Map<String, Object> settings) {
        return start(options, settings, why -> LOG.error("The node cannot go on: {}", why));
    }

    /**
     * Starts a node and waits until it is up. When the process is asked to end, even while the node is starting, the node
     * is closed in order.
     *
     * @param settings settings that go before all others
     * @param broken told why when the node cannot go on and cannot help itself
     * @throws PortTakenException when another program listens on its port
     * @throws RuntimeException when it cannot start; nothing is left running then
     */
    public static RunningNode start(NodeOptions options, Map<String, Object> settings, Consumer<String> broken) {
        DataDirectory data = DataDirectory.open(options.data());
        EndOfProcess end = EndOfProcess.expected();
        try {
            SecureRandom random = new SecureRandom();
            String encryptionKey = encryptionKey(options, data, random);
            Optional<String> given = options.variable("ADMIN_KEY");
            Secret adminKey = given.map(value -> new Secret(value, false)).orElseGet(() -> data.secret(ADMIN_KEY_FILE,
                    () -> new AccessTokens(new NodeSecret(encryptionKey), random).fresh()));
            Map<String, Object> first = new HashMap<>(settings);
            first.put("masumi.data-dir", data.path().toString());
            first.put("masumi.encryption-key", encryptionKey);
            first.put("masumi.admin-key", adminKey.value());
            options.port().ifPresent(port -> first.put("server.port", port));
            Optional<String> joined = developmentNetworkIn(options) ? NetworkChoice.of(options, data) : Optional.empty();
            joined.ifPresent(url -> first.put("masumi.devnet.join", url));
            RunningNode node = new RunningNode(data, run(options, first, broken), adminKey.isNew()
                    ? Optional.of(adminKey.value())
                    : Optional.empty(), end);
            end.closes(node);
            joined.ifPresent(url -> NetworkChoice.remember(url, data));
            return node;
        } catch (RuntimeException e) {
            end.closes(data);
            end.over();
            data.close();
            throw e;
        }
    }

    public int port() {
        return context.getEnvironment().getProperty("local.server.port", Integer.class, 0);
    }

    public Path data() {
        return data.path();
    }

    /** The first admin's key, if this start made it. */
    public Optional<String> newAdminKey() {
        return newAdminKey;
    }

    /** The development network it works on, empty when it works on another kind or leaves the chain to another process. */
    public Optional<NetworkInUse> developmentNetwork() {
        return Optional.ofNullable(context.getBeanProvider(NetworkInUse.class).getIfAvailable());
    }

    /** The application, for those that run a node inside their own process. */
    public ConfigurableApplicationContext context() {
        return context;
    }

    /** Stops everything in order, HTTP first and the database last, and returns when all is stopped. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        context.close();
        data.close();
        end.over();
    }

    /**
     * A key that was lost cannot be made up for: the wallets and API keys that it opened would be lost with it, so a node
     * with data never makes a new one.
     */
    private static String encryptionKey(NodeOptions options, DataDirectory data, SecureRandom random) {
        return options.variable("ENCRYPTION_KEY").orElseGet(() -> {
            if (!data.has(ENCRYPTION_KEY_FILE) && (data.has("postgres") || data.has("devnet"))) {
                throw new IllegalStateException("The data in " + data.path() + " was encrypted with a key that is not in the file "
                        + ENCRYPTION_KEY_FILE + ": give it in the environment variable ENCRYPTION_KEY");
            }
            return data.secret(ENCRYPTION_KEY_FILE, () -> {
                byte[] bytes = new byte[ENCRYPTION_KEY_BYTES];
                random.nextBytes(bytes);
                return HexFormat.of().formatHex(bytes);
            }).value();
        });
    }

    private static boolean developmentNetworkIn(NodeOptions options) {
        return options.variable("MASUMI_DEVNET_ENABLED").map(Boolean::parseBoolean).orElse(true);
    }

    private static ConfigurableApplicationContext run(NodeOptions options, Map<String, Object> first, Consumer<String> broken) {
        SpringApplication application = new SpringApplication(NodeApplication.class);
        application.setRegisterShutdownHook(false);
        if (developmentNetworkIn(options)) {
            application.setAdditionalProfiles(DEVELOPMENT_NETWORK);
        }
        // Put there before anything reads settings, so that logging follows them too.
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("node start", first));
        ConfigurationPropertySources.attach(environment);
        if (!Role.of(environment).contains(Role.GATEWAY)) {
            application.setWebApplicationType(WebApplicationType.NONE);
        }
        application.setEnvironment(environment);
        application.addListeners(new PortCheck(), new LostDatabase(broken));
        return application.run();
    }
}
