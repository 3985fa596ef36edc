package io.masumi.node.platform.failure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;

/** Sends commands for whoever sends them by a gateway, and gives failures back as they were. No answer for long is one too. */
final class RestoringCommandBus implements CommandBus {

    private final CommandBus bus;
    private final FailureKinds kinds;
    private final Duration patience;

    /** @param patience after which an answer counts as lost */
    RestoringCommandBus(CommandBus bus, FailureKinds kinds, Duration patience) {
        this.bus = bus;
        this.kinds = kinds;
        this.patience = patience;
    }

    @Override
    public <C> void dispatch(CommandMessage<C> command) {
        bus.dispatch(command);
    }

    @Override
    public <C, R> void dispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        Answer<C, R> answer = new Answer<>(command, callback);
        try {
            bus.<C, R>dispatch(command, answer::onResult);
        } catch (RuntimeException e) {
            answer.fail(e);
        }
        answer.expect();
    }

    private final class Answer<C, R> {

        private final CommandMessage<C> command;
        private final CommandCallback<? super C, ? super R> callback;
        /** Done with the first of answer and time-out; an answer ends the time-out. */
        private final CompletableFuture<Void> arrived = new CompletableFuture<>();

        private Answer(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
            this.command = command;
            this.callback = callback;
        }

        private void onResult(CommandMessage<? extends C> sent,
                CommandResultMessage<? extends R> result) {
            if (arrived.complete(null)) {
                callback.onResult(sent, result.isExceptional()
                        ? new GenericCommandResultMessage<R>(kinds.restored(result.exceptionResult()), result.getMetaData())
                        : result);
            }
        }

        private void fail(RuntimeException failure) {
            onResult(command, new GenericCommandResultMessage<>(failure));
        }

        /** Only a command that another process handles is not answered by now. The sender goes on elsewhere than on the one thread of time-outs. */
        private void expect() {
            if (!arrived.isDone()) {
                Future<?> _ = arrived.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).exceptionallyAsync(_ -> {
                    callback.onResult(command, new GenericCommandResultMessage<>(new UnknownOutcomeException(
                            "No answer to " + command.getCommandName() + " came within " + patience, null)));
                    return null;
                });
            }
        }
    }

    @Override
    public Registration subscribe(String commandName, MessageHandler<? super CommandMessage<?>> handler) {
        return bus.subscribe(commandName, handler);
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        return bus.registerHandlerInterceptor(interceptor);
    }

    @Override
    public Registration registerDispatchInterceptor(MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        return bus.registerDispatchInterceptor(interceptor);
    }
}
