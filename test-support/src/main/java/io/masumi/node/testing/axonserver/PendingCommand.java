package io.masumi.node.testing.axonserver;

import java.util.UUID;

import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandResponse;

/** A command without an answer yet. */
final class PendingCommand {

    private final Command command;
    private final Outbound<CommandResponse> sender;
    private CommandStream handler;

    PendingCommand(Command command, Outbound<CommandResponse> sender) {
        this.command = command;
        this.sender = sender;
    }

    Command command() {
        return command;
    }

    CommandStream handler() {
        return handler;
    }

    void assignTo(CommandStream handler) {
        this.handler = handler;
    }

    void answer(CommandResponse response) {
        sender.sendLast(response);
    }

    void fail(Failure failure, String text) {
        answer(CommandResponse.newBuilder().setMessageIdentifier(UUID.randomUUID().toString())
                .setRequestIdentifier(command.getMessageIdentifier()).setErrorCode(failure.code()).setErrorMessage(Failure.message(text))
                .build());
    }
}
