package io.masumi.node.chain.saga;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.RejectedException;

/**
 * Sends a saga's commands, each in a transaction of its own. In the saga's, a command that its aggregate refuses would take
 * the saga's own changes back with it. The commands may be repeated, so it does no harm when the saga's transaction fails
 * afterwards.
 */
final class SagaCommands {

    private static final Logger LOG = LoggerFactory.getLogger(SagaCommands.class);

    private final CommandGateway commands;
    private final Executor elsewhere;

    SagaCommands(CommandGateway commands, Executor elsewhere) {
        this.commands = commands;
        this.elsewhere = elsewhere;
    }

    /**
     * The same to an aggregate that need not be there, as the node itself has no API key, and for which nothing that moves money
     * may be held up: all of an aggregate waits once its saga fails at an event.
     *
     * @return false if the node failed at it, so that it is to be done again
     */
    boolean sendIfPossible(Object command) {
        try {
            send(command);
            return true;
        } catch (AggregateNotFoundException e) {
            LOG.debug("nobody is there for {}", command, e);
            return true;
        } catch (RuntimeException e) {
            LOG.error("{} failed, and is left until the saga hears of something again", command, e);
            return false;
        }
    }

    /**
     * Asks an aggregate that need not be there for its consent.
     *
     * @return why it did not give it, or why the node could not ask; empty if it did, or is not there
     */
    Optional<String> ask(Object command) {
        try {
            CompletableFuture.runAsync(() -> commands.sendAndWait(command), elsewhere).join();
            return Optional.empty();
        } catch (CompletionException e) {
            return switch (e.getCause()) {
                case AggregateNotFoundException _ -> Optional.empty();
                case RejectedException refused -> Optional.of(refused.getMessage());
                case null, default -> {
                    LOG.error("{} failed", command, e);
                    yield Optional.of("the node failed at it: " + e.getCause());
                }
            };
        }
    }

    /** Sends and waits. A refusal is the aggregate's good right: it knows more than the saga, which will hear of it. */
    void send(Object command) {
        try {
            CompletableFuture.runAsync(() -> commands.sendAndWait(command), elsewhere).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RejectedException refused -> LOG.info("{} was refused: {}", command.getClass().getSimpleName(), refused.getMessage());
                case RuntimeException failure -> throw failure;
                case null, default -> throw e;
            }
        }
    }
}
