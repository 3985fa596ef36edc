package io.masumi.node.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownSettingsTest {

    private static final Pattern USED = Pattern.compile("\\$\\{(masumi\\.[a-z.-]+)");

    private final KnownSettings settings = new KnownSettings();

    @Test
    void knowsWhatRecordsOfSettingsAreMadeOfAndWhatIsAskedForByItself() throws IOException {
        assertThat(settings.names()).contains("masumi.chain.confirmations", "masumi.terms.pay-by-grace", "masumi.sweep.interval",
                "masumi.database.url").containsAll(singleSettings());
    }

    @Test
    void aVariableMayBeWrittenWithOrWithoutUnderscores() {
        assertThat(Stream.of("MASUMI_CHAIN_WITHDRAW_DELAY", "MASUMI_CHAIN_WITHDRAWDELAY", "masumi.chain.withdraw-delay",
                "masumi.chain.withdrawDelay", "MASUMI_JAVA_OPTS", "PATH", "spring.application.name")).allMatch(
                        name -> settings.objection(name).isEmpty());
    }

    @Test
    void namesTheSettingThatWasProbablyMeant() {
        assertThat(settings.objection("MASUMI_CHAIN_CONFIRMATION")).contains(
                "MASUMI_CHAIN_CONFIRMATION is no setting of this node; the nearest is MASUMI_CHAIN_CONFIRMATIONS");
        assertThat(settings.objection("masumi.chian.poll-intervall")).hasValueSatisfying(
                words -> assertThat(words).endsWith("masumi.chain.poll-interval"));
    }

    @Test
    void aNodeDoesNotStartWithAMisspelledSetting(@TempDir Path scratch) {
        NodeOptions options = new NodeOptions(Optional.of(0), scratch.resolve("data"), Map.of("MASUMI_DEVNET_ENABLED", "false",
                "MASUMI_DATABASE_ULR", "jdbc:postgresql://somewhere/else"));
        assertThatThrownBy(() -> RunningNode.start(options, Map.of()).close()).hasMessageContaining("MASUMI_DATABASE_URL");
        assertThat(scratch.resolve("data/postgres")).doesNotExist();
    }

    /** The names that our own sources ask for one by one. */
    private static List<String> singleSettings() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            return files.filter(file -> file.toString().endsWith(".java") && file.toString().contains("/src/main/"))
                    .flatMap(file -> USED.matcher(text(file)).results().map(used -> used.group(1))).distinct().toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
