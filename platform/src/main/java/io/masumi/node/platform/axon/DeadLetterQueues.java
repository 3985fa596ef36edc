package io.masumi.node.platform.axon;

import java.util.function.Function;

import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.serialization.Serializer;

/**
 * Dead-letter queues in the node's database, to be registered for a processing group with
 * {@code configurer.eventProcessing().registerDeadLetterQueue("group", queues.forGroup("group"))}.
 */
public final class DeadLetterQueues {

    private final ConnectionProvider connections;
    private final TransactionManager transactions;
    private final Serializer serializer;

    DeadLetterQueues(ConnectionProvider connections, TransactionManager transactions, Serializer serializer) {
        this.connections = connections;
        this.transactions = transactions;
        this.serializer = serializer;
    }

    /** The queue of that processing group. */
    public Function<Configuration, SequencedDeadLetterQueue<EventMessage<?>>> forGroup(String processingGroup) {
        return configuration -> JdbcSequencedDeadLetterQueue.<EventMessage<?>>builder()
                .processingGroup(processingGroup)
                .connectionProvider(connections)
                .transactionManager(transactions)
                .genericSerializer(serializer)
                .eventSerializer(serializer)
                .build();
    }
}
