package io.masumi.node.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeOptionsTest {

    @Test
    void readsPortAndDirectory() {
        NodeOptions options = NodeOptions.parse(new String[]{"--port", "4000", "--data=/var/masumi"}, Map.of());
        assertThat(options.port()).contains(4000);
        assertThat(options.data()).isEqualTo(Path.of("/var/masumi"));
    }

    @Test
    void leavesThePortToTheSettingsAndUsesDataBesideIt() {
        NodeOptions options = NodeOptions.parse(new String[0], Map.of());
        assertThat(options.port()).isEmpty();
        assertThat(options.data()).isEqualTo(Path.of("data").toAbsolutePath());
    }

    @Test
    void joinsTheNetworkThatItIsToldTo() {
        assertThat(NodeOptions.parse(new String[0], Map.of()).join()).isEmpty();
        assertThat(NodeOptions.parse(new String[0], Map.of("MASUMI_DEVNET_JOIN", " ")).join()).isEmpty();
        assertThat(NodeOptions.parse(new String[0], Map.of("MASUMI_DEVNET_JOIN", "http://127.0.0.1:1")).join())
                .contains("http://127.0.0.1:1");
        assertThat(NodeOptions.parse(new String[]{"--join", "http://127.0.0.1:2"}, Map.of("MASUMI_DEVNET_JOIN", "http://127.0.0.1:1"))
                .join()).contains("http://127.0.0.1:2");
        assertThatIllegalArgumentException().isThrownBy(() -> NodeOptions.parse(new String[]{"--join", "http://127.0.0.1:2"},
                Map.of("MASUMI_DEVNET_ENABLED", "false"))).withMessageContaining("--join");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--port=x", "--port=65536", "--port=-1", "--data", "--join", "serve", "--verbose"})
    void saysWhatItDoesNotUnderstand(String argument) {
        assertThatIllegalArgumentException().isThrownBy(() -> NodeOptions.parse(new String[]{argument}, Map.of()))
                .withMessageMatching(".*(--port|--data|--join|serve|--verbose).*");
    }
}
