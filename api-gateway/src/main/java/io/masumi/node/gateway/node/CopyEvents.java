package io.masumi.node.gateway.node;

import io.masumi.node.platform.eventstore.EventMove;
import io.masumi.node.platform.eventstore.EventMoveConfiguration;
import io.masumi.node.platform.start.StartWaits;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The command that moves a node's events from its database to Axon Server, or back what came since. No node runs meanwhile. */
public final class CopyEvents {

    private static final String BACK = "--back";

    private final NodeOptions options;
    private final boolean back;
    private final PrintStream out;

    private CopyEvents(NodeOptions options, boolean back, PrintStream out) {
        this.options = options;
        this.back = back;
        this.out = out;
    }

    /**
     * Understands what follows the command's name.
     *
     * @throws IllegalArgumentException saying what cannot be understood
     */
    public static CopyEvents parse(String[] arguments, Map<String, String> environment, PrintStream out) {
        NodeOptions options = NodeOptions.parse(
                Arrays.stream(arguments).filter(argument -> !argument.equals(BACK)).toArray(String[]::new), environment);
        if (options.port().isPresent() || Arrays.stream(arguments).anyMatch(argument -> argument.startsWith("--join"))) {
            throw new IllegalArgumentException("copy-events takes only --data and " + BACK);
        }
        return new CopyEvents(options, Arrays.asList(arguments).contains(BACK), out);
    }

    /** Returns when the events are where they were to be moved. @throws RuntimeException saying why they are not */
    public void run() {
        Optional<DataDirectory> data = options.variable("MASUMI_DATABASE_URL").isPresent()
                ? Optional.empty()
                : Optional.of(DataDirectory.open(options.data()));
        StartWaits waits = new StartWaits();
        EndOfProcess end = EndOfProcess.expected(waits);
        try (AutoCloseable _ = () -> data.ifPresent(DataDirectory::close); ConfigurableApplicationContext context = context(waits)) {
            end.closes(context);
            move(context.getBean(EventMove.class));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The data directory could not be closed", e);
        } finally {
            end.closes(() -> {});
            end.over();
        }
    }

    private void move(EventMove move) {
        Progress progress = Progress.on(out);
        Optional<EventMove.Moved> moved = back ? move.toDatabase(progress) : move.toAxonServer(progress);
        progress.end();
        if (moved.isEmpty()) {
            out.println("The events of this node are in " + (back ? "its database" : "Axon Server") + " already: nothing was done.");
            return;
        }
        out.printf(Locale.ROOT, "%,d events copied; both stores hold %,d, and they are the same.%n  SHA-256  %s%n", moved.get().copied(),
                moved.get().events(), moved.get().sha256());
        out.println(back
                ? "The events of this node are in its database again: start it with AXON_AXONSERVER_ENABLED=false."
                : "The events of this node are in Axon Server now: start it with AXON_AXONSERVER_ENABLED=true.");
    }

    private ConfigurableApplicationContext context(StartWaits waits) {
        SpringApplication application = new SpringApplication(EventMoveConfiguration.class);
        application.setRegisterShutdownHook(false);
        application.setWebApplicationType(WebApplicationType.NONE);
        Map<String, Object> first = new HashMap<>();
        first.put("masumi.data-dir", options.data().toString());
        // What fails is said in the last line, and what is waited for when it is.
        first.put("logging.level.root", "error");
        first.put("logging.level.io.masumi.node.platform.start", "warn");
        first.put("logging.level.io.masumi.node.platform.command", "warn");
        first.put("logging.level.org.springframework.boot.diagnostics", "off");
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("copy-events", first));
        ConfigurationPropertySources.attach(environment);
        application.setEnvironment(environment);
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("startWaits", waits));
        return application.run();
    }
}
