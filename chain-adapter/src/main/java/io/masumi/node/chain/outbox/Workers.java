package io.masumi.node.chain.outbox;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;

import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;

/** Does several things at a time, begun in their order. @param most how many at a time */
record Workers(int most) {

    /**
     * Does all of it, and returns when that is done. What fails holds up nothing else, but when the provider does not answer,
     * nothing more is begun.
     *
     * @throws RuntimeException the first failure
     */
    void doAll(List<Runnable> tasks) {
        Queue<Runnable> waiting = new ConcurrentLinkedQueue<>(tasks);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        if (tasks.size() <= 1 || most == 1) {
            work(waiting, failure);
        } else {
            // Threads with stacks of their own, because scripts can need deep ones.
            ThreadFactory named = Thread.ofPlatform().daemon().name(Thread.currentThread().getName() + "-", 1).factory();
            try (ExecutorService threads = Executors.newThreadPerTaskExecutor(named)) {
                for (int i = 0; i < Math.min(most, tasks.size()); i++) {
                    threads.execute(() -> work(waiting, failure));
                }
            }
        }
        switch (failure.get()) {
            case null -> {
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private static void work(Queue<Runnable> waiting, AtomicReference<Throwable> failure) {
        for (Runnable task = waiting.poll(); task != null && !Thread.currentThread().isInterrupted(); task = waiting.poll()) {
            try {
                task.run();
            } catch (ProviderUnavailableException e) {
                failure.compareAndSet(null, e);
                waiting.clear();
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        }
    }
}
