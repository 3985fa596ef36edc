package io.masumi.node.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CopyEventsTest {

    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong();

    @Test
    void takesADirectoryAndADirectionAndNothingElse() {
        CopyEvents.parse(new String[]{"--back", "--data", "elsewhere"}, Map.of(), System.out);

        for (String[] wrong : new String[][]{{"--port", "1"}, {"--join", "http://localhost:1"}, {"--forth"}, {"--data"}}) {
            assertThatThrownBy(() -> CopyEvents.parse(wrong, Map.of(), System.out)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void showsALineNowAndThenWhereNobodyWatches() {
        Progress progress = new Progress(new PrintStream(shown), false, now::get);

        progress.begin("Copying", 4_000);
        progress.done(1_000);
        now.addAndGet(20 * SECOND);
        progress.done(2_000);
        progress.done(3_000);
        progress.done(4_000);
        progress.end();

        assertThat(shown.toString().lines()).containsExactly("Copying: 4,000 events", "Copying:  50 %, 2,000 of 4,000, 100/s, 20 s left",
                "Copying: 100 %, 4,000 of 4,000, 200/s");
    }

    @Test
    void growsOneLineOnATerminal() {
        Progress progress = new Progress(new PrintStream(shown), true, now::get);

        progress.begin("Copying", 4_000);
        now.addAndGet(20 * SECOND);
        progress.done(2_000);
        progress.end();

        assertThat(shown.toString()).containsOnlyOnce("\n").contains("\rCopying",
                "[###############...............]  50 %  2,000 of 4,000, 100/s");
    }
}
