package io.masumi.node.chain.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;

class WorkersTest {

    private final AtomicInteger done = new AtomicInteger();

    @Test
    void severalThingsAreDoneAtATime() {
        CyclicBarrier together = new CyclicBarrier(3);

        new Workers(3).doAll(Stream.<Runnable>generate(() -> () -> meet(together)).limit(6).toList());

        assertThat(done).hasValue(6);
    }

    @Test
    void whatFailsHoldsUpNothingElse() {
        for (int most : List.of(1, 2)) {
            done.set(0);
            assertThatThrownBy(() -> new Workers(most).doAll(List.of(() -> {
                throw new IllegalStateException("first");
            }, done::incrementAndGet, done::incrementAndGet))).hasMessage("first");
            assertThat(done).hasValue(2);
        }
    }

    @Test
    void whenTheProviderDoesNotAnswerNothingMoreIsBegun() {
        assertThatThrownBy(() -> new Workers(1).doAll(List.of(done::incrementAndGet, () -> {
            throw new ProviderUnavailableException("down", null);
        }, done::incrementAndGet))).isInstanceOf(ProviderUnavailableException.class);
        assertThat(done).hasValue(1);
    }

    private void meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
            done.incrementAndGet();
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
