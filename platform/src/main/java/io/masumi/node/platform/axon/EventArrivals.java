package io.masumi.node.platform.axon;

import io.masumi.node.platform.loop.BackgroundLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;

/**
 * Wakes event processors as soon as an event can be read. The streams of Axon's embedded event store cannot call back, so
 * that a processor which has read everything looks again only half a second later: every view, and every step of a saga,
 * would be that late. One thread waits at the end of the event store, for all processors.
 */
final class EventArrivals implements AutoCloseable {

    private static final Duration WAIT = Duration.ofSeconds(1);
    /** Many events at a time are one reason to wake up. */
    private static final int MAX_AT_ONCE = 100;

    private final EventStore events;
    private final Map<PromptStream, Runnable> sleepers = new ConcurrentHashMap<>();
    private final BackgroundLoop watch = BackgroundLoop.every(WAIT, "event-arrivals", this::watch);
    private boolean started;

    /** Of that store's events. */
    EventArrivals(EventStore events) {
        this.events = events;
    }

    /** The same events, in streams that call back. */
    StreamableMessageSource<TrackedEventMessage<?>> source() {
        return new PromptSource();
    }

    /** Waits until nothing is read any more. */
    @Override
    public void close() {
        watch.stop();
    }

    private synchronized void startOnce() {
        if (!started) {
            started = true;
            watch.start();
        }
    }

    private void watch() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> stream = events.openStream(events.createHeadToken())) {
            // Some may have come while nobody was waiting.
            wakeAll();
            while (watch.isRunning()) {
                if (stream.hasNextAvailable((int) WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    for (int taken = 0; taken < MAX_AT_ONCE && stream.hasNextAvailable(); taken++) {
                        stream.nextAvailable();
                    }
                    wakeAll();
                }
            }
        }
    }

    private void wakeAll() {
        sleepers.values().forEach(Runnable::run);
    }

    private final class PromptSource implements StreamableMessageSource<TrackedEventMessage<?>> {

        @Override
        public BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken position) {
            startOnce();
            return new PromptStream(events.openStream(position));
        }

        @Override
        public TrackingToken createTailToken() {
            return events.createTailToken();
        }

        @Override
        public TrackingToken createHeadToken() {
            return events.createHeadToken();
        }

        @Override
        public TrackingToken createTokenAt(Instant instant) {
            return events.createTokenAt(instant);
        }

        @Override
        public TrackingToken createTokenSince(Duration duration) {
            return events.createTokenSince(duration);
        }
    }

    private final class PromptStream implements TrackingEventStream {

        private final BlockingStream<TrackedEventMessage<?>> stream;

        private PromptStream(BlockingStream<TrackedEventMessage<?>> stream) {
            this.stream = stream;
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            sleepers.put(this, callback);
            return true;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return stream.peek();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return stream.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            return stream.nextAvailable();
        }

        @Override
        public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> ignored) {
            stream.skipMessagesWithPayloadTypeOf(ignored);
        }

        @Override
        public void close() {
            sleepers.remove(this);
            stream.close();
        }
    }
}
