package io.masumi.node.gateway.node;

import io.masumi.node.platform.start.StartWaits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Closes a node when the process is asked to end. A node that is starting is let come up first: whoever interrupted it might
 * leave a database server behind that was just being started; but it is not let wait for what is not there. Spring's own shutdown hook does
 * neither.
 */
final class EndOfProcess {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final CompletableFuture<AutoCloseable> started = new CompletableFuture<>();
    private final Thread hook = Thread.ofPlatform().name("stop").unstarted(this::close);

    private final StartWaits waits;

    private EndOfProcess(StartWaits waits) {
        this.waits = waits;
    }

    /** To be called before anything is started. @param waits of the start */
    static EndOfProcess expected(StartWaits waits) {
        EndOfProcess end = new EndOfProcess(waits);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    /** Says what was started, or what is left of a start that failed. */
    void closes(AutoCloseable something) {
        started.complete(something);
    }

    /** Says that it was closed already. */
    void over() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: then the hook does nothing twice.
        }
    }

    private void close() {
        waits.giveUp();
        try {
            started.get(LONGEST_START.toSeconds(), TimeUnit.SECONDS).close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The node did not finish starting, so it could not be stopped in order", e);
        } catch (Exception e) {
            throw new IllegalStateException("The node could not be stopped in order", e);
        }
    }
}
