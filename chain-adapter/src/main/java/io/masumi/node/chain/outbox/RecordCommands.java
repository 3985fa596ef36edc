package io.masumi.node.chain.outbox;

import java.util.Map;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.MessageMetadata;
import io.masumi.node.platform.OutdatedAggregateException;

/**
 * Tells records something. That it means nothing to a record is only believed of one that is no older than the events that were heard of
 * it here.
 */
public final class RecordCommands {

    private static final long NOTHING = -1;

    private final CommandGateway commands;
    private final HeardEvents heard;

    /** @param jdbc the database of the processes that act on the chain */
    public RecordCommands(CommandGateway commands, JdbcClient jdbc) {
        this.commands = commands;
        this.heard = new HeardEvents(jdbc);
    }

    /**
     * Sends and waits.
     *
     * @param command to that record
     * @throws AggregateNotFoundException when there is no such record, and no event of one was heard
     * @throws OutdatedAggregateException when the answer is an older record's
     * @throws io.masumi.node.RejectedException when the record refuses it
     * @throws RuntimeException when the node fails at it
     */
    public void send(ActionRole role, String id, Object command) {
        send(command, heard.last(role, id).orElse(NOTHING));
    }

    /** The same. @param known number of the newest event of the record that the sender has taken in, -1 for none */
    public void send(Object command, long known) {
        try {
            commands.sendAndWait(GenericCommandMessage.asCommandMessage(command).andMetaData(Map.of(MessageMetadata.KNOWN_EVENT, known)));
        } catch (AggregateNotFoundException e) {
            if (known == NOTHING) {
                throw e;
            }
            throw new OutdatedAggregateException(known, "does not know it");
        }
    }
}
