package io.masumi.node.testing.axonserver;

import java.util.HashMap;
import java.util.Map;

import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandSubscription;
import io.grpc.stub.StreamObserver;

/** The connection of a client that handles commands. */
final class CommandStream implements StreamObserver<CommandProviderOutbound>, ClientStream {

    private static final int USUAL_LOAD_FACTOR = 100;

    private final CommandService commands;
    private final Outbound<CommandProviderInbound> client;
    /** By name. */
    private final Map<String, Integer> loadFactors = new HashMap<>();
    private final PermittedQueue<PendingCommand> queue;
    private volatile String clientId = "";

    CommandStream(CommandService commands, Outbound<CommandProviderInbound> client) {
        this.commands = commands;
        this.client = client;
        queue = new PermittedQueue<>(
                pending -> client.send(CommandProviderInbound.newBuilder().setCommand(pending.command()).build()));
    }

    @Override
    public void onNext(CommandProviderOutbound instruction) {
        switch (instruction.getRequestCase()) {
            case SUBSCRIBE -> {
                CommandSubscription subscription = instruction.getSubscribe();
                clientId = subscription.getClientId();
                commands.subscribe(this, subscription.getCommand(),
                        subscription.getLoadFactor() == 0 ? USUAL_LOAD_FACTOR : subscription.getLoadFactor());
            }
            case UNSUBSCRIBE -> commands.unsubscribe(this, instruction.getUnsubscribe().getCommand());
            case FLOW_CONTROL -> {
                clientId = instruction.getFlowControl().getClientId();
                queue.permit(instruction.getFlowControl().getPermits());
            }
            case COMMAND_RESPONSE -> commands.answered(instruction.getCommandResponse());
            case ACK -> {
                return;
            }
            default -> {
                acknowledge(CommandProviderInbound.newBuilder().setAck(Instructions.unsupported(instruction.getInstructionId())),
                        instruction.getInstructionId());
                return;
            }
        }
        acknowledge(CommandProviderInbound.newBuilder().setAck(Instructions.done(instruction.getInstructionId())),
                instruction.getInstructionId());
    }

    private void acknowledge(CommandProviderInbound.Builder acknowledgement, String instruction) {
        if (!instruction.isEmpty()) {
            client.send(acknowledgement.build());
        }
    }

    /** By name; only the service changes or reads them, under its own lock. */
    Map<String, Integer> loadFactors() {
        return loadFactors;
    }

    PermittedQueue<PendingCommand> queue() {
        return queue;
    }

    @Override
    public String clientId() {
        return clientId;
    }

    @Override
    public void giveUp(RuntimeException cause) {
        client.fail(cause);
        commands.lost(this);
    }

    @Override
    public void onError(Throwable cause) {
        commands.lost(this);
    }

    @Override
    public void onCompleted() {
        commands.lost(this);
        client.end();
    }
}
