package io.masumi.node.testing.axonserver;

import java.util.HashSet;
import java.util.Set;

import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryProviderOutbound;
import io.axoniq.axonserver.grpc.query.QuerySubscription;
import io.axoniq.axonserver.grpc.query.SubscriptionQuery;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryRequest;
import io.grpc.stub.StreamObserver;

/** The connection of a client that answers queries. */
final class QueryStream implements StreamObserver<QueryProviderOutbound>, ClientStream {

    private final QueryService queries;
    private final Outbound<QueryProviderInbound> client;
    private final PermittedQueue<QueryProviderInbound> queue;
    /** Names; only the service changes or reads them, under its own lock. */
    private final Set<String> answered = new HashSet<>();
    /** Identifiers of subscriptions; likewise. */
    private final Set<String> told = new HashSet<>();
    private volatile String clientId = "";
    private volatile String component = "";

    QueryStream(QueryService queries, Outbound<QueryProviderInbound> client) {
        this.queries = queries;
        this.client = client;
        queue = new PermittedQueue<>(client::send);
    }

    @Override
    public void onNext(QueryProviderOutbound instruction) {
        switch (instruction.getRequestCase()) {
            case SUBSCRIBE -> {
                QuerySubscription subscription = instruction.getSubscribe();
                clientId = subscription.getClientId();
                component = subscription.getComponentName();
                queries.subscribe(this, subscription.getQuery());
            }
            case UNSUBSCRIBE -> queries.unsubscribe(this, instruction.getUnsubscribe().getQuery());
            case FLOW_CONTROL -> {
                clientId = instruction.getFlowControl().getClientId();
                queue.permit(instruction.getFlowControl().getPermits());
            }
            case QUERY_RESPONSE -> queries.answered(this, instruction.getQueryResponse());
            case QUERY_COMPLETE -> queries.completed(this, instruction.getQueryComplete().getRequestId());
            case SUBSCRIPTION_QUERY_RESPONSE -> queries.updated(this, instruction.getSubscriptionQueryResponse());
            case ACK -> {
                return;
            }
            default -> {
                acknowledge(QueryProviderInbound.newBuilder().setAck(Instructions.unsupported(instruction.getInstructionId())),
                        instruction.getInstructionId());
                return;
            }
        }
        acknowledge(QueryProviderInbound.newBuilder().setAck(Instructions.done(instruction.getInstructionId())),
                instruction.getInstructionId());
    }

    private void acknowledge(QueryProviderInbound.Builder acknowledgement, String instruction) {
        if (!instruction.isEmpty()) {
            client.send(acknowledgement.build());
        }
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
        client.send(QueryProviderInbound.newBuilder().setSubscriptionQueryRequest(request).build());
    }

    @Override
    public String clientId() {
        return clientId;
    }

    @Override
    public void giveUp(RuntimeException cause) {
        client.fail(cause);
        queries.lost(this);
    }

    @Override
    public void onError(Throwable cause) {
        queries.lost(this);
    }

    @Override
    public void onCompleted() {
        queries.lost(this);
        client.end();
    }
}
