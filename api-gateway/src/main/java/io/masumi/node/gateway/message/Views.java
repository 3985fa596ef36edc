package io.masumi.node.gateway.message;

import io.masumi.node.gateway.http.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Asks queries, and waits until a view shows what was just written. */
public final class Views {

    private static final String TAKEN = "This was taken, but cannot be shown yet; look at the record later";

    private static final Logger LOG = LoggerFactory.getLogger(Views.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final QueryGateway gateway;
    private final Duration patience;
    private final Elsewhere elsewhere;

    /** @param patience how long to wait for an answer, or for a view to show a write */
    Views(QueryGateway gateway, Duration patience, Elsewhere elsewhere) {
        this.gateway = gateway;
        this.patience = patience;
        this.elsewhere = elsewhere;
    }

    /** The one answer to a query, or none. */
    public <V> Optional<V> one(Object query, Class<V> type) {
        return answer(query, ResponseTypes.optionalInstanceOf(type));
    }

    /** All answers to a query. */
    public <V> List<V> list(Object query, Class<V> type) {
        return answer(query, ResponseTypes.multipleInstancesOf(type));
    }

    private <R> R answer(Object query, ResponseType<R> type) {
        try {
            return Failures.await(gateway.query(query, type), patience);
        } catch (RuntimeException e) {
            throw elsewhere.explained(e);
        }
    }

    /**
     * Waits until the record shows a version or a newer one: what is there already, or else the first update that is. No
     * update can slip through, because they are collected from before the first look; but another process that projects may die before
     * it tells of one, or not be heard, so the record is looked at again once a second.
     *
     * @param query finds the record, and can be subscribed to
     * @throws Problem 503 if the view does not get there in time: the write was taken all the same
     */
    public <V> V atLeast(Object query, Class<V> type, ToLongFunction<V> versionOf, long version) {
        SubscriptionQueryResult<Optional<V>, V> subscription = subscribe(query, type);
        try {
            return Optional.ofNullable(Failures.await(initial(subscription).concatWith(subscription.updates().onErrorComplete())
                    .mergeWith(looks(query, type)).filter(view -> versionOf.applyAsLong(view) >= version).next().toFuture(), patience,
                    TAKEN)).orElseThrow(
                            () -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE, TAKEN));
        } catch (Problem failure) {
            throw failure.status() == HttpStatus.SERVICE_UNAVAILABLE ? Problem.of(failure.status(), TAKEN, failure) : failure;
        } finally {
            end(subscription);
        }
    }

    private <V> Flux<V> looks(Object query, Class<V> type) {
        // A thread that may wait for the database is taken only when there is a look: most views are there before.
        return Flux.interval(LOOK_AGAIN).take(patience).onBackpressureDrop()
                .concatMap(_ -> Mono.fromFuture(() -> gateway.query(query, ResponseTypes.optionalInstanceOf(type)))
                        .subscribeOn(Schedulers.boundedElastic()).onErrorComplete())
                .flatMapIterable(found -> found.stream().toList());
    }

    /** The record and every change of it from now on; empty when there is none. */
    public <V> Optional<Watched<V>> watch(Object query, Class<V> type, ToLongFunction<V> versionOf) {
        SubscriptionQueryResult<Optional<V>, V> subscription = subscribe(query, type);
        Optional<Watched<V>> watched = Optional.empty();
        try {
            watched = Failures.await(subscription.initialResult().toFuture(), patience)
                    .map(first -> new Watched<>(first, subscription, versionOf));
            return watched;
        } finally {
            if (watched.isEmpty()) {
                end(subscription);
            }
        }
    }

    /** Also one that has ended already, as all do when something may have been missed: Axon would complete it once more, and fail. */
    private static void end(SubscriptionQueryResult<?, ?> subscription) {
        try {
            subscription.close();
        } catch (Sinks.EmissionException e) {
            LOG.debug("A subscription that is closed had ended already", e);
        }
    }

    private <V> SubscriptionQueryResult<Optional<V>, V> subscribe(Object query, Class<V> type) {
        return gateway.subscriptionQuery(query, ResponseTypes.optionalInstanceOf(type), ResponseTypes.instanceOf(type));
    }

    private static <V> Flux<V> initial(SubscriptionQueryResult<Optional<V>, V> subscription) {
        return subscription.initialResult().flatMapMany(found -> Flux.fromStream(found.stream()));
    }

    /** A record that follows its changes until it is closed or its source is lost. */
    public static final class Watched<V> implements AutoCloseable {

        private final AtomicReference<V> newest;
        private final SubscriptionQueryResult<?, V> subscription;
        private final Disposable updates;
        private final AtomicLong askedAt = new AtomicLong(System.nanoTime());

        private Watched(V first, SubscriptionQueryResult<?, V> subscription, ToLongFunction<V> versionOf) {
            this.newest = new AtomicReference<>(first);
            this.subscription = subscription;
            this.updates = subscription.updates().subscribe(
                    update -> newest.accumulateAndGet(update,
                            (a, b) -> versionOf.applyAsLong(a) >= versionOf.applyAsLong(b) ? a : b),
                    lost -> {
                        // isAlive() says so from now on, and whoever watches asks anew.
                    });
        }

        /** The record as last heard of. */
        public V newest() {
            return newest.get();
        }

        /** Whether changes still arrive. */
        public boolean isAlive() {
            return !updates.isDisposed();
        }

        /** Whether it was last asked for so long ago. Says so to one of several callers, who is to ask anew. */
        public boolean isDue(Duration after) {
            long last = askedAt.get();
            long now = System.nanoTime();
            return now - last > after.toNanos() && askedAt.compareAndSet(last, now);
        }

        @Override
        public void close() {
            updates.dispose();
            end(subscription);
        }
    }
}
