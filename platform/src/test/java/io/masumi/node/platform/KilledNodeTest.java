package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.DateTimeUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.CounterNode.Create;
import io.masumi.node.platform.CounterNode.Increase;
import io.masumi.node.platform.database.EmbeddedPostgresServer;
import io.masumi.node.testing.Processors;

@Tag("slow")
@Timeout(120)
class KilledNodeTest {

    private static final Path BINARIES = Path.of("target", "postgres-binaries").toAbsolutePath();

    @TempDir
    private Path data;

    /** The other JVM's part: a whole node on the embedded server that handles one command and goes on. */
    static final class Node {

        private Node() {}

        public static void main(String[] arguments) throws InterruptedException {
            ConfigurableApplicationContext node = start(Path.of(arguments[0]));
            node.getBean(CommandGateway.class).sendAndWait(new Create("sale"));
            node.getBean(CommandGateway.class).sendAndWait(new Increase("sale", 1));
            node.getBean(Processors.class).awaitCaughtUp();
            System.out.println("ready");
            Thread.sleep(Duration.ofMinutes(5));
        }
    }

    @Test
    void isSucceededAtOnceByOneThatGoesOnWhereItStood() throws Exception {
        Process killed = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m", "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"), Node.class.getName(), data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = killed.inputReader()) {
            assertThat(lines.lines().filter("ready"::equals).findFirst()).contains("ready");
        }
        killed.destroyForcibly().waitFor();

        holdClaimsForLong();

        try (ConfigurableApplicationContext node = start(data)) {
            Long value = node.getBean(CommandGateway.class).sendAndWait(new Increase("sale", 1));
            assertThat(value).isEqualTo(2);
            Awaitility.await().until(() -> node.getBean(JdbcClient.class)
                    .sql("SELECT value FROM counter_view WHERE id = 'sale'").query(Long.class).single() == 2);
        }
    }

    /** Otherwise the killed node's claims on its event processors might run out before its successor asks for them. */
    private void holdClaimsForLong() throws SQLException {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data.resolve("postgres"), BINARIES);
                Connection connection = DriverManager.getConnection(server.url().jdbcUrl(), server.url().user().orElseThrow(),
                        server.url().password().orElseThrow());
                PreparedStatement update = connection.prepareStatement("UPDATE tokenentry SET timestamp = ? WHERE owner IS NOT NULL")) {
            update.setString(1, DateTimeUtils.formatInstant(Instant.now().plus(Duration.ofHours(1))));
            assertThat(update.executeUpdate()).isPositive();
        }
    }

    private static ConfigurableApplicationContext start(Path data) {
        return new SpringApplicationBuilder(CounterNode.class).web(WebApplicationType.NONE).properties("masumi.data-dir=" + data,
                "masumi.database.binaries=" + BINARIES).run();
    }
}
