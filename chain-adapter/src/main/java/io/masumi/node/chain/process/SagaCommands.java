package io.masumi.node.chain.process;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

import io.masumi.node.RejectedException;
import io.masumi.node.chain.outbox.RecordCommands;
import io.masumi.node.platform.NotStoredException;
import io.masumi.node.platform.failure.PartUnavailableException;

/**
 * Sends a saga's commands, each in a transaction of its own. In the saga's, a command that its aggregate refuses would take
 * the saga's own changes back with it. The commands may be repeated, so it does no harm when the saga's transaction fails
 * afterwards.
 */
final class SagaCommands {

    private static final Logger LOG = LoggerFactory.getLogger(SagaCommands.class);

    private final CommandGateway commands;
    private final RecordCommands records;
    private final Executor elsewhere;

    SagaCommands(CommandGateway commands, RecordCommands records, Executor elsewhere) {
        this.commands = commands;
        this.records = records;
        this.elsewhere = elsewhere;
    }

    /**
     * The same to an aggregate that need not be there, as the node itself has no API key, and for which nothing that moves money
     * may be held up: all of an aggregate waits once its saga fails at an event.
     *
     * @return why the node failed at it, so that it is to be done again; empty if it is told, or need not be
     */
    Optional<RuntimeException> sendIfPossible(Object command) {
        try {
            elsewhere(() -> commands.sendAndWait(command));
            return Optional.empty();
        } catch (AggregateNotFoundException e) {
            LOG.debug("nobody is there for {}", command, e);
            return Optional.empty();
        } catch (RejectedException refused) {
            LOG.info("{} was refused: {}", command.getClass().getSimpleName(), refused.getMessage());
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.error("{} failed, and is left until the saga hears of something again", command, e);
            return Optional.of(e);
        }
    }

    /**
     * Asks an aggregate that need not be there for its consent.
     *
     * @return why it did not give it, or why the node cannot ask; empty if it did, or is not there
     * @throws RuntimeException if the node cannot ask at this moment
     */
    Optional<String> ask(Object command) {
        try {
            CompletableFuture.runAsync(() -> commands.sendAndWait(command), elsewhere).join();
            return Optional.empty();
        } catch (CompletionException e) {
            return switch (e.getCause()) {
                case AggregateNotFoundException _ -> Optional.empty();
                case RejectedException refused -> Optional.of(refused.getMessage());
                case RuntimeException passing when isPassing(passing) -> throw passing;
                case null, default -> {
                    LOG.error("{} failed", command, e);
                    yield Optional.of("the node failed at it: " + e.getCause());
                }
            };
        }
    }

    /**
     * Tells the saga's own record something, and waits. It may refuse: it may know more than the saga, which will hear of it then.
     *
     * @param known number of the newest event that the saga has taken in
     * @return false if it was refused
     * @throws RuntimeException if the node failed at it, or an older record than the saga knows answered
     */
    boolean tell(Object command, long known) {
        try {
            elsewhere(() -> records.send(command, known));
            return true;
        } catch (RejectedException refused) {
            LOG.info("{} was refused: {}", command.getClass().getSimpleName(), refused.getMessage());
            return false;
        }
    }

    /** Whether it says nothing about the command: nobody can take any just now, or somebody else was faster. */
    private static boolean isPassing(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof PartUnavailableException
                        || cause instanceof ConcurrencyException || cause instanceof NotStoredException
                        || cause instanceof DataAccessResourceFailureException);
    }

    private void elsewhere(Runnable task) {
        try {
            CompletableFuture.runAsync(task, elsewhere).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
