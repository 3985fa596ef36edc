package io.masumi.node.chain.loop;

import java.util.Optional;

import io.masumi.node.platform.database.ProcessLock;
import io.masumi.node.platform.database.ProcessLocks;
import io.masumi.node.source.PaymentSourceId;

/**
 * Lets one process at a time do a kind of work on a payment source, and one thread of it. What is done under it must be safe also when
 * the lock is lost meanwhile.
 */
public final class SourceLock {

    private final ProcessLocks locks;

    /** @param locks of this process */
    public SourceLock(ProcessLocks locks) {
        this.locks = locks;
    }

    /** Claims the source for this process's passes over it, until the lock is given back. Empty while another process has it. */
    Optional<ProcessLock> hold(String work, PaymentSourceId source) {
        return locks.take("hold/" + name(work, source));
    }

    /** Does the work unless somebody is at the same work on the same source; then it does nothing. */
    public void ifFree(String work, PaymentSourceId source, Runnable task) {
        locks.take(name(work, source)).ifPresent(lock -> under(lock, task));
    }

    /** Does the work once nobody is at the same work on the same source, before anybody who only looks whether it is free. */
    public void whenFree(String work, PaymentSourceId source, Runnable task) {
        try {
            under(locks.await(name(work, source)), task);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + work + " of payment source " + source, e);
        }
    }

    private static void under(ProcessLock lock, Runnable task) {
        try (lock) {
            task.run();
        }
    }

    private static String name(String work, PaymentSourceId source) {
        return work + "/" + source.value();
    }
}
