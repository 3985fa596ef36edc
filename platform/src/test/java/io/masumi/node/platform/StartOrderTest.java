package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.start.StartWaits;
import io.masumi.node.testing.TestPostgres;

/** Processes come up in any order, several at the same moment, before what they need is there. */
@Tag("slow")
class StartOrderTest {

    private final StartWaits waits = new StartWaits();

    @Test
    void aProcessWaitsForItsDatabase() throws IOException {
        URI database = URI.create(TestPostgres.newDatabase().replaceFirst("jdbc:", ""));
        int port = freePort();
        String url = "jdbc:postgresql://127.0.0.1:" + port + database.getPath() + "?user=postgres&password=a+secret";
        CompletableFuture<ConfigurableApplicationContext> start = CompletableFuture.supplyAsync(() -> start("masumi.database.url=" + url));
        Awaitility.await().until(() -> waits.waitingFor().isPresent() || start.isDone());
        assertThat(waits.waitingFor()).hasValueSatisfying(what -> assertThat(what)
                .startsWith("the database at jdbc:postgresql://127.0.0.1:" + port + database.getPath()).doesNotContain("secret"));
        try (ServerSocket forwarder = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> forward(forwarder, database.getPort()));
            try (ConfigurableApplicationContext node = start.join()) {
                assertThat(node.getBean(JdbcClient.class).sql("SELECT 1").query(Integer.class).single()).isEqualTo(1);
            }
        }
    }

    @Test
    void aDatabaseThatSaysNoIsNotWaitedFor() {
        String elsewhere = TestPostgres.newDatabase().replaceFirst("/test_\\w+", "/no_such_database");
        assertThatThrownBy(() -> start("masumi.database.url=" + elsewhere)).rootCause().hasMessageContaining("no_such_database");
        String stranger = TestPostgres.newDatabase().replaceFirst("user=postgres", "user=nobody_known");
        assertThatThrownBy(() -> start("masumi.database.url=" + stranger)).rootCause().hasMessageContaining("nobody_known");
        assertThatThrownBy(() -> start("masumi.database.url=jdbc:postgresql://host:noport/name?password=secret")).rootCause()
                .hasMessageContaining("cannot be understood").hasMessageNotContaining("secret");
    }

    @Test
    void aProcessWaitsForAxonServerAndCanBeStoppedMeanwhile() throws IOException {
        int port = freePort();
        CompletableFuture<ConfigurableApplicationContext> start = CompletableFuture
                .supplyAsync(() -> start("masumi.database.url=" + TestPostgres.newDatabase(),
                        "axon.axonserver.enabled=true", "axon.axonserver.servers=127.0.0.1:" + port));
        Awaitility.await().until(() -> waits.waitingFor().isPresent() || start.isDone());
        assertThat(waits.waitingFor()).hasValueSatisfying(what -> assertThat(what).startsWith("Axon Server at 127.0.0.1:" + port));
        waits.giveUp();
        assertThatThrownBy(start::join).rootCause().isInstanceOf(StartWaits.GivenUp.class);
    }

    /** Flyway lets one of them make the tables. */
    @Test
    void severalMayComeUpOnAnEmptyDatabaseAtTheSameMoment() {
        String database = TestPostgres.newDatabase();
        List<CompletableFuture<ConfigurableApplicationContext>> starts = IntStream.range(0, 4).mapToObj(_ -> CompletableFuture
                .supplyAsync(() -> start("masumi.database.url=" + database, "masumi.roles=query", "masumi.database.pool-size=4"))).toList();
        List<ConfigurableApplicationContext> nodes = starts.stream().map(CompletableFuture::join).toList();
        assertThat(nodes).allMatch(ConfigurableApplicationContext::isRunning);
        assertThat(nodes.getFirst().getBean(JdbcClient.class).sql("SELECT count(*) FROM TokenEntry WHERE processorName = '__config'")
                .query(Integer.class).single())
                .as("there before anybody asks: over Axon Server each does while it starts, and all but one would fail to make it")
                .isEqualTo(1);
        Stream<String> names = nodes.stream().map(node -> node.getBean(TransactionManager.class)
                .fetchInTransaction(() -> node.getBean(TokenStore.class).retrieveStorageIdentifier().orElseThrow())).distinct();
        assertThat(names).hasSize(1);
        nodes.forEach(ConfigurableApplicationContext::close);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Node {}

    private ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(Node.class).web(WebApplicationType.NONE)
                .initializers(context -> context.getBeanFactory().registerSingleton("startWaits", waits)).properties(settings).run();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void forward(ServerSocket from, int port) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                Thread.ofPlatform().daemon().start(() -> copy(client, server));
                Thread.ofPlatform().daemon().start(() -> copy(server, client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The other direction ended.
        }
    }
}
