package io.masumi.node.chain.loop;

import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs one piece of work of many so that what goes wrong with it does not hold up the others. */
public final class Isolated {

    private Isolated() {}

    /**
     * Runs it.
     *
     * @param work one of many
     * @param failed does what is to be done about a failure of this one
     * @return whether it succeeded
     * @throws ProviderUnavailableException since a provider that does not answer is about all of them
     * @throws RuntimeException what {@link LoopEnd} is behind, for the same reason
     */
    public static boolean run(Runnable work, Consumer<Throwable> failed) {
        return succeeded(failure(work), failed);
    }

    /** The same where the silence of the provider, too, is this one's concern alone. */
    public static boolean runWhateverProvider(Runnable work, Consumer<Throwable> failed) {
        return succeeded(anyFailure(work), failed);
    }

    /** The same for those who go by how it failed. Empty if it did not. */
    public static Optional<Throwable> failure(Runnable work) {
        Optional<Throwable> failure = anyFailure(work);
        if (failure.orElse(null) instanceof ProviderUnavailableException e) {
            throw e;
        }
        return failure;
    }

    private static boolean succeeded(Optional<Throwable> failure, Consumer<Throwable> failed) {
        failure.ifPresent(failed);
        return failure.isEmpty();
    }

    /** Errors among them, because scripts and data of strangers can bring them about. */
    private static Optional<Throwable> anyFailure(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            if (LoopEnd.isBehind(e)) {
                throw e;
            }
            return Optional.of(e);
        }
    }
}
