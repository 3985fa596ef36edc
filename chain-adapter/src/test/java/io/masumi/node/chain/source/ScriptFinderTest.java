package io.masumi.node.chain.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.cbor.CborWriter;
import io.masumi.node.chain.CardanoWorld;
import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.contracts.CompiledScript;
import io.masumi.node.contracts.RegistryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptFinderTest {

    private static final CompiledScript SCRIPT = RegistryPolicy.script("addr_test1somebody");

    @TempDir
    Path directory;

    /** APIs and files do not agree on how often a script is wrapped; its hash tells. */
    @Test
    void takesAScriptHoweverItIsWrappedAndNothingElse() {
        byte[] once = SCRIPT.bytes();
        byte[] bare = ScriptBytes.unwrapped(once).orElseThrow();
        for (byte[] given : List.of(once, CborWriter.byteString(once), bare)) {
            assertThat(ScriptBytes.withHash(SCRIPT.hash(), given)).hasValue(once);
        }
        once[once.length - 1] ^= 1;
        assertThat(ScriptBytes.withHash(SCRIPT.hash(), once)).isEmpty();
        assertThat(ScriptBytes.withHash(SCRIPT.hash(), new byte[0])).isEmpty();
        assertThat(ScriptBytes.forms(new byte[ScriptBytes.MAX_BYTES + 1])).isEmpty();
        assertThat(ScriptBytes.unwrapped(new byte[]{0x42, 1, 2})).hasValue(new byte[]{1, 2});
        assertThat(ScriptBytes.unwrapped(new byte[]{0x43, 1, 2})).isEmpty();
        assertThat(ScriptBytes.unwrapped(new byte[]{0x5a, -1, -1, -1, -1, 0})).isEmpty();
        assertThat(ScriptBytes.unwrapped(new byte[]{0x59, 0})).isEmpty();
    }

    @Test
    void readsEveryKindOfFile() throws IOException {
        Files.writeString(directory.resolve("a-broken.json"), "{ \"validators\": ");
        Files.writeString(directory.resolve("b-notes.txt"), "not a script");
        Files.write(directory.resolve("c-large.json"), new byte[1_000_001]);
        for (String text : List.of(SCRIPT.hex(), SCRIPT.doubleWrappedHex() + "\n",
                "{\"type\":\"PlutusScriptV3\",\"description\":\"\",\"cborHex\":\"" + SCRIPT.doubleWrappedHex() + "\"}",
                "{\"validators\":[{\"title\":\"a\"},{\"title\":\"b\",\"compiledCode\":\"" + SCRIPT.hex() + "\"}]}")) {
            Path file = directory.resolve("script");
            Files.writeString(file, text);
            for (Path named : List.of(file, directory)) {
                ScriptFiles files = new ScriptFiles(List.of(directory.resolve("there is none"), named));
                assertThat(files.all().map(HexFormat.of()::formatHex)).as(text).hasSize(1);
                assertThat(files.all().flatMap(each -> ScriptBytes.withHash(SCRIPT.hash(), each).stream())).hasSize(1);
            }
        }
    }

    @Test
    void looksAmongWhatIsKeptGivenAndNamedBeforeItAsksTheChain() throws IOException {
        try (CardanoWorld world = new CardanoWorld()) {
            ScriptFinder finder = new ScriptFinder(world.scripts, new ScriptFiles(List.of(directory)));
            assertThat(finder.find(SCRIPT.hash(), List.of(), world.provider)).isEmpty();
            assertThatThrownBy(() -> finder.get(SCRIPT.hash(), world.provider)).isInstanceOf(NoSuchElementException.class)
                    .hasMessageContaining("masumi.chain.script-files");
            assertThat(finder.registryOf("addr_test1somebody", List.of())).isEmpty();
            assertThat(finder.registryOf("addr_test1somebody", List.of(world.escrowScript.bytes(), world.registryScript.bytes())))
                    .isEmpty();
            assertThat(finder.registryOf("addr_test1somebody", List.of(world.escrowScript.bytes(), SCRIPT.bytes())))
                    .contains(SCRIPT.hash());

            world.network.close();
            assertThatThrownBy(() -> finder.find(SCRIPT.hash(), List.of(), world.provider))
                    .isInstanceOf(ProviderUnavailableException.class);
            assertThat(finder.find(world.escrowScript.hash(), List.of(), world.provider)).hasValue(world.escrowScript.bytes());
            assertThat(finder.find(SCRIPT.hash(), List.of(SCRIPT.bytes()), world.provider)).hasValue(SCRIPT.bytes());
            // A file that is added while the node runs.
            Files.writeString(directory.resolve("script"), SCRIPT.hex());
            assertThat(finder.registryOf("addr_test1somebody", List.of())).contains(SCRIPT.hash());
            assertThat(finder.get(SCRIPT.hash(), world.provider)).isEqualTo(SCRIPT.bytes());
            assertThat(world.scripts.find(SCRIPT.hash())).hasValue(SCRIPT.bytes());
        }
    }
}
