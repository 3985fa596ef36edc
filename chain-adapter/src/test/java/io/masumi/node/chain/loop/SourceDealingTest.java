package io.masumi.node.chain.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.escrow.Network;
import io.masumi.node.platform.database.ProcessLocks;
import io.masumi.node.platform.processes.Announcements;
import io.masumi.node.platform.processes.NodeProcesses;
import io.masumi.node.chain.source.Source;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.testing.NodeTestConfiguration;
import io.masumi.node.testing.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Processes that act on the chain share the payment sources, and no two work on one at once. */
@Tag("slow")
class SourceDealingTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int SOURCES = 6;

    private final String url = TestPostgres.newDatabase();
    /** Which process passed over a source last. */
    private final Map<String, String> lastPass = new ConcurrentHashMap<>();
    private final Map<String, String> inPass = new ConcurrentHashMap<>();
    private final Set<String> collisions = new ConcurrentSkipListSet<>();
    private final List<ConfigurableApplicationContext> contexts = new java.util.ArrayList<>();

    @AfterEach
    void stopAll() {
        contexts.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void sourcesAreDealtOutAnewWhenAProcessComesOrGoes() {
        ConfigurableApplicationContext first = context("masumi.chain.poll-interval=100ms");
        IntStream.range(0, SOURCES).forEach(number -> create(first, number));
        SourceLoops one = loops("one", first);
        one.start();
        await().atMost(LONG).until(() -> workedBy("one").size() == SOURCES);

        ConfigurableApplicationContext second = context("masumi.chain.poll-interval=1h");
        SourceLoops two = loops("two", second);
        two.start();
        await().atMost(LONG).until(() -> workedBy("one").size() == SOURCES / 2 && workedBy("two").size() == SOURCES / 2);

        // It polls once in an hour, and has nothing to do now.
        TreeSet<String> others = new TreeSet<>(workedBy("two"));
        lastPass.keySet().removeAll(others);
        others.forEach(source -> one.wake(new PaymentSourceId(source)));
        await("woken from the other process").atMost(LONG).until(() -> workedBy("two").equals(others));

        two.stop();
        second.close();
        await().atMost(LONG).until(() -> workedBy("one").size() == SOURCES);
        one.stop();
        assertThat(collisions).isEmpty();
    }

    private Set<String> workedBy(String process) {
        return lastPass.entrySet().stream().filter(each -> each.getValue().equals(process)).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private ConfigurableApplicationContext context(String setting) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(NodeTestConfiguration.class).web(WebApplicationType.NONE)
                .properties("masumi.database.url=" + url, "masumi.roles=query", setting).run();
        contexts.add(context);
        return context;
    }

    private SourceLoops loops(String process, ConfigurableApplicationContext context) {
        return new SourceLoops(new SourceWork() {

            @Override
            public String name() {
                return "test";
            }

            @Override
            public void pass(Source source) {
                String id = source.id().value();
                String other = inPass.putIfAbsent(id, process);
                if (other != null) {
                    collisions.add(id + ": " + other + " and " + process);
                }
                Thread.yield();
                lastPass.put(id, process);
                inPass.remove(id, process);
            }
        }, new Sources(context.getBean(JdbcClient.class)), new SourceLock(context.getBean(ProcessLocks.class)),
                new SourceDealing(context.getBean(NodeProcesses.class), context.getBean(Announcements.class)),
                Binder.get(context.getEnvironment()).bindOrCreate("masumi.chain", ChainSettings.class), context.getBean(Clock.class));
    }

    private static void create(ConfigurableApplicationContext context, int number) {
        new Sources(context.getBean(JdbcClient.class)).put(new Source(new PaymentSourceId("csource" + number), Network.Preprod,
                "addr_test" + number, "aa" + number, new ContractParameters(1, List.of("addr_admin"), "addr_fee", 50, 1000),
                "https://provider.example", Optional.empty(), Optional.empty()));
    }
}
