package io.masumi.node.gateway.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.axoniq.axonserver.grpc.query.QueryUpdate;
import io.axoniq.axonserver.grpc.query.SubscriptionQuery;
import io.masumi.node.platform.MessageMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.command.CommandSerializer;
import org.axonframework.axonserver.connector.query.QuerySerializer;
import org.axonframework.axonserver.connector.query.subscription.SubscriptionMessageSerializer;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.distributed.AnnotationRoutingStrategy;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.queryhandling.GenericQueryMessage;
import org.axonframework.queryhandling.GenericQueryResponseMessage;
import org.axonframework.queryhandling.GenericSubscriptionQueryMessage;
import org.axonframework.queryhandling.GenericSubscriptionQueryUpdateMessage;
import org.axonframework.queryhandling.QueryMessage;
import org.axonframework.queryhandling.QueryResponseMessage;
import org.axonframework.queryhandling.SubscriptionQueryMessage;
import org.axonframework.serialization.Serializer;

/** Sends messages as Axon's connector does, byte by byte, with nothing but the network left out. */
final class Connector {

    static final Map<String, String> METADATA = Map.of(MessageMetadata.REQUESTED_BY, "ckey", MessageMetadata.CORRELATION_ID, "a-command",
            MessageMetadata.TRACE_ID, "the-first");

    private final CommandSerializer commands;
    private final QuerySerializer queries;
    private final SubscriptionMessageSerializer subscriptions;

    /** All that was sent, as Axon Server could read it. */
    private final StringBuilder sent = new StringBuilder();

    Connector(Serializer messages) {
        AxonServerConfiguration settings = AxonServerConfiguration.builder().clientId("a-process").componentName("masumi-node").build();
        commands = new CommandSerializer(messages, settings);
        queries = new QuerySerializer(messages, messages, settings);
        subscriptions = new SubscriptionMessageSerializer(messages, messages, settings);
    }

    CommandMessage<?> command(Object payload) throws InvalidProtocolBufferException {
        return received(serialized(payload));
    }

    /** A command as another process may have sent it. */
    Command serialized(Object payload) {
        CommandMessage<Object> message = GenericCommandMessage.asCommandMessage(payload).withMetaData(METADATA);
        return commands.serialize(message, AnnotationRoutingStrategy.defaultStrategy().getRoutingKey(message), 0);
    }

    CommandMessage<?> received(Command sent) throws InvalidProtocolBufferException {
        return commands.deserialize(Command.parseFrom(bytes(sent)));
    }

    CommandResultMessage<?> result(Object result) throws InvalidProtocolBufferException {
        CommandResponse sent = commands.serialize(GenericCommandResultMessage.asCommandResultMessage(result), "a-command");
        return commands.deserialize(CommandResponse.parseFrom(bytes(sent)));
    }

    <R> QueryMessage<?, ?> query(Object payload, String name, ResponseType<R> expected) throws InvalidProtocolBufferException {
        QueryMessage<Object, R> message = new GenericQueryMessage<>(payload, name, expected).withMetaData(METADATA);
        QueryRequest sent = queries.serializeRequest(message, 1, 1000, 0);
        return queries.deserializeRequest(QueryRequest.parseFrom(bytes(sent)));
    }

    /** @param asked as the handling side got it. @param expected as the asking side meant it */
    <R> R answer(Object answer, ResponseType<?> asked, ResponseType<R> expected) throws InvalidProtocolBufferException {
        QueryResponse sent = queries.serializeResponse(converted(answer, asked), "a-query");
        return queries.deserializeResponse(QueryResponse.parseFrom(bytes(sent)), expected).getPayload();
    }

    /** The member is deprecated, but it is the one that the connector writes and reads. */
    @SuppressWarnings("deprecation")
    <I, U> SubscriptionQueryMessage<?, ?, ?> subscription(Object payload, String name, ResponseType<I> expected, ResponseType<U> updates)
            throws InvalidProtocolBufferException {
        SubscriptionQueryMessage<Object, I, U> message = new GenericSubscriptionQueryMessage<>(payload, name, expected, updates);
        SubscriptionQuery sent = SubscriptionQuery.newBuilder().setQueryRequest(subscriptions.serializeQuery(message))
                .setUpdateResponseType(subscriptions.serializeUpdateType(message)).build();
        return subscriptions.deserialize(SubscriptionQuery.parseFrom(bytes(sent)));
    }

    Object initialAnswer(Object answer, ResponseType<?> asked) throws InvalidProtocolBufferException {
        QueryResponse sent = queries.serializeResponse(converted(answer, asked), "a-query");
        return subscriptions.deserialize(QueryResponse.parseFrom(bytes(sent))).getPayload();
    }

    Object update(Object update) throws InvalidProtocolBufferException {
        QueryUpdate sent = subscriptions.serialize(GenericSubscriptionQueryUpdateMessage.asUpdateMessage(update));
        return subscriptions.deserialize(QueryUpdate.parseFrom(bytes(sent))).getPayload();
    }

    private byte[] bytes(Message message) {
        byte[] bytes = message.toByteArray();
        sent.append(new String(bytes, StandardCharsets.UTF_8));
        return bytes;
    }

    /** @return it, and forgets it */
    String sent() {
        String all = sent.toString();
        sent.setLength(0);
        return all;
    }

    /** As the bus of the handling side makes a message of what a handler answers. */
    private static QueryResponseMessage<?> converted(Object answer, ResponseType<?> asked) {
        return GenericQueryResponseMessage.asNullableResponseMessage(asked.responseMessagePayloadType(), asked.convert(answer));
    }
}
