package io.masumi.node.testing.axonserver;

import java.util.HashMap;
import java.util.Map;

import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandSubscription;

/** The connection of a client that handles commands. */
final class CommandStream extends ClientStream<CommandProviderOutbound, CommandProviderInbound> {

    private static final int USUAL_LOAD_FACTOR = 100;

    private final CommandService commands;
    /** By name. */
    private final Map<String, Integer> loadFactors = new HashMap<>();
    private final PermittedQueue<PendingCommand> queue;

    CommandStream(CommandService commands, Outbound<CommandProviderInbound> client) {
        super(client);
        this.commands = commands;
        queue = new PermittedQueue<>(
                pending -> client.send(CommandProviderInbound.newBuilder().setCommand(pending.command()).build()));
    }

    @Override
    Taken take(CommandProviderOutbound instruction) {
        switch (instruction.getRequestCase()) {
            case SUBSCRIBE -> {
                CommandSubscription subscription = instruction.getSubscribe();
                isFrom(subscription.getClientId());
                commands.subscribe(this, subscription.getCommand(),
                        subscription.getLoadFactor() == 0 ? USUAL_LOAD_FACTOR : subscription.getLoadFactor());
            }
            case UNSUBSCRIBE -> commands.unsubscribe(this, instruction.getUnsubscribe().getCommand());
            case FLOW_CONTROL -> {
                isFrom(instruction.getFlowControl().getClientId());
                queue.permit(instruction.getFlowControl().getPermits());
            }
            case COMMAND_RESPONSE -> commands.answered(instruction.getCommandResponse());
            case ACK -> {
                return Taken.ANSWER;
            }
            default -> {
                return Taken.UNSUPPORTED;
            }
        }
        return Taken.DONE;
    }

    @Override
    String idOf(CommandProviderOutbound instruction) {
        return instruction.getInstructionId();
    }

    @Override
    CommandProviderInbound acknowledging(InstructionAck acknowledgement) {
        return CommandProviderInbound.newBuilder().setAck(acknowledgement).build();
    }

    @Override
    void gone() {
        commands.lost(this);
    }

    /** By name; only the service changes or reads them, under its own lock. */
    Map<String, Integer> loadFactors() {
        return loadFactors;
    }

    PermittedQueue<PendingCommand> queue() {
        return queue;
    }
}
