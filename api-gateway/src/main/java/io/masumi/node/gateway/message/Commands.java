package io.masumi.node.gateway.message;

import io.masumi.node.Requester;
import io.masumi.node.platform.MessageMetadata;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** Sends commands in somebody's name, and turns refusals into what the client gets. */
public final class Commands {

    private final CommandGateway gateway;
    private final Duration patience;
    private final Elsewhere elsewhere;

    /** @param patience how long to wait for a command's result */
    Commands(CommandGateway gateway, Duration patience, Elsewhere elsewhere) {
        this.gateway = gateway;
        this.patience = patience;
        this.elsewhere = elsewhere;
    }

    /**
     * Sends a command of an aggregate.
     *
     * @return the aggregate's version afterwards
     * @throws io.masumi.node.gateway.http.Problem when it is refused, or nobody can say whether it was taken
     */
    public long send(Object command, Requester requester) {
        return send(command, requester, Long.class);
    }

    /** Sends any command. @return what its handler answers */
    public <R> R send(Object command, Requester requester, Class<R> answer) {
        CommandMessage<Object> message = GenericCommandMessage.asCommandMessage(command)
                .andMetaData(Map.of(MessageMetadata.REQUESTED_BY, requester.keyId()));
        try {
            CompletableFuture<R> result = gateway.send(message);
            return answer.cast(Failures.await(result, patience));
        } catch (RuntimeException e) {
            // What fails before a handler is reached, for want of a transaction for example, Axon throws at once.
            throw elsewhere.explained(Failures.translated(e));
        }
    }
}
