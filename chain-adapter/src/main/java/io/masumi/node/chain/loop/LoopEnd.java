package io.masumi.node.chain.loop;

import org.axonframework.common.ExceptionUtils;

/** A loop is ended by an interrupt, in whatever it is doing. */
public final class LoopEnd {

    private LoopEnd() {}

    /** Whether something failed for that alone: then there is nothing to note and nothing more to do, and the next start does it. */
    public static boolean isBehind(Throwable failure) {
        return Thread.currentThread().isInterrupted() || ExceptionUtils.findException(failure, InterruptedException.class).isPresent();
    }
}
