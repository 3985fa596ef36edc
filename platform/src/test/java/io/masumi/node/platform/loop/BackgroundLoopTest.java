package io.masumi.node.platform.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundLoopTest {

    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final AtomicInteger passes = new AtomicInteger();
    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private BackgroundLoop loop;

    @AfterEach
    void stop() {
        loop.stop();
    }

    @Test
    void aPassBeginsAtOnceWhenThereIsSomethingToDo() {
        loop = BackgroundLoop.every(FOR_EVER, "test", passes::incrementAndGet);
        loop.start();
        Awaitility.await().until(() -> passes.get() == 1);
        loop.wake();
        Awaitility.await().until(() -> passes.get() == 2);
    }

    @Test
    void whatFailsIsTriedAgainWithGrowingWaitsAndErrorsEndNothing() {
        loop = new BackgroundLoop("test", () -> {
            if (passes.incrementAndGet() < 3) {
                throw new StackOverflowError("of a stranger's script");
            }
            return FOR_EVER;
        }).whenFailed((_, wait) -> waits.add(wait));
        loop.start();
        Awaitility.await().until(() -> passes.get() == 3);
        assertThat(waits).hasSize(2).first().satisfies(wait -> assertThat(wait).isBetween(Duration.ofMillis(250), Duration.ofMillis(500)));
        assertThat(waits.get(1)).isGreaterThan(waits.get(0));
    }

    @Test
    void wakesNobodyWhoFailed() {
        loop = new BackgroundLoop("test", () -> {
            passes.incrementAndGet();
            throw new IllegalStateException("of the test");
        }).whenFailed((_, wait) -> waits.add(wait));
        loop.start();
        Awaitility.await().until(() -> waits.size() == 1);
        for (int again = 0; again < 100; again++) {
            loop.wake();
        }
        assertThat(passes).hasValueLessThan(3);
    }

    @Test
    void isStoppedInTheMiddleOfAPassUnlessThatIsToComeToItsEnd() {
        AtomicBoolean interrupted = new AtomicBoolean();
        loop = new BackgroundLoop("test", () -> {
            passes.incrementAndGet();
            try {
                Thread.sleep(FOR_EVER);
            } catch (InterruptedException e) {
                interrupted.set(true);
                throw e;
            }
            return FOR_EVER;
        }).whenFailed((_, wait) -> waits.add(wait));
        loop.start();
        Awaitility.await().until(() -> passes.get() == 1);
        loop.stop();
        assertThat(interrupted).isTrue();
        assertThat(waits).isEmpty();
        assertThat(loop.isRunning()).isFalse();

        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean finished = new AtomicBoolean();
        loop = BackgroundLoop.every(FOR_EVER, "test", () -> {
            passes.incrementAndGet();
            try {
                end.await();
                finished.set(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }).finishingItsPass();
        loop.start();
        Awaitility.await().until(() -> passes.get() == 2);
        Thread stopping = Thread.ofPlatform().start(loop::stop);
        Awaitility.await().until(() -> !loop.isRunning());
        end.countDown();
        Awaitility.await().until(() -> !stopping.isAlive());
        assertThat(finished).isTrue();
    }
}
