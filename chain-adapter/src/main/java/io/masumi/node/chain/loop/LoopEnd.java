package io.masumi.node.chain.loop;

import io.masumi.node.platform.failure.PartUnavailableException;
import org.axonframework.common.ExceptionUtils;

/** A loop is ended by an interrupt, in whatever it is doing, and a pass also when a part of the node cannot be reached. */
public final class LoopEnd {

    private LoopEnd() {}

    /**
     * Whether something failed for that alone: then there is nothing to note of the record that was worked on, since it is about all of
     * them, and nothing more to do now. The next pass or the next start does it.
     */
    public static boolean isBehind(Throwable failure) {
        return Thread.currentThread().isInterrupted() || ExceptionUtils.findException(failure, InterruptedException.class).isPresent()
                || ExceptionUtils.findException(failure, PartUnavailableException.class).isPresent();
    }
}
