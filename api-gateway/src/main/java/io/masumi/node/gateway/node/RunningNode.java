package io.masumi.node.gateway.node;

import io.masumi.node.gateway.access.AdminKey;
import io.masumi.node.gateway.devnet.NetworkInUse;
import io.masumi.node.platform.Role;
import io.masumi.node.platform.start.StartWaits;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A node that is up, or the part of one that this process plays. What it keeps is in a data directory of its own. */
public final class RunningNode implements AutoCloseable {

    /** File of the key that opens the node's secrets. */
    public static final String ENCRYPTION_KEY_FILE = "encryption-key";
    /** File of the first admin's key. */
    public static final String ADMIN_KEY_FILE = "admin-key";

    private static final Logger LOG = LoggerFactory.getLogger(RunningNode.class);
    private static final String DEVELOPMENT_NETWORK = "devnet";

    private final Optional<DataDirectory> data;
    private final ConfigurableApplicationContext context;
    private final Optional<String> newAdminKey;
    private final EndOfProcess end;
    private boolean closed;

    private RunningNode(Optional<DataDirectory> data, ConfigurableApplicationContext context, Optional<String> newAdminKey,
            EndOfProcess end) {
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
        Map<String, Object> first = new HashMap<>(settings);
        first.put("masumi.data-dir", options.data().toString());
        options.port().ifPresent(port -> first.put("server.port", port));
        boolean development = options.variable("MASUMI_DEVNET_ENABLED").map(Boolean::parseBoolean).orElse(true);
        ProcessOfNode process = ProcessOfNode.of(environment(options, first), development && options.join().isEmpty());
        Optional<DataDirectory> data = process.keepsFiles() ? Optional.of(DataDirectory.open(options.data())) : Optional.empty();
        StartWaits waits = new StartWaits();
        EndOfProcess end = EndOfProcess.expected(waits);
        try {
            NodeKeys keys = NodeKeys.of(options, process, data);
            first.putAll(keys.settings());
            Optional<String> joined = development ? NetworkChoice.of(options, data) : Optional.empty();
            joined.ifPresent(url -> first.put("masumi.devnet.join", url));
            ConfigurableApplicationContext context = run(environment(options, first), process, development, waits, broken);
            RunningNode node = new RunningNode(data, context, keys.newAdminKey(isAdmins(context)), end);
            end.closes(node);
            joined.ifPresent(url -> data.ifPresent(own -> NetworkChoice.remember(url, own)));
            return node;
        } catch (RuntimeException e) {
            end.closes(() -> data.ifPresent(DataDirectory::close));
            end.over();
            data.ifPresent(DataDirectory::close);
            throw e;
        }
    }

    public int port() {
        return context.getEnvironment().getProperty("local.server.port", Integer.class, 0);
    }

    /** Where it keeps what it keeps; empty when it keeps nothing. */
    public Optional<Path> data() {
        return data.map(DataDirectory::path);
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
        data.ifPresent(DataDirectory::close);
        end.over();
    }

    private static boolean isAdmins(ConfigurableApplicationContext context) {
        return context.getBeanProvider(AdminKey.class).stream().anyMatch(AdminKey::isKnown);
    }

    /** Put together before anything reads settings, so that logging follows them too. */
    private static ConfigurableEnvironment environment(NodeOptions options, Map<String, Object> first) {
        StandardEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(options.environment())));
        sources.addFirst(new MapPropertySource("node start", Map.copyOf(first)));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    private static ConfigurableApplicationContext run(ConfigurableEnvironment environment, ProcessOfNode process, boolean development,
            StartWaits waits, Consumer<String> broken) {
        SpringApplication application = new SpringApplication(NodeApplication.class);
        application.setRegisterShutdownHook(false);
        if (development) {
            application.setAdditionalProfiles(DEVELOPMENT_NETWORK);
        }
        if (!process.roles().contains(Role.GATEWAY)) {
            application.setWebApplicationType(WebApplicationType.NONE);
        }
        application.setEnvironment(environment);
        application.addListeners(new SettingsCheck(), new PortCheck(), new Broken(broken));
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("startWaits", waits));
        return application.run();
    }
}
