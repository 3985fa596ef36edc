package io.masumi.node.testing.axonserver;

import io.axoniq.axonserver.grpc.query.SubscriptionQuery;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryRequest;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryResponse;
import io.grpc.stub.StreamObserver;

/** One client's subscription to updates, which may ask for the first result too. An update without a permit ends it. */
final class Subscription implements StreamObserver<SubscriptionQueryRequest> {

    private final QueryService queries;
    private final Outbound<SubscriptionQueryResponse> client;
    private SubscriptionQuery query;
    private long permits;

    Subscription(QueryService queries, Outbound<SubscriptionQueryResponse> client) {
        this.queries = queries;
        this.client = client;
    }

    @Override
    public void onNext(SubscriptionQueryRequest request) {
        switch (request.getRequestCase()) {
            case SUBSCRIBE -> {
                if (query == null) {
                    query = request.getSubscribe();
                    queries.begin(this);
                }
            }
            case GET_INITIAL_RESULT -> {
                if (query == null) {
                    fail("Initial result asked before subscription");
                } else {
                    queries.askInitialResult(this);
                }
            }
            case FLOW_CONTROL -> permit(request.getFlowControl().getNumberOfPermits());
            case UNSUBSCRIBE -> queries.end(this);
            default -> {
            }
        }
    }

    SubscriptionQuery query() {
        return query;
    }

    private synchronized void permit(long more) {
        permits = Math.max(0, permits) + more;
    }

    /** @return whether there was a permit; otherwise it has ended */
    synchronized boolean send(SubscriptionQueryResponse response) {
        if (permits-- > 0) {
            client.send(response);
            return true;
        }
        fail("Zero remaining permits");
        return false;
    }

    void fail(String text) {
        client.fail(Failure.OTHER.ending(text));
    }

    @Override
    public void onError(Throwable cause) {
        queries.end(this);
    }

    @Override
    public void onCompleted() {
        queries.end(this);
        client.end();
    }
}
