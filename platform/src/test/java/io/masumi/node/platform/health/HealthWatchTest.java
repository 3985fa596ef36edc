package io.masumi.node.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.masumi.node.testing.MutableClock;

@Tag("slow")
class HealthWatchTest {

    private static final Concern FULL = new Concern("disk", "data", "is full", Instant.EPOCH);

    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void aPartThatHangsIsAConcernItselfAndHoldsUpNoOther() {
        HealthWatch watch = watch(Map.of("hangs", this::hang, "works", () -> List.of(FULL)));
        long begun = System.nanoTime();
        ProcessHealth health = watch.now();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
        assertThat(health.concerns()).contains(FULL).hasSize(2)
                .anyMatch(concern -> concern.part().equals("health") && concern.subject().equals("hangs") && concern.since() != null);
    }

    @Test
    void whatWasSaidLastIsKeptWhileAPartHangs() {
        AtomicInteger looks = new AtomicInteger();
        BackgroundLook<List<Concern>> look = new BackgroundLook<>("hangs later",
                () -> looks.getAndIncrement() == 0 ? List.of(FULL) : hang(), Clock.systemUTC());
        assertThat(look.within(Duration.ofMinutes(1))).isEqualTo(new BackgroundLook.Seen<>(List.of(FULL), null));
        BackgroundLook.Seen<List<Concern>> seen;
        do {
            seen = look.within(Duration.ZERO);
        } while (looks.get() < 2);
        assertThat(seen.last()).containsExactly(FULL);
        assertThat(look.within(Duration.ZERO).troubledSince()).isNotNull();
    }

    /** A library that is first used by a look would else keep what the asker's loader does not find. */
    @Test
    void aLookFindsWhatIsInTheNodesJarWhoeverAsks() throws InterruptedException {
        AtomicReference<ClassLoader> seen = new AtomicReference<>();
        BackgroundLook<Boolean> look = new BackgroundLook<>("loader", () -> {
            seen.set(Thread.currentThread().getContextClassLoader());
            return true;
        }, Clock.systemUTC());
        Thread asker = Thread.ofPlatform().unstarted(() -> look.within(Duration.ofMinutes(1)));
        asker.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        asker.start();
        asker.join();
        assertThat(seen.get()).isEqualTo(BackgroundLook.class.getClassLoader());
    }

    /** A checkpoint, or a busy machine, is no reason to take a node out of service. */
    @Test
    void aNecessaryPartThatIsLateIsNoOutageBeforeAWhile() {
        MutableClock clock = new MutableClock(Instant.EPOCH);
        AtomicInteger looks = new AtomicInteger();
        HealthWatch watch = new HealthWatch(Map.of("database", new HealthReporter() {
            @Override
            public List<Concern> concerns() {
                return looks.getAndIncrement() == 0 ? List.of() : hang();
            }

            @Override
            public boolean necessary() {
                return true;
            }
        }), clock);
        assertThat(watch.now().outages()).isEmpty();
        Awaitility.await().until(() -> {
            watch.now();
            return looks.get() == 2;
        });
        ProcessHealth late = watch.now();
        assertThat(late.outages()).isEmpty();
        assertThat(late.concerns()).singleElement().extracting(Concern::subject).isEqualTo("database");

        clock.advance(Duration.ofSeconds(4));
        assertThat(watch.now().outages()).singleElement().extracting(Concern::subject).isEqualTo("database");
    }

    @Test
    void aPartThatFailsIsAConcernItself() {
        HealthWatch watch = watch(Map.of("fails", () -> {
            throw new IllegalStateException("password=secret");
        }));
        assertThat(watch.now().concerns()).singleElement()
                .satisfies(concern -> assertThat(concern.toString()).contains("fails").doesNotContain("secret"));
    }

    @Test
    void isAskedOnceASecondHoweverManyAsk() {
        AtomicInteger asked = new AtomicInteger();
        HealthWatch watch = watch(Map.of("counts", () -> {
            asked.incrementAndGet();
            return List.of();
        }));
        long begun = System.nanoTime();
        IntStream.range(0, 500).parallel().forEach(_ -> watch.now());
        assertThat(asked.get()).isBetween(1, 1 + (int) Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    }

    @Test
    void manyOfAKindAreCounted() {
        HealthWatch watch = watch(Map.of("many", () -> Collections.nCopies(1000, FULL)));
        assertThat(watch.now().concerns()).hasSize(51).last().satisfies(more -> assertThat(more.reason()).startsWith("950 more"));
    }

    @Test
    void onlyWhatIsNecessaryIsAnOutage() {
        HealthWatch watch = watch(Map.of("database", new HealthReporter() {

            @Override
            public List<Concern> concerns() {
                return List.of(FULL);
            }

            @Override
            public boolean necessary() {
                return true;
            }
        }));
        assertThat(watch.now()).isEqualTo(new ProcessHealth(List.of(FULL), List.of()));
    }

    private List<Concern> hang() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    private static HealthWatch watch(Map<String, HealthReporter> reporters) {
        return new HealthWatch(reporters, Clock.systemUTC());
    }
}
