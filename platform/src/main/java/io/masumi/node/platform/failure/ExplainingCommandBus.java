package io.masumi.node.platform.failure;

import java.util.concurrent.atomic.AtomicBoolean;

import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.SimpleCommandBus;

/**
 * Has commands handled in this process, and explains why one failed, whatever it was that failed: handler, transaction or commit.
 * That is why it is no interceptor, which would see the handler only.
 */
final class ExplainingCommandBus extends SimpleCommandBus {

    private final FailureKinds kinds;
    private final boolean sendersElsewhere;

    /** @param sendersElsewhere whether commands come over Axon Server: then nothing but the explanation leaves this process */
    ExplainingCommandBus(Builder builder, FailureKinds kinds, boolean sendersElsewhere) {
        super(builder);
        this.kinds = kinds;
        this.sendersElsewhere = sendersElsewhere;
    }

    @Override
    protected <C, R> void doDispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        AtomicBoolean answered = new AtomicBoolean();
        CommandCallback<C, R> explaining = (sent, result) -> {
            answered.set(true);
            callback.onResult(sent, result.isExceptional() ? explained(command, result) : result);
        };
        try {
            super.doDispatch(command, explaining);
        } catch (RuntimeException e) {
            // No transaction could be begun.
            if (answered.get()) {
                throw e;
            }
            explaining.onResult(command, GenericCommandResultMessage.asCommandResultMessage(e));
        }
    }

    private <R> CommandResultMessage<R> explained(CommandMessage<?> command, CommandResultMessage<?> result) {
        Throwable thrown = result.exceptionResult();
        Failure failure = sendersElsewhere
                ? kinds.explainedAndLogged(command.getCommandName(), thrown)
                : kinds.explained(thrown);
        return new GenericCommandResultMessage<>(
                new CommandExecutionException(failure.message(), sendersElsewhere ? null : thrown, failure), result.getMetaData());
    }
}
