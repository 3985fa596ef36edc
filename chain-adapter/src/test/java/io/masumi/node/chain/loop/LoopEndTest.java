package io.masumi.node.chain.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.axonframework.commandhandling.CommandExecutionException;
import org.junit.jupiter.api.Test;

/** A node that is stopped does not take its own end for a fault of what it was doing. */
class LoopEndTest {

    @Test
    void isBehindWhatAnInterruptBroke() {
        assertThat(LoopEnd.isBehind(new CommandExecutionException("failed", new InterruptedException("stopped")))).isTrue();
        assertThat(LoopEnd.isBehind(new IllegalStateException("failed", new IllegalArgumentException("wrong")))).isFalse();
    }

    @Test
    void isBehindEverythingAfterAnInterrupt() {
        Thread.currentThread().interrupt();
        try {
            assertThat(LoopEnd.isBehind(new IllegalStateException("failed"))).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
