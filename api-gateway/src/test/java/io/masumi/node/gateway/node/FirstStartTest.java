package io.masumi.node.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.gateway.HttpProbe;
import io.masumi.node.testing.TestPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A node from nothing, on the real embedded database, without a chain. */
@Tag("slow")
@Isolated("reads what the whole process prints")
@ExtendWith(OutputCaptureExtension.class)
class FirstStartTest {

    private static final Map<String, String> WITHOUT_CHAIN = Map.of("MASUMI_DEVNET_ENABLED", "false");

    @TempDir
    Path scratch;

    @Test
    void makesItsKeysOnceForItsOwnerOnlyAndOpensWithThemEverAfter() throws IOException {
        Path data = scratch.resolve("data");
        String adminKey;
        try (RunningNode node = start(data, WITHOUT_CHAIN)) {
            adminKey = node.newAdminKey().orElseThrow();
            assertThat(permission(node, adminKey)).isEqualTo("Admin");
            assertThat(modeOf(data)).isEqualTo("rwx------");
            for (String file : new String[]{RunningNode.ADMIN_KEY_FILE, RunningNode.ENCRYPTION_KEY_FILE}) {
                assertThat(modeOf(data.resolve(file))).as(file).isEqualTo("rw-------");
            }
            assertThat(Files.readString(data.resolve(RunningNode.ADMIN_KEY_FILE)).strip()).isEqualTo(adminKey);
            assertThatThrownBy(() -> start(data, WITHOUT_CHAIN)).hasMessageContaining("Another running node");
        }
        try (RunningNode again = start(data, WITHOUT_CHAIN)) {
            assertThat(again.newAdminKey()).isEmpty();
            assertThat(permission(again, adminKey)).isEqualTo("Admin");
        }
        Files.delete(data.resolve(RunningNode.ENCRYPTION_KEY_FILE));
        assertThatThrownBy(() -> start(data, WITHOUT_CHAIN)).hasMessageContaining("ENCRYPTION_KEY");
        assertThat(data.resolve(RunningNode.ENCRYPTION_KEY_FILE)).doesNotExist();
    }

    @Test
    void prefersTheOperatorsKeysAndKeepsThemNowhere() throws IOException {
        Path data = scratch.resolve("operated");
        Map<String, String> environment = Map.of("MASUMI_DEVNET_ENABLED", "false", "ADMIN_KEY", "chosen by the operator", "ENCRYPTION_KEY",
                "chosen by the operator, too");
        try (RunningNode node = start(data, environment)) {
            assertThat(node.newAdminKey()).isEmpty();
            assertThat(permission(node, "chosen by the operator")).isEqualTo("Admin");
        }
        assertThat(data.resolve(RunningNode.ADMIN_KEY_FILE)).doesNotExist();
        assertThat(data.resolve(RunningNode.ENCRYPTION_KEY_FILE)).doesNotExist();
        assertThatThrownBy(() -> start(scratch.resolve("short"), Map.of("MASUMI_DEVNET_ENABLED", "false", "ADMIN_KEY", "too short")))
                .rootCause().hasMessageContaining("at least 15 characters");
    }

    /** An admin who is there is not joined by another because a container came up without its volume. */
    @Test
    void makesTheFirstAdminOfTheNodeAndNotOneForEachDataDirectory() {
        Map<String, String> environment = Map.of("MASUMI_DEVNET_ENABLED", "false", "ENCRYPTION_KEY", "one key for both directories",
                "MASUMI_DATABASE_URL", TestPostgres.newDatabase());
        String adminKey;
        try (RunningNode node = start(scratch.resolve("first"), environment)) {
            adminKey = node.newAdminKey().orElseThrow();
        }
        Path other = scratch.resolve("other");
        try (RunningNode node = start(other, environment)) {
            assertThat(node.newAdminKey()).isEmpty();
            assertThat(other.resolve(RunningNode.ADMIN_KEY_FILE)).doesNotExist();
            assertThat(new HttpProbe(node.port()).get("/api/v1/api-key", adminKey).data().path("ApiKeys")).hasSize(1);
        }
        Map<String, String> reader = new HashMap<>(environment);
        reader.putAll(Map.of("MASUMI_ROLES", "query,gateway", "ENCRYPTION_KEY", "another key than that of the node"));
        assertThatThrownBy(() -> start(other, reader)).rootCause().hasMessageContaining("ENCRYPTION_KEY is not the one");
    }

    @Test
    void warnsOfNothingWhenAllIsWell(CapturedOutput output) {
        start(scratch.resolve("quiet"), WITHOUT_CHAIN).close();
        assertThat(output.getOut().lines().filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))).isEmpty();
    }

    @Test
    void noticesATakenPortBeforeItStartsAnything() throws IOException {
        Path data = scratch.resolve("unlucky");
        try (ServerSocket taken = new ServerSocket(0)) {
            NodeOptions options = new NodeOptions(Optional.of(taken.getLocalPort()), data, WITHOUT_CHAIN);
            assertThatThrownBy(() -> RunningNode.start(options, Map.of())).isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort());
        }
        assertThat(data.resolve("postgres")).doesNotExist();
    }

    private static RunningNode start(Path data, Map<String, String> environment) {
        return RunningNode.start(new NodeOptions(Optional.of(0), data, environment), Map.of());
    }

    private static String permission(RunningNode node, String key) {
        return new HttpProbe(node.port()).get("/api/v1/api-key-status", key).data().path("permission").asString();
    }

    private static String modeOf(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
