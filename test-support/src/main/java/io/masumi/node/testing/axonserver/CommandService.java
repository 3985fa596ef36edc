package io.masumi.node.testing.axonserver;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.command.CommandServiceGrpc.CommandServiceImplBase;
import io.grpc.stub.StreamObserver;

/**
 * Commands go to one of those that handle them: those of one routing key to the same as long as that one stays. What a lost client had not
 * been sent goes to another; what it was working on fails, and nobody knows whether it was done.
 */
final class CommandService extends CommandServiceImplBase {

    private final Set<CommandStream> handlers = new HashSet<>();
    /** By the command's identifier. */
    private final Map<String, PendingCommand> pending = new HashMap<>();

    @Override
    public StreamObserver<CommandProviderOutbound> openStream(StreamObserver<CommandProviderInbound> client) {
        return new CommandStream(this, new Outbound<>(client));
    }

    @Override
    public synchronized void dispatch(Command command, StreamObserver<CommandResponse> sender) {
        PendingCommand sent = new PendingCommand(command, new Outbound<>(sender));
        if (pending.putIfAbsent(command.getMessageIdentifier(), sent) != null) {
            sent.fail(Failure.COMMAND_DUPLICATED, "command id " + command.getMessageIdentifier() + " duplicated");
            return;
        }
        assign(sent);
    }

    private void assign(PendingCommand sent) {
        Command command = sent.command();
        handler(command).ifPresentOrElse(handler -> {
            sent.assignTo(handler);
            handler.queue().put(sent, Instructions.number(command.getProcessingInstructionsList(), ProcessingKey.PRIORITY, 0));
        }, () -> {
            pending.remove(command.getMessageIdentifier());
            sent.fail(Failure.NO_HANDLER_FOR_COMMAND, "No Handler for command: " + command.getName());
        });
    }

    private Optional<CommandStream> handler(Command command) {
        String key = Instructions.routingKey(command.getProcessingInstructionsList(), command.getMessageIdentifier());
        return handlers.stream().filter(each -> each.loadFactors().containsKey(command.getName()))
                .max(Comparator.comparingDouble(each -> drawn(key, each, each.loadFactors().get(command.getName()))));
    }

    /** Always the same for a key and a handler, so that a key moves only when its handler goes or a new one draws more for it. */
    private static double drawn(String key, CommandStream handler, int loadFactor) {
        long seed = ((long) key.hashCode() << Integer.SIZE) ^ System.identityHashCode(handler);
        return Math.log(new SplittableRandom(seed).nextDouble()) / loadFactor;
    }

    synchronized void subscribe(CommandStream handler, String command, int loadFactor) {
        handlers.add(handler);
        handler.loadFactors().put(command, loadFactor);
    }

    synchronized void unsubscribe(CommandStream handler, String command) {
        handler.loadFactors().remove(command);
    }

    synchronized void answered(CommandResponse response) {
        PendingCommand sent = pending.remove(response.getRequestIdentifier());
        if (sent != null) {
            sent.answer(response);
        }
    }

    synchronized void lost(CommandStream handler) {
        handlers.remove(handler);
        handler.queue().close().forEach(this::assign);
        List<PendingCommand> begun = pending.values().stream().filter(each -> each.handler() == handler).toList();
        for (PendingCommand each : begun) {
            pending.remove(each.command().getMessageIdentifier());
            each.fail(Failure.COMMAND_HANDLER_LOST, "Connection lost while executing command on: " + handler.clientId());
        }
    }

    synchronized List<CommandStream> streamsOf(String clientId) {
        return handlers.stream().filter(each -> each.clientId().equals(clientId)).toList();
    }
}
