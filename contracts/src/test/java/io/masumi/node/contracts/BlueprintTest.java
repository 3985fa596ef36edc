package io.masumi.node.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scalus.uplc.Program;

class BlueprintTest {

    /** To be repaired by running {@link Blueprint#main} and committing plutus.json; docs/contracts.md has the command. */
    @Test
    void committedBlueprintIsReproducible(@TempDir Path directory) throws IOException {
        Path rebuilt = directory.resolve("plutus.json");
        Blueprint.main(new String[]{rebuilt.toString()});
        try (InputStream committed = Blueprint.class.getResourceAsStream("/plutus.json")) {
            assertThat(Arrays.equals(Files.readAllBytes(rebuilt), committed.readAllBytes())).isTrue();
        }
    }

    @Test
    void compilingTwiceGivesTheSameBytes() {
        assertThat(EscrowContract.script(Spends.PARAMETERS).bytes()).isEqualTo(EscrowContract.script(Spends.PARAMETERS).bytes());
        assertThat(EscrowContract.script(Spends.PARAMETERS)).isEqualTo(EscrowContract.script(Spends.PARAMETERS));
    }

    /** Scalus reads our bytes and writes the same: both wrappings and the flat encoding are those of the ledger. */
    @Test
    void bytesAreCanonical() {
        CompiledScript script = EscrowContract.script(Spends.PARAMETERS);
        Program single = Program.fromCborHex(script.hex());
        Program twice = Program.fromDoubleCborHex(script.doubleWrappedHex());
        assertThat(single.version()).isEqualTo(new scala.Tuple3<>(1, 1, 0));
        assertThat(single.cborEncoded()).isEqualTo(script.bytes());
        assertThat(twice.doubleCborHex()).isEqualTo(script.doubleWrappedHex());
        assertThat(script.hex()).startsWith("59");
    }

    @Test
    void templateIsFilled() {
        assertThat(Blueprint.json()).doesNotContain("@").contains(EscrowContract.unapplied().hash(), RegistryPolicy.unapplied().hash());
        assertThat(Blueprint.json().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20_000);
    }
}
