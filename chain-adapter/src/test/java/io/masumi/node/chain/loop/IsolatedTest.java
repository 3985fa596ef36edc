package io.masumi.node.chain.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.platform.failure.PartUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandExecutionException;
import org.junit.jupiter.api.Test;

/** What goes wrong with one is that one's concern, unless it is about all of them. */
class IsolatedTest {

    private final List<Throwable> failures = new ArrayList<>();

    @Test
    void saysWhetherItSucceeded() {
        assertThat(Isolated.run(() -> {}, failures::add)).isTrue();
        assertThat(failures).isEmpty();
    }

    @Test
    void handsOverWhatConcernsThisOneAlone() {
        List<Throwable> own = List.of(new IllegalStateException("a fault"), new StackOverflowError("a deep script"),
                new OutOfMemoryError("a large one"), new AssertionError("one that is not understood"));
        for (Throwable each : own) {
            assertThat(Isolated.run(() -> raise(each), failures::add)).isFalse();
            assertThat(Isolated.failure(() -> raise(each))).contains(each);
        }
        assertThat(failures).isEqualTo(own);
    }

    @Test
    void throwsOnThatTheProviderDoesNotAnswer() {
        ProviderUnavailableException silent = new ProviderUnavailableException("no answer", null);
        assertThatThrownBy(() -> Isolated.run(() -> raise(silent), failures::add)).isSameAs(silent);
        assertThatThrownBy(() -> Isolated.failure(() -> raise(silent))).isSameAs(silent);
        assertThat(failures).isEmpty();
        assertThat(Isolated.runWhateverProvider(() -> raise(silent), failures::add)).isFalse();
        assertThat(failures).containsExactly(silent);
    }

    @Test
    void throwsOnWhatEndsTheLoop() {
        for (Throwable cause : List.of(new InterruptedException("stopped"), new PartUnavailableException("no handlers", null))) {
            CommandExecutionException ended = new CommandExecutionException("failed", cause);
            assertThatThrownBy(() -> Isolated.run(() -> raise(ended), failures::add)).isSameAs(ended);
            assertThatThrownBy(() -> Isolated.runWhateverProvider(() -> raise(ended), failures::add)).isSameAs(ended);
            assertThatThrownBy(() -> Isolated.failure(() -> raise(ended))).isSameAs(ended);
        }
        assertThat(failures).isEmpty();
    }

    private static void raise(Throwable failure) {
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException(failure);
        }
    }
}
