package io.masumi.node.platform.failure;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.queryhandling.DefaultSubscriptionQueryResult;
import org.axonframework.queryhandling.GenericQueryResponseMessage;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryMessage;
import org.axonframework.queryhandling.QueryResponseMessage;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.StreamingQueryMessage;
import org.axonframework.queryhandling.SubscriptionQueryBackpressure;
import org.axonframework.queryhandling.SubscriptionQueryMessage;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.axonframework.queryhandling.SubscriptionQueryUpdateMessage;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks queries for whoever asks by a gateway, and gives failures back as they were. No answer for long is one too. */
final class RestoringQueryBus implements QueryBus {

    private final QueryBus bus;
    private final FailureKinds kinds;
    private final Duration patience;

    /** @param patience after which an answer counts as lost; an end of updates is no answer */
    RestoringQueryBus(QueryBus bus, FailureKinds kinds, Duration patience) {
        this.bus = bus;
        this.kinds = kinds;
        this.patience = patience;
    }

    @Override
    public <Q, R> CompletableFuture<QueryResponseMessage<R>> query(QueryMessage<Q, R> query) {
        CompletableFuture<QueryResponseMessage<R>> sent = bus.query(query);
        CompletableFuture<QueryResponseMessage<R>> answer = sent.handle((response, failure) -> failure == null
                ? restored(query, response)
                : failed(query, failure));
        if (!answer.isDone()) {
            Future<?> _ = answer
                    .completeOnTimeout(failed(query, new PartUnavailableException("No answer to " + query.getQueryName() + " came within "
                            + patience, null)), patience.toMillis(), TimeUnit.MILLISECONDS);
        }
        Future<?> _ = answer.whenComplete((_, _) -> sent.cancel(true));
        return answer;
    }

    private <Q, R> QueryResponseMessage<R> restored(QueryMessage<Q, R> query, QueryResponseMessage<R> response) {
        return response.isExceptional() ? failed(query, response.exceptionResult()) : response;
    }

    private <Q, R> QueryResponseMessage<R> failed(QueryMessage<Q, R> query, Throwable failure) {
        return new GenericQueryResponseMessage<>(query.getResponseType().responseMessagePayloadType(), kinds.restoredOfQuery(failure));
    }

    @Override
    public <Q, I, U> SubscriptionQueryResult<QueryResponseMessage<I>, SubscriptionQueryUpdateMessage<U>> subscriptionQuery(
            SubscriptionQueryMessage<Q, I, U> query, int updateBufferSize) {
        return sent(query, () -> bus.subscriptionQuery(query, updateBufferSize));
    }

    @Override
    @Deprecated
    public <Q, I, U> SubscriptionQueryResult<QueryResponseMessage<I>, SubscriptionQueryUpdateMessage<U>> subscriptionQuery(
            SubscriptionQueryMessage<Q, I, U> query, SubscriptionQueryBackpressure backpressure, int updateBufferSize) {
        return sent(query, () -> bus.subscriptionQuery(query, backpressure, updateBufferSize));
    }

    /** The connector throws what comes of a stream that is already broken, and of no kind of its own. */
    private <Q, I, U> SubscriptionQueryResult<QueryResponseMessage<I>, SubscriptionQueryUpdateMessage<U>> sent(
            SubscriptionQueryMessage<Q, I, U> query,
            Supplier<SubscriptionQueryResult<QueryResponseMessage<I>, SubscriptionQueryUpdateMessage<U>>> sending) {
        try {
            return restored(query, sending.get());
        } catch (RuntimeException e) {
            PartUnavailableException failure = new PartUnavailableException(query.getQueryName() + " could not be sent", e);
            return new DefaultSubscriptionQueryResult<>(Mono.error(failure), Flux.error(failure), () -> true);
        }
    }

    private <Q, I, U> SubscriptionQueryResult<QueryResponseMessage<I>, SubscriptionQueryUpdateMessage<U>> restored(
            SubscriptionQueryMessage<Q, I, U> query,
            SubscriptionQueryResult<QueryResponseMessage<I>, SubscriptionQueryUpdateMessage<U>> result) {
        return new DefaultSubscriptionQueryResult<>(
                result.initialResult().map(response -> restored(query, response)).onErrorMap(kinds::restoredOfQuery),
                result.updates().onErrorMap(kinds::restoredOfQuery), result);
    }

    @Override
    public <Q, R> Publisher<QueryResponseMessage<R>> streamingQuery(StreamingQueryMessage<Q, R> query) {
        return bus.streamingQuery(query);
    }

    @Override
    public <Q, R> Stream<QueryResponseMessage<R>> scatterGather(QueryMessage<Q, R> query, long timeout, TimeUnit unit) {
        return bus.scatterGather(query, timeout, unit);
    }

    @Override
    public <R> Registration subscribe(String queryName, Type responseType, MessageHandler<? super QueryMessage<?, R>> handler) {
        return bus.subscribe(queryName, responseType, handler);
    }

    @Override
    public QueryUpdateEmitter queryUpdateEmitter() {
        return bus.queryUpdateEmitter();
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super QueryMessage<?, ?>> interceptor) {
        return bus.registerHandlerInterceptor(interceptor);
    }

    @Override
    public Registration registerDispatchInterceptor(MessageDispatchInterceptor<? super QueryMessage<?, ?>> interceptor) {
        return bus.registerDispatchInterceptor(interceptor);
    }
}
