package io.masumi.node.testing.axonserver;

import java.util.HashSet;
import java.util.Set;

import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryProviderOutbound;
import io.axoniq.axonserver.grpc.query.QuerySubscription;
import io.axoniq.axonserver.grpc.query.SubscriptionQuery;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryRequest;

/** The connection of a client that answers queries. */
final class QueryStream extends ClientStream<QueryProviderOutbound, QueryProviderInbound> {

    private final QueryService queries;
    private final PermittedQueue<QueryProviderInbound> queue;
    /** Names; only the service changes or reads them, under its own lock. */
    private final Set<String> answered = new HashSet<>();
    /** Identifiers of subscriptions; likewise. */
    private final Set<String> told = new HashSet<>();
    private volatile String component = "";

    QueryStream(QueryService queries, Outbound<QueryProviderInbound> client) {
        super(client);
        this.queries = queries;
        queue = new PermittedQueue<>(client::send);
    }

    @Override
    Taken take(QueryProviderOutbound instruction) {
        switch (instruction.getRequestCase()) {
            case SUBSCRIBE -> {
                QuerySubscription subscription = instruction.getSubscribe();
                isFrom(subscription.getClientId());
                component = subscription.getComponentName();
                queries.subscribe(this, subscription.getQuery());
            }
            case UNSUBSCRIBE -> queries.unsubscribe(this, instruction.getUnsubscribe().getQuery());
            case FLOW_CONTROL -> {
                isFrom(instruction.getFlowControl().getClientId());
                queue.permit(instruction.getFlowControl().getPermits());
            }
            case QUERY_RESPONSE -> queries.answered(this, instruction.getQueryResponse());
            case QUERY_COMPLETE -> queries.completed(this, instruction.getQueryComplete().getRequestId());
            case SUBSCRIPTION_QUERY_RESPONSE -> queries.updated(this, instruction.getSubscriptionQueryResponse());
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
    String idOf(QueryProviderOutbound instruction) {
        return instruction.getInstructionId();
    }

    @Override
    QueryProviderInbound acknowledging(InstructionAck acknowledgement) {
        return QueryProviderInbound.newBuilder().setAck(acknowledgement).build();
    }

    @Override
    void gone() {
        queries.lost(this);
    }

    Set<String> answers() {
        return answered;
    }

    PermittedQueue<QueryProviderInbound> queue() {
        return queue;
    }

    String component() {
        return component;
    }

    /** Once for each subscription. */
    void tellOf(SubscriptionQuery subscription) {
        if (told.add(subscription.getSubscriptionIdentifier())) {
            send(SubscriptionQueryRequest.newBuilder().setSubscribe(subscription));
        }
    }

    /** The old way to ask for it, which clients still use. */
    @SuppressWarnings("deprecation")
    void askInitialResult(SubscriptionQuery subscription) {
        send(SubscriptionQueryRequest.newBuilder().setGetInitialResult(subscription));
    }

    void tellEndOf(SubscriptionQuery subscription) {
        told.remove(subscription.getSubscriptionIdentifier());
        send(SubscriptionQueryRequest.newBuilder().setUnsubscribe(subscription));
    }

    /** Needs no permit. */
    private void send(SubscriptionQueryRequest.Builder request) {
        client().send(QueryProviderInbound.newBuilder().setSubscriptionQueryRequest(request).build());
    }
}
