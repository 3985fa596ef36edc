package io.masumi.node.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The benchmark runs; what it measures is for people to look at, not for a build. */
@Tag("slow")
class ChainBenchmarkTest {

    @Test
    void aSmallOneRunsAndSaysWhatItMeasured() throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ChainBenchmark.run(BenchmarkOptions.parse("--sales=2", "--block-seconds=1"), new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("SubmitResult: 3 actions in 3 transactions",
                "SubmitResult: 2 actions in 2 transactions", "Lock: 2 actions in ", "Withdraw: 2 actions");
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThatThrownBy(() -> BenchmarkOptions.parse("--sail=3")).hasMessageContaining("--sail");
        assertThatThrownBy(() -> BenchmarkOptions.parse("--sales=many")).hasMessageContaining("--sales=many");
    }
}
