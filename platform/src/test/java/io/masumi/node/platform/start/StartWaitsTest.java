package io.masumi.node.platform.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class StartWaitsTest {

    private final StartWaits waits = new StartWaits();

    @Test
    void goesOnAtOnceWithWhatIsThere() {
        waits.giveUp();
        waits.until("a thing", Optional::empty);
        assertThat(waits.waitingFor()).isEmpty();
    }

    @Test
    void waitsForWhatIsNotThereAndSaysWhy() {
        AtomicReference<Optional<String>> missing = new AtomicReference<>(Optional.of("it sleeps"));
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> waits.until("a thing", missing::get));
        Awaitility.await().until(() -> waits.waitingFor().equals(Optional.of("a thing (it sleeps)")));
        assertThat(start).isNotDone();
        missing.set(Optional.empty());
        Awaitility.await().until(start::isDone);
        assertThat(start).isCompleted();
        assertThat(waits.waitingFor()).isEmpty();
    }

    @Test
    void isEndedByWhoeverEndsTheProcess() {
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> waits.until("a thing", () -> Optional.of("it sleeps")));
        Awaitility.await().until(() -> waits.waitingFor().isPresent());
        waits.giveUp();
        assertThatThrownBy(start::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(StartWaits.GivenUp.class)
                .hasMessageContaining("while it waited for a thing");
    }
}
