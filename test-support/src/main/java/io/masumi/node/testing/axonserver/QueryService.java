package io.masumi.node.testing.axonserver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryProviderOutbound;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.axoniq.axonserver.grpc.query.QueryServiceGrpc.QueryServiceImplBase;
import io.axoniq.axonserver.grpc.query.SubscriptionQuery;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryRequest;
import io.axoniq.axonserver.grpc.query.SubscriptionQueryResponse;
import io.grpc.stub.StreamObserver;

/**
 * A query goes to one handler of each component that has any, in turn: the server does not know whether its sender wants one answer or many.
 * A subscription goes to every handler, also to those that come later.
 */
final class QueryService extends QueryServiceImplBase {

    private final Set<QueryStream> handlers = new LinkedHashSet<>();
    /** By the query's identifier. */
    private final Map<String, ActiveQuery> active = new HashMap<>();
    /** By the subscription's identifier. */
    private final Map<String, Subscription> subscriptions = new HashMap<>();
    /** Whose turn it was, by query and component. */
    private final Map<String, Integer> turns = new HashMap<>();

    @Override
    public StreamObserver<QueryProviderOutbound> openStream(StreamObserver<QueryProviderInbound> client) {
        return new QueryStream(this, new Outbound<>(client));
    }

    @Override
    public void query(QueryRequest request, StreamObserver<QueryResponse> reply) {
        String id = request.getMessageIdentifier();
        Outbound<QueryResponse> sender = new Outbound<>(reply, () -> cancel(id));
        sender.whenItTakesMore(() -> askForMore(id));
        ActiveQuery query = new ActiveQuery(request, sender);
        synchronized (this) {
            List<QueryStream> some = oneOfEachComponent(request.getQuery());
            if (some.isEmpty()) {
                query.refuse(Failure.NO_HANDLER_FOR_QUERY, "No handler for query: " + request.getQuery());
            } else if (active.putIfAbsent(id, query) != null) {
                query.refuse(Failure.QUERY_DUPLICATED, "Query with supplied ID already present");
            } else {
                query.sendTo(some);
            }
        }
    }

    @Override
    public StreamObserver<SubscriptionQueryRequest> subscription(StreamObserver<SubscriptionQueryResponse> client) {
        return new Subscription(this, new Outbound<>(client));
    }

    private List<QueryStream> oneOfEachComponent(String query) {
        Map<String, List<QueryStream>> byComponent = new TreeMap<>();
        all(query).forEach(each -> byComponent.computeIfAbsent(each.component(), _ -> new ArrayList<>()).add(each));
        List<QueryStream> chosen = new ArrayList<>();
        byComponent.forEach((component, some) -> {
            some.sort(Comparator.comparing(QueryStream::clientId));
            int turn = turns.merge(query + "/" + component, 1, Integer::sum);
            chosen.add(some.get(turn % some.size()));
        });
        return chosen;
    }

    private List<QueryStream> all(String query) {
        return handlers.stream().filter(each -> each.answers().contains(query)).toList();
    }

    private synchronized void cancel(String query) {
        ActiveQuery cancelled = active.remove(query);
        if (cancelled != null) {
            cancelled.cancel();
        }
    }

    private synchronized void askForMore(String query) {
        ActiveQuery waiting = active.get(query);
        if (waiting != null) {
            waiting.askForMore();
        }
    }

    synchronized void answered(QueryStream handler, QueryResponse response) {
        ActiveQuery query = active.get(response.getRequestIdentifier());
        if (query != null) {
            query.answered(handler, response);
        }
    }

    synchronized void completed(QueryStream handler, String id) {
        ActiveQuery query = active.get(id);
        if (query != null && query.completed(handler)) {
            active.remove(id);
        }
    }

    synchronized void subscribe(QueryStream handler, String query) {
        handlers.add(handler);
        handler.answers().add(query);
        subscriptions.values().stream().map(Subscription::query).filter(each -> each.getQueryRequest().getQuery().equals(query))
                .forEach(handler::tellOf);
    }

    synchronized void unsubscribe(QueryStream handler, String query) {
        handler.answers().remove(query);
    }

    synchronized void lost(QueryStream handler) {
        handlers.remove(handler);
        handler.queue().close();
        active.values().removeIf(query -> query.lost(handler));
    }

    synchronized void begin(Subscription subscription) {
        SubscriptionQuery query = subscription.query();
        List<QueryStream> some = all(query.getQueryRequest().getQuery());
        if (some.isEmpty()) {
            subscription.fail(Failure.NO_HANDLER_FOR_QUERY.code());
            return;
        }
        subscriptions.put(query.getSubscriptionIdentifier(), subscription);
        some.forEach(handler -> handler.tellOf(query));
    }

    synchronized void askInitialResult(Subscription subscription) {
        List<QueryStream> some = oneOfEachComponent(subscription.query().getQueryRequest().getQuery());
        if (some.isEmpty()) {
            subscription.fail(Failure.NO_HANDLER_FOR_QUERY.code());
            end(subscription);
        }
        some.forEach(handler -> handler.askInitialResult(subscription.query()));
    }

    synchronized void updated(QueryStream handler, SubscriptionQueryResponse response) {
        Subscription subscription = subscriptions.get(response.getSubscriptionIdentifier());
        if (subscription == null) {
            handler.tellEndOf(SubscriptionQuery.newBuilder().setSubscriptionIdentifier(response.getSubscriptionIdentifier()).build());
        } else if (!subscription.send(response)) {
            end(subscription);
        }
    }

    synchronized void end(Subscription subscription) {
        SubscriptionQuery query = subscription.query();
        if (query != null && subscriptions.remove(query.getSubscriptionIdentifier(), subscription)) {
            all(query.getQueryRequest().getQuery()).forEach(handler -> handler.tellEndOf(query));
        }
    }

    /** Names that somebody answers. */
    synchronized Set<String> answered() {
        Set<String> names = new LinkedHashSet<>();
        handlers.forEach(each -> names.addAll(each.answers()));
        return names;
    }

    synchronized List<QueryStream> streamsOf(String clientId) {
        return handlers.stream().filter(each -> each.clientId().equals(clientId)).toList();
    }
}
