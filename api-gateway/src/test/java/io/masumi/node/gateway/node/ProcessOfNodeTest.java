package io.masumi.node.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class ProcessOfNodeTest {

    private static final String KEY = "the encryption key of several processes";

    @TempDir
    Path directory;

    @Test
    void aNodeThatIsOneProcessKeepsFilesAndMakesItsKeys() {
        ProcessOfNode whole = process("", false, false);
        assertThat(whole.isOneOfSeveral()).isFalse();
        assertThat(whole.keepsFiles()).isTrue();
        try (DataDirectory data = DataDirectory.open(directory)) {
            Map<String, Object> made = NodeKeys.of(options(Map.of()), whole, Optional.of(data)).settings();
            assertThat(made.get("masumi.encryption-key").toString()).hasSize(64);
            assertThat(made.get("masumi.admin-key").toString()).startsWith("masumi-");
            assertThat(made).containsEntry("masumi.admin-key-is-generated", true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"command", "query", "chain", "gateway", "query,gateway", ""})
    void oneOfSeveralOverAxonServerIsGivenTheKeyOfAllAndMakesNone(String roles) {
        ProcessOfNode process = process(roles, true, true);
        assertThat(process.isOneOfSeveral()).isTrue();
        assertThat(process.keepsFiles()).isFalse();
        assertThatThrownBy(() -> NodeKeys.of(options(Map.of()), process, Optional.empty())).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("ENCRYPTION_KEY is not set. This process (");
        assertThat(NodeKeys.of(options(Map.of("ENCRYPTION_KEY", KEY)), process, Optional.empty()).settings())
                .containsEntry("masumi.encryption-key", KEY).containsEntry("masumi.admin-key", "")
                .containsEntry("masumi.admin-key-is-generated", false);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aReaderMayNameTheDirectoryThatHasTheKeyAndLeavesItAlone() throws IOException {
        ProcessOfNode reader = process("query,gateway", false, true);
        assertThat(reader.keepsFiles()).isFalse();
        Files.writeString(directory.resolve(RunningNode.ENCRYPTION_KEY_FILE), KEY + "\n");
        try (DataDirectory _ = DataDirectory.open(directory)) {
            assertThat(NodeKeys.of(options(Map.of()), reader, Optional.empty()).settings()).containsEntry("masumi.encryption-key", KEY)
                    .containsEntry("masumi.admin-key", "");
        }
    }

    @Test
    void onlyWhatIsEmbeddedNeedsADataDirectory() {
        assertThat(process("query", true, false).keepsFiles()).as("with a database of its own").isTrue();
        assertThat(process("command,gateway", true, false).keepsFiles()).as("without any").isFalse();
        assertThat(ProcessOfNode.of(settings("chain", true, true), true).keepsFiles()).as("with a development network").isTrue();
        assertThat(ProcessOfNode.of(settings("command", true, true), true).keepsFiles()).as("with that of another").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"command", "chain", "query,chain", "command,gateway", "command,query,gateway"})
    void withoutAxonServerNobodyDecidesAloneOrActsAlone(String roles) {
        assertThatThrownBy(() -> process(roles, false, true)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A process that plays " + roles + " is of no use without Axon Server")
                .hasMessageContaining("query,gateway");
    }

    @Test
    void aReaderNeedsSomethingToRead() {
        assertThatThrownBy(() -> process("query,gateway", false, false)).hasMessageContaining("MASUMI_DATABASE_URL");
    }

    private NodeOptions options(Map<String, String> variables) {
        return new NodeOptions(Optional.empty(), directory, variables);
    }

    private static ProcessOfNode process(String roles, boolean axonServer, boolean databaseElsewhere) {
        return ProcessOfNode.of(settings(roles, axonServer, databaseElsewhere), false);
    }

    private static MockEnvironment settings(String roles, boolean axonServer, boolean databaseElsewhere) {
        return new MockEnvironment().withProperty("masumi.roles", roles)
                .withProperty("axon.axonserver.enabled", Boolean.toString(axonServer))
                .withProperty("masumi.database.url", databaseElsewhere ? "jdbc:postgresql://database/masumi" : "");
    }
}
